package org.impsiwf.mapping.participation;

import java.time.Instant;
import java.util.Optional;

/** One SIP user in one group. */
public record Participation(Instant giveUpAt) {

    public Optional<Instant> deadline() {
        return Optional.of(giveUpAt);
    }
}
