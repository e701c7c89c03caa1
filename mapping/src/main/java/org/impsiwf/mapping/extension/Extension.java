package org.impsiwf.mapping.extension;

import java.time.Instant;
import java.util.Optional;

/** One INVITE to the conference factory, until it is answered. */
public record Extension(Instant giveUpAt) {

    public Optional<Instant> deadline() {
        return Optional.of(giveUpAt);
    }
}
