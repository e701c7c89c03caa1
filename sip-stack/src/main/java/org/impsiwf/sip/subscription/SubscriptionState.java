package org.impsiwf.sip.subscription;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.impsiwf.sip.event.SipTransactionId;

/** Where a subscription stands (RFC 6665 §4.2.2, the notifier's view). */
public sealed interface SubscriptionState {

    /** When something has to happen by itself. */
    Instant deadline();

    /**
     * The request that begins it has no answer yet.
     *
     * @param wanted the time that it asked for, zero for a single look
     */
    record Asked(SipTransactionId transaction, Duration wanted, Instant giveUpAt) implements SubscriptionState {
        @Override
        public Instant deadline() {
            return giveUpAt;
        }
    }

    /**
     * It runs.
     *
     * @param once a single look: the first notice is the last
     */
    record Active(Instant expiresAt, boolean once, Notices notices) implements SubscriptionState {
        @Override
        public Instant deadline() {
            return Stream.concat(Stream.of(expiresAt), notices.deadline().stream())
                    .min(Instant::compareTo)
                    .orElseThrow();
        }
    }

    /** It is over; its last NOTIFY is on its way. */
    record Leaving(Instant giveUpAt, Notices notices) implements SubscriptionState {
        @Override
        public Instant deadline() {
            return giveUpAt;
        }
    }
}
