package org.impsiwf.mapping.delivery;

import java.time.Instant;
import java.util.Optional;
import org.impsiwf.mapping.event.Event.AskedBySsp;
import org.impsiwf.mapping.event.Event.Tracked;
import org.impsiwf.ssp.event.SspRequestId;

/** Where the report on one message stands. */
public sealed interface Delivery {

    /** When something has to happen by itself. */
    default Optional<Instant> deadline() {
        return Optional.empty();
    }

    /** The message is out; nobody has said what became of it. */
    record Awaited(Tracked tracked) implements Delivery {}

    /** A report for the IMPS side is on its way to the peer, or waits for the peer to be back. */
    record Passing(AskedBySsp asked, int code, Instant reportedAt, SspRequestId request, Optional<Instant> retryAt)
            implements Delivery {
        @Override
        public Optional<Instant> deadline() {
            return retryAt;
        }
    }

    /** The report was passed on; another one is a repeat. */
    record Passed(int code) implements Delivery {}

    /** The peer's own name for a message that is kept in another mailbox. */
    record Alias(String mailbox) implements Delivery {}
}
