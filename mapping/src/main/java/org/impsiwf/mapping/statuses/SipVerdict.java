package org.impsiwf.mapping.statuses;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.sip.event.SipCommand;

/**
 * What a SIP user is told.
 *
 * @param status a SIP status; 100 stands for "wait for the final answer"
 * @param retryAfter when it is worth another try
 * @param warning text for people, for a Warning header
 */
public record SipVerdict(int status, Optional<Duration> retryAfter, Optional<String> warning) {

    static final Duration SOON = Duration.ofSeconds(30);

    /** A bare status. */
    public static SipVerdict of(int status) {
        return told(status);
    }

    static SipVerdict told(int status) {
        return new SipVerdict(status, Optional.empty(), Optional.empty());
    }

    static SipVerdict again(int status) {
        return new SipVerdict(status, Optional.of(SOON), Optional.empty());
    }

    static SipVerdict because(int status, String text) {
        return new SipVerdict(status, Optional.empty(), Optional.of(text));
    }

    /** As a final response; {@code host} is the warn-agent (RFC 3261 §20.43). */
    public SipCommand.Response response(String host) {
        Map<String, String> headers =
                warning.map(text -> Warning.of(host, text).header()).orElse(Map.of());
        return new SipCommand.Response(status, Optional.empty(), retryAfter, headers);
    }
}
