package org.impsiwf.sip.event;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What happened on the SIP side. Requests in here are authenticated, well-formed and no retransmission; what was not has
 * been answered at the edge.
 */
public sealed interface SipEvent {

    /** An event of an INVITE usage. */
    sealed interface OfUsage extends SipEvent {
        InviteUsageId usage();
    }

    /**
     * An INVITE outside a dialog. The edge has sent 100.
     *
     * @param offer empty for an INVITE without SDP: our 200 then carries the offer
     * @param otherBodies the parts of a multipart body that are neither the SDP nor the URI list
     */
    record InviteReceived(
            InviteUsageId usage,
            RequestHead head,
            Optional<MessageMedia> offer,
            List<Body> otherBodies,
            Conferencing conferencing)
            implements OfUsage {
        /** One that offers a session and nothing more. */
        public InviteReceived(
                InviteUsageId usage, RequestHead head, Optional<MessageMedia> offer, List<Body> otherBodies) {
            this(usage, head, offer, otherBodies, Conferencing.NONE);
        }
    }

    /** A re-INVITE or an UPDATE with an offer in the usage's dialog. Refreshes without an offer are answered by the edge. */
    record ReinviteReceived(
            InviteUsageId usage,
            SipTransactionId transaction,
            RequestHead head,
            Optional<MessageMedia> offer,
            List<Body> otherBodies,
            Conferencing conferencing)
            implements OfUsage {
        /** One that changes the session and nothing more. */
        public ReinviteReceived(
                InviteUsageId usage,
                SipTransactionId transaction,
                RequestHead head,
                Optional<MessageMedia> offer,
                List<Body> otherBodies) {
            this(usage, transaction, head, offer, otherBodies, Conferencing.NONE);
        }
    }

    /** CANCEL came before our final response; the edge has answered the CANCEL, and the INVITE with 487. */
    record InviteCancelled(InviteUsageId usage) implements OfUsage {}

    /** ACK for our 2xx, with the answer when our 2xx carried the offer. */
    record AckReceived(InviteUsageId usage, Optional<MessageMedia> answer) implements OfUsage {}

    /** A provisional response to our INVITE. */
    record InviteProgressed(InviteUsageId usage, int status) implements OfUsage {}

    /** The first 2xx to our INVITE; the edge has sent ACK, and BYE to every later fork. */
    record InviteAccepted(InviteUsageId usage, RequestHead head, MessageMedia answer) implements OfUsage {}

    /** A final refusal of our INVITE, or our INVITE could not be sent or was never answered (408). */
    record InviteRefused(InviteUsageId usage, FinalResponse response) implements OfUsage {}

    /** The final response to our re-INVITE; the dialog goes on either way unless {@link UsageEnded} follows. */
    record ReinviteAnswered(InviteUsageId usage, FinalResponse response, Optional<MessageMedia> answer)
            implements OfUsage {}

    /** BYE from the other side; the edge has answered it. */
    record ByeReceived(InviteUsageId usage, Optional<String> reason) implements OfUsage {}

    /** The usage is over for a reason other than a BYE of either side: session timer, no ACK, 481/408 in dialog. */
    record UsageEnded(InviteUsageId usage, String cause) implements OfUsage {}

    /** What concerns conferences besides the INVITE usages themselves. */
    sealed interface OfConference extends SipEvent {}

    /**
     * A REFER (RFC 3515, RFC 4579 §5.5, §5.11) in a usage's dialog or outside any; it waits for {@link SipCommand.AcceptRefer}
     * or {@link SipCommand.RefuseRefer}.
     *
     * @param usage the usage in whose dialog it came
     * @param targets of Refer-To, or of the list that it points to (RFC 5368); never empty
     */
    record ReferReceived(ReferId refer, Optional<InviteUsageId> usage, RequestHead head, List<ReferTarget> targets)
            implements OfConference {}

    /**
     * A first SUBSCRIBE to the conference event package (RFC 4575), within a usage's dialog or with one of its own; it waits for
     * {@link SipCommand.AcceptSubscription} or {@link SipCommand.RefuseSubscription}.
     *
     * @param expires zero for a single look
     */
    record SubscribeReceived(
            SubscriptionId subscription, Optional<InviteUsageId> usage, RequestHead head, Duration expires)
            implements OfConference {}

    /** The subscriber has refreshed; the edge has answered and wants a full state (RFC 6665 §4.2.1.2). */
    record SubscriptionRefreshed(SubscriptionId subscription, String owner) implements OfConference {}

    /**
     * The subscription is over: it ran out, the subscriber ended it (a last full state is wanted by {@link SipCommand.Notify}
     * no more: the edge has sent the last NOTIFY), or a NOTIFY failed for good.
     *
     * @param owner as {@link SipCommand.AcceptSubscription} named it
     */
    record SubscriptionEnded(SubscriptionId subscription, String owner, String cause) implements OfConference {}

    /** A MESSAGE outside a dialog; it waits for {@link SipCommand.AnswerMessage}. */
    record MessageReceived(SipTransactionId transaction, RequestHead head, Optional<Body> body) implements SipEvent {}

    /** The final response to a MESSAGE of ours, or 408 when there was none in time, 503 when it could not be sent. */
    record MessageAnswered(RequestId request, FinalResponse response) implements SipEvent {}

    /**
     * A final response, or what stands for it when none came.
     *
     * @param reason the reason phrase, for people only
     * @param warning Warning header value (RFC 3261 §20.43)
     * @param synthetic true when no such response arrived and the edge made it up (timeout, no route)
     */
    record FinalResponse(
            int status,
            String reason,
            Optional<Duration> retryAfter,
            List<SipUri> contacts,
            Optional<String> warning,
            boolean synthetic) {

        public boolean isSuccess() {
            return status >= 200 && status < 300;
        }

        public static FinalResponse of(int status, String reason) {
            return new FinalResponse(status, reason, Optional.empty(), List.of(), Optional.empty(), false);
        }
    }
}
