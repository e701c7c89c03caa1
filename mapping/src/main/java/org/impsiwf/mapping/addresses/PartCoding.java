package org.impsiwf.mapping.addresses;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Percent-encoding of the part before the at sign. Decoded text is UTF-8. */
final class PartCoding {

    /** RFC 3261 §25.1 mark. */
    private static final String MARK = "-_.!~*'()";

    /** RFC 3261 user-unreserved, without the slash, which sets a group apart from a user. */
    private static final String SIP_ALSO = "&=+$,;?";

    /** RFC 2396 reserved characters that do no harm in a wv: user part. */
    private static final String WV_ALSO = "&=+$,";

    private PartCoding() {}

    static String forSip(String decoded) {
        return encode(decoded, SIP_ALSO);
    }

    static String forWv(String decoded) {
        return encode(decoded, WV_ALSO);
    }

    /** RFC 3261 §25.1 paramchar, without the brackets and the slash and colon, which readers stumble over. */
    static String forParameter(String decoded) {
        return encode(decoded, "&+$");
    }

    /** Nothing but letters, digits and a few marks stays: safe inside mailbox keys. */
    static String forKey(String decoded) {
        return encode(decoded, "+");
    }

    private static String encode(String decoded, String also) {
        if (staysAsItIs(decoded, also)) {
            return decoded;
        }
        StringBuilder out = new StringBuilder(decoded.length() + 8);
        for (byte octet : decoded.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xff);
            if (isUnreserved(c, also)) {
                out.append(c);
            } else {
                out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(octet));
            }
        }
        return out.toString();
    }

    private static boolean staysAsItIs(String decoded, String also) {
        for (int i = 0; i < decoded.length(); i++) {
            if (!isUnreserved(decoded.charAt(i), also)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isUnreserved(char c, String also) {
        return isAlphanumeric(c) || MARK.indexOf(c) >= 0 || also.indexOf(c) >= 0;
    }

    /** Undoes percent-encoding; refuses what is no UTF-8 and what holds control characters. */
    static String decode(String encoded) throws AddressException {
        if (staysAsItIs(encoded, "")) {
            return encoded;
        }
        byte[] raw = encoded.getBytes(StandardCharsets.UTF_8);
        ByteBuffer octets = ByteBuffer.allocate(raw.length);
        int at = 0;
        while (at < raw.length) {
            byte octet = raw[at++];
            if (octet == '%') {
                octets.put(escaped(raw, at));
                at += 2;
            } else {
                octets.put(octet);
            }
        }
        try {
            String decoded =
                    StandardCharsets.UTF_8.newDecoder().decode(octets.flip()).toString();
            if (decoded.chars().anyMatch(Character::isISOControl)) {
                throw new AddressException("a control character in an address");
            }
            return decoded;
        } catch (CharacterCodingException e) {
            throw new AddressException("escapes that are no UTF-8");
        }
    }

    private static byte escaped(byte[] raw, int at) throws AddressException {
        if (at + 1 >= raw.length || !HexFormat.isHexDigit(raw[at]) || !HexFormat.isHexDigit(raw[at + 1])) {
            throw new AddressException("a percent sign without two hex digits");
        }
        return (byte) ((HexFormat.fromHexDigit(raw[at]) << 4) | HexFormat.fromHexDigit(raw[at + 1]));
    }

    static boolean isAlphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
