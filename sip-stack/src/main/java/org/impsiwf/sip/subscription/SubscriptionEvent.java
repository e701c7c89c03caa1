package org.impsiwf.sip.subscription;

import java.time.Duration;
import java.util.Optional;
import org.impsiwf.sip.event.Body;
import org.impsiwf.sip.event.SipCommand.Response;
import org.impsiwf.sip.event.SipTransactionId;
import org.impsiwf.sip.event.SipUri;

/** What happens to a subscription: from the wire, by order, by time. */
public sealed interface SubscriptionEvent {

    /**
     * A SUBSCRIBE again.
     *
     * @param expires zero ends it
     */
    record Requested(SipTransactionId transaction, long cseq, Optional<SipUri> contact, Duration expires)
            implements SubscriptionEvent {}

    record Accept(Duration expires, String owner) implements SubscriptionEvent {}

    record Refuse(Response refusal) implements SubscriptionEvent {}

    record Notify(Body body) implements SubscriptionEvent {}

    record End(String reason, Optional<Body> body) implements SubscriptionEvent {}

    /** The final response to our NOTIFY, or the 408 or 503 that stands for none. */
    record Notified(int status, Optional<Duration> retryAfter) implements SubscriptionEvent {}

    record DeadlineReached() implements SubscriptionEvent {}

    /** A node is gone, which may have sent the NOTIFY that has no answer yet. */
    record NodeLost() implements SubscriptionEvent {}
}
