package org.impsiwf.mapping.statuses;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** RFC 5318: who of a URI list is not invited. */
public final class RefusedUris {

    private RefusedUris() {}

    /** As the only header of a response; none when nobody is left out. */
    public static Map<String, String> header(List<String> uris) {
        return uris.isEmpty()
                ? Map.of()
                : Map.of(
                        "P-Refused-URI-List",
                        uris.stream().map(uri -> "<" + uri + ">").collect(Collectors.joining(", ")));
    }
}
