package org.impsiwf.msrp.session;

import java.util.List;
import java.util.Locale;
import org.impsiwf.msrp.cpim.CpimMessage;

/**
 * The values of {@code a=accept-types} and {@code a=accept-wrapped-types} of one end (RFC 4975 §8.6).
 *
 * @param types media types, {@code text/*} and {@code *} included; empty: whatever comes
 * @param wrappedTypes types that are taken inside message/cpim only
 */
public record AcceptedTypes(List<String> types, List<String> wrappedTypes) {
    public static final AcceptedTypes ANY = new AcceptedTypes(List.of(), List.of());

    public AcceptedTypes {
        types = lowerCase(types);
        wrappedTypes = lowerCase(wrappedTypes);
    }

    /** Whether nothing is ever refused. */
    boolean takesAll() {
        return types.isEmpty();
    }

    private static List<String> lowerCase(List<String> types) {
        return types.stream().map(CpimMessage::mediaType).toList();
    }

    /** Whether a message of that Content-Type is taken as it is. */
    public boolean takes(String contentType) {
        return types.isEmpty() || matches(types, CpimMessage.mediaType(contentType));
    }

    /** Whether that Content-Type is taken inside an envelope. */
    public boolean takesWrapped(String contentType) {
        String type = CpimMessage.mediaType(contentType);
        return types.isEmpty() || matches(types, type) || matches(wrappedTypes, type);
    }

    private static boolean matches(List<String> accepted, String type) {
        for (String one : accepted) {
            if (one.equals("*") || one.equals("*/*") || one.equals(type)) {
                return true;
            }
            if (one.endsWith("/*")
                    && type.startsWith(one.substring(0, one.length() - 1).toLowerCase(Locale.ROOT))) {
                return true;
            }
        }
        return false;
    }
}
