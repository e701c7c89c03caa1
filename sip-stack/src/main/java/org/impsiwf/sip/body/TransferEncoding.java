package org.impsiwf.sip.body;

import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;

/** Undoes Content-Transfer-Encoding of a part (RFC 2045 §6). */
final class TransferEncoding {

    private TransferEncoding() {}

    static byte[] undo(String encoding, byte[] bytes) throws BodyException {
        return switch (encoding.strip().toLowerCase(Locale.ROOT)) {
            case "", "7bit", "8bit", "binary" -> bytes;
            case "base64" -> base64(bytes);
            case "quoted-printable" -> quotedPrintable(bytes);
            // RFC 2045 §6.4: nobody can know what is in it.
            default -> throw BodyException.unsupportedType("unknown transfer encoding " + encoding);
        };
    }

    private static byte[] base64(byte[] bytes) throws BodyException {
        try {
            return Base64.getMimeDecoder().decode(bytes);
        } catch (IllegalArgumentException e) {
            throw BodyException.malformed("part is no Base64: " + e.getMessage());
        }
    }

    /** RFC 2045 §6.7, liberal: an {@code =} that starts no escape stands for itself. */
    private static byte[] quotedPrintable(byte[] bytes) {
        var plain = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != '=') {
                plain.write(bytes[i]);
            } else if (isHex(bytes, i + 1) && isHex(bytes, i + 2)) {
                plain.write(HexFormat.fromHexDigit(bytes[i + 1]) << 4 | HexFormat.fromHexDigit(bytes[i + 2]));
                i += 2;
            } else {
                int lineEnd = softLineBreak(bytes, i + 1);
                if (lineEnd < 0) {
                    plain.write('=');
                } else {
                    i = lineEnd;
                }
            }
        }
        return plain.toByteArray();
    }

    /** Index of the line feed that ends a soft line break, or -1 where there is none. */
    private static int softLineBreak(byte[] bytes, int from) {
        int i = from;
        while (i < bytes.length && (bytes[i] == ' ' || bytes[i] == '\t' || bytes[i] == '\r')) {
            i++;
        }
        return i < bytes.length && bytes[i] == '\n' ? i : -1;
    }

    private static boolean isHex(byte[] bytes, int at) {
        return at < bytes.length && HexFormat.isHexDigit(bytes[at]);
    }
}
