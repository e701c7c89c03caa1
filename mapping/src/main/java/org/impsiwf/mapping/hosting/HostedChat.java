package org.impsiwf.mapping.hosting;

import java.time.Instant;
import java.util.Optional;

/** One chat that a SIP client hosts. */
public record HostedChat(Instant giveUpAt) {

    public Optional<Instant> deadline() {
        return Optional.of(giveUpAt);
    }
}
