package org.impsiwf.sip.subscription;

import java.util.Optional;
import org.impsiwf.sip.event.Body;

/**
 * What one NOTIFY says.
 *
 * @param endedBy the reason of the {@code terminated} state (RFC 6665 §4.2.2) when it is the last; absent while active
 */
public record Notice(Optional<String> endedBy, Optional<Body> body) {

    static Notice of(Body body) {
        return new Notice(Optional.empty(), Optional.of(body));
    }

    static Notice last(String reason, Optional<Body> body) {
        return new Notice(Optional.of(reason), body);
    }
}
