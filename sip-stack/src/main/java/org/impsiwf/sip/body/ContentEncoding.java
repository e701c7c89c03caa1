package org.impsiwf.sip.body;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** Undoes Content-Encoding (RFC 3261 §20.12), never past the size that we take. */
final class ContentEncoding {

    /** For Accept-Encoding. */
    static final String ACCEPTED = "identity, gzip, deflate";

    private static final int MOST_ENCODINGS = 3;

    private ContentEncoding() {}

    /** @param encodings in the order in which they were applied */
    static byte[] undo(List<String> encodings, byte[] bytes, int maxBytes) throws BodyException {
        if (encodings.size() > MOST_ENCODINGS) {
            throw BodyException.malformed("more than " + MOST_ENCODINGS + " content encodings");
        }
        byte[] plain = bytes;
        for (String encoding : encodings.reversed()) {
            plain = undo(encoding.strip().toLowerCase(Locale.ROOT), plain, maxBytes);
        }
        return plain;
    }

    private static byte[] undo(String coding, byte[] bytes, int maxBytes) throws BodyException {
        boolean gzip = coding.equals("gzip") || coding.equals("x-gzip");
        if (coding.isEmpty() || coding.equals("identity")) {
            return bytes;
        }
        if (!gzip && !coding.equals("deflate")) {
            throw BodyException.unknownEncoding(coding);
        }
        try (InputStream in = gzip ? new GZIPInputStream(new ByteArrayInputStream(bytes)) : inflater(bytes)) {
            byte[] plain = in.readNBytes(maxBytes + 1);
            if (plain.length > maxBytes) {
                throw BodyException.tooLarge("body over " + maxBytes + " bytes once unpacked");
            }
            return plain;
        } catch (IOException e) {
            throw BodyException.malformed("body is not " + coding + ": " + e.getMessage());
        }
    }

    /** {@code deflate} means the zlib format, but some clients send the bare stream without its header. */
    private static InputStream inflater(byte[] bytes) {
        // RFC 1950 §2.2: method 8 in the low half of the first byte, and the first two bytes a multiple of 31.
        boolean zlib =
                bytes.length >= 2 && (bytes[0] & 0x0f) == 8 && (((bytes[0] & 0xff) << 8) + (bytes[1] & 0xff)) % 31 == 0;
        return new InflaterInputStream(new ByteArrayInputStream(bytes), new Inflater(!zlib)) {
            @Override
            public void close() throws IOException {
                super.close();
                inf.end(); // an Inflater that was handed in is ours to end
            }
        };
    }
}
