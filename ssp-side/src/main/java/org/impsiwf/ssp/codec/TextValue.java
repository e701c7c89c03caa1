package org.impsiwf.ssp.codec;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javax.xml.stream.XMLStreamConstants;
import org.impsiwf.ssp.primitives.Octets;

/** The text of an element: plain or base64, as its {@code encoding} says. */
final class TextValue {

    static final String ENCODING = "encoding";
    static final byte[] BASE64_ATTRIBUTE = XmlOutput.bytes(" encoding=\"base64\"");

    private TextValue() {}

    /** Gathers the pieces of text that the parser hands out, and passes over elements in between. */
    static final class Pieces {
        private String first = "";
        private StringBuilder more;

        void add(XmlInput in) {
            String piece = in.text();
            if (first.isEmpty()) {
                first = piece;
            } else {
                if (more == null) {
                    more = new StringBuilder(first);
                }
                in.requireLength(more.length() + piece.length());
                more.append(piece);
            }
        }

        String joined() {
            return more == null ? first : more.toString();
        }
    }

    /** The text up to the end of the element that has just started. */
    static String within(XmlInput in, Reading reading) {
        Pieces pieces = new Pieces();
        while (true) {
            switch (in.next()) {
                case XMLStreamConstants.START_ELEMENT -> reading.skip(in);
                case XMLStreamConstants.END_ELEMENT -> {
                    return pieces.joined();
                }
                case XMLStreamConstants.END_DOCUMENT -> throw new XmlInput.Malformed("truncated");
                default -> pieces.add(in);
            }
        }
    }

    /** Whether the text is base64. Any encoding but a missing one is, for peers whose reader has it that way. */
    static boolean isBase64(String encoding, Reading reading) {
        return encoding != null
                && (reading.syntax().anyEncodingIsBase64() || encoding.strip().equalsIgnoreCase("base64"));
    }

    /** Puts the text into its slot; a date that counts as absent stays out. */
    static void put(Slot slot, String text, boolean base64, Object[] values, Reading reading) {
        if (slot.type() == Octets.class) {
            byte[] bytes = base64 ? decode(text) : text.getBytes(StandardCharsets.UTF_8);
            slot.put(values, new Octets(bytes));
            return;
        }
        String plain = base64 ? new String(decode(text), StandardCharsets.UTF_8) : text;
        Object value = reading.value(slot, plain);
        if (value != null) {
            slot.put(values, value);
        }
    }

    static void write(Object value, Slot slot, XmlOutput out, Dialect dialect) {
        if (value instanceof Octets octets) {
            out.base64(octets.bytes());
        } else {
            out.text(slot.scalar().write(value, Scalar.Place.ELEMENT, dialect));
        }
    }

    private static byte[] decode(String text) {
        try {
            return Base64.getDecoder().decode(withoutSpace(text).getBytes(StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException e) {
            throw new Refusal("", "is not base64", Refusal.BAD_PARAMETER);
        }
    }

    /** Peers end base64 with a line break and may put others in. */
    private static String withoutSpace(String text) {
        String stripped = text.strip();
        for (int i = 0; i < stripped.length(); i++) {
            if (Character.isWhitespace(stripped.charAt(i))) {
                return stripped.replaceAll("\\s+", "");
            }
        }
        return stripped;
    }
}
