package org.impsiwf.sip.stack;

import org.impsiwf.sip.dialog.UsageEvent;
import org.impsiwf.sip.event.InviteUsageId;
import org.impsiwf.sip.event.SipCommand;
import org.impsiwf.sip.event.SipCommand.Response;
import org.impsiwf.sip.event.SipTransactionId;
import org.impsiwf.sip.subscription.SubscriptionEvent;

/** What the SIP edges of a gateway's nodes write to each other. */
sealed interface SipLetter {

    /**
     * A request in a dialog that is tied to the receiver. Its transaction stays with the sender.
     *
     * @param at the listening point of the sender that it came in at, as {@link ListenOn} writes it
     * @param source the address that it came from
     * @param request as received, the additions of RFC 3261 §18.2.1 and RFC 3581 in its Via
     */
    record HandedOver(SipTransactionId transaction, String at, String source, int sourcePort, byte[] request)
            implements SipLetter {}

    /** The final response to a request that the receiver has handed over, whole. */
    record Answered(SipTransactionId transaction, byte[] response) implements SipLetter {}

    /** A 2xx once more, outside its transaction, from that listening point of the receiver. */
    record Repeated(String at, byte[] response) implements SipLetter {}

    /** An answer, still to be written, to a request that waits at the receiver. */
    record Answer(SipTransactionId transaction, Response response) implements SipLetter {}

    /** Something that happened to a usage that is tied to the receiver; no request. */
    record OfUsage(String tag, UsageEvent event) implements SipLetter {}

    /** As {@link OfUsage}. */
    record OfSubscription(String id, SubscriptionEvent event) implements SipLetter {}

    /** One more dialog of an INVITE that waits at the receiver; the answer comes once it is stored. */
    record Fork(String tag, InviteUsageId fork, String forkTag) implements SipLetter {}

    /** A request towards somebody whose connection the receiver has; the answer comes once it is stored. */
    record Send(SipCommand order) implements SipLetter {}

    /** A CANCEL that names no INVITE the sender knows; the answer says whether the receiver does. */
    record Cancel(String branch, String callId) implements SipLetter {}

    /** The sender takes no more work and will be gone. */
    record Leaving() implements SipLetter {}
}
