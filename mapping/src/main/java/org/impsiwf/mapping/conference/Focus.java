package org.impsiwf.mapping.conference;

import java.time.Instant;
import java.util.Optional;

/** The focus of one group towards its SIP users. */
public record Focus(Instant giveUpAt) {

    public Optional<Instant> deadline() {
        return Optional.of(giveUpAt);
    }
}
