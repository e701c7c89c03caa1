package org.impsiwf.ssp.server;

import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.transport.Receipt;

/** What is answered to a {@link Letter}. */
sealed interface Reply {

    record Taken() implements Reply {}

    /** This node does not hold that peer, or cannot be sure of it now: look again who does. */
    record NotMine() implements Reply {}

    record Receipted(Receipt receipt) implements Reply {}

    /**
     * How it stands with a peer at its holder.
     *
     * @param agreement what holds in the session; empty: there is none in which requests may be sent
     * @param contentTypes as {@code PeerUp} tells them
     * @param tenure another one whenever the holder has begun from what is stored: it has forgotten what was ordered before
     */
    record Standing(PeerSnapshot snapshot, Optional<PeerAgreement> agreement, List<String> contentTypes, long tenure)
            implements Reply {}
}
