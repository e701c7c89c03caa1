package org.impsiwf.ssp.codec;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** Repairs what peers without escaping send: an {@code &} that starts no reference is meant literally. */
final class StrayAmpersands {

    private static final Pattern REFERENCE = Pattern.compile("(amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});.*");
    private static final byte[] ESCAPE = "amp;".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_REFERENCE = 10;

    private StrayAmpersands() {}

    /** The document with its stray ampersands escaped, absent if it has none or would grow beyond the limit. */
    static Optional<byte[]> escaped(byte[] document, int limit) {
        ByteArrayOutputStream repaired = new ByteArrayOutputStream(document.length + 64);
        boolean any = false;
        for (int i = 0; i < document.length; i++) {
            repaired.write(document[i]);
            if (document[i] == '&' && !startsReference(document, i + 1)) {
                repaired.write(ESCAPE, 0, ESCAPE.length);
                any = true;
            }
        }
        return any && repaired.size() <= limit ? Optional.of(repaired.toByteArray()) : Optional.empty();
    }

    private static boolean startsReference(byte[] document, int from) {
        int length = Math.min(LONGEST_REFERENCE, document.length - from);
        String next = new String(document, from, length, StandardCharsets.ISO_8859_1);
        return REFERENCE.matcher(next).matches();
    }
}
