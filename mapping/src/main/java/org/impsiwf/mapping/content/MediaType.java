package org.impsiwf.mapping.content;

import java.util.List;
import java.util.Locale;

/** Content-Type values, compared as RFC 2045 §5.1 has it: type and subtype without case, parameters aside. */
public final class MediaType {

    public static final String CPIM = "message/cpim";
    public static final String IMDN = "message/imdn+xml";
    public static final String IS_COMPOSING = "application/im-iscomposing+xml";
    public static final String PLAIN_TEXT = "text/plain";

    private MediaType() {}

    /** Type and subtype in lower case, without parameters. */
    public static String essence(String contentType) {
        int semicolon = contentType.indexOf(';');
        return (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    public static boolean is(String contentType, String essence) {
        return essence(contentType).equals(essence);
    }

    /** Whether one of the accepted entries takes the type: {@code *}, {@code text/*} and {@code text/plain} do take {@code text/plain;charset=utf-8}. */
    public static boolean accepts(List<String> accepted, String contentType) {
        String essence = essence(contentType);
        int slash = essence.indexOf('/');
        String range = slash < 0 ? "*" : essence.substring(0, slash) + "/*";
        return accepted.stream()
                .map(MediaType::essence)
                .anyMatch(entry ->
                        entry.equals("*") || entry.equals("*/*") || entry.equals(range) || entry.equals(essence));
    }

    /** Whether the entry names the type itself, not by a wildcard. */
    public static boolean names(List<String> accepted, String essence) {
        return accepted.stream().anyMatch(entry -> is(entry, essence));
    }
}
