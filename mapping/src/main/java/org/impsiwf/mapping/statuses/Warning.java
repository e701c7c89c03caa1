package org.impsiwf.mapping.statuses;

import java.util.Map;
import java.util.Optional;
import org.impsiwf.sip.event.SipCommand.Response;

/**
 * A Warning header (RFC 3261 §20.43): why somebody is refused, for people.
 *
 * @param agent who warns: our domain
 * @param text of any origin; what a quoted string cannot hold is escaped
 */
public record Warning(int code, String agent, String text) {

    private static final int INCOMPATIBLE_MEDIA_FORMAT = 305;
    private static final int MISCELLANEOUS = 399;

    public static Warning of(String agent, String text) {
        return new Warning(MISCELLANEOUS, agent, text);
    }

    /** For 488. */
    public static Warning ofMediaFormat(String agent, String text) {
        return new Warning(INCOMPATIBLE_MEDIA_FORMAT, agent, text);
    }

    /** For a URI list that is over max-adhoc-group-size (SIPX-05, SIPX-06). */
    public static Warning ofTooMany(String agent, int most, int named) {
        return of(agent, "at most " + most + " may be invited and the list names " + named);
    }

    /** As the only header of a response. */
    public Map<String, String> header() {
        return Map.of("Warning", code + " " + agent + " \"" + quotable() + "\"");
    }

    public Response refusal(int status) {
        return new Response(status, Optional.empty(), Optional.empty(), header());
    }

    // A control character, and a line's end above all, would end the header.
    private String quotable() {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().map(c -> Character.isISOControl(c) ? ' ' : c).forEach(c -> {
            if (c == '\\' || c == '"') {
                out.append('\\');
            }
            out.appendCodePoint(c);
        });
        return out.toString();
    }
}
