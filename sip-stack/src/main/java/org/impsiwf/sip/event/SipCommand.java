package org.impsiwf.sip.event;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the SIP side is told to do. Each is carried out once; a repeat with the same id does nothing. */
public sealed interface SipCommand {

    /** Whose words a request of ours carries: the From, and P-Asserted-Identity towards trusted peers. */
    record Sender(NameAddr from, boolean privacy) {}

    /**
     * Sends an INVITE with an offer.
     *
     * @param expires the edge cancels by itself when no final response came within it
     * @param headers further headers, by name
     * @param focus the conference URI when we invite as its focus: its user part and {@code isfocus} go into the Contact
     * @param replaces the usage with this target whose dialog it is to replace (RFC 3891); the edge writes the header
     */
    record SendInvite(
            InviteUsageId usage,
            Sender sender,
            SipUri target,
            MessageMedia offer,
            List<Body> otherBodies,
            Duration expires,
            Map<String, String> headers,
            Optional<SipUri> focus,
            Optional<InviteUsageId> replaces)
            implements SipCommand {
        /** Offers a session and nothing more. */
        public SendInvite(
                InviteUsageId usage,
                Sender sender,
                SipUri target,
                MessageMedia offer,
                List<Body> otherBodies,
                Duration expires,
                Map<String, String> headers) {
            this(usage, sender, target, offer, otherBodies, expires, headers, Optional.empty(), Optional.empty());
        }
    }

    /** Sends 180 for an INVITE that waits. */
    record RingInvite(InviteUsageId usage) implements SipCommand {}

    /**
     * Sends 200 with our answer (or our offer, when the INVITE had none); the edge repeats it until ACK.
     *
     * @param focus the conference URI when we answer as its focus
     * @param headers further headers, by name
     */
    record AcceptInvite(InviteUsageId usage, MessageMedia media, Optional<SipUri> focus, Map<String, String> headers)
            implements SipCommand {
        public AcceptInvite {
            headers = Map.copyOf(headers);
        }

        public AcceptInvite(InviteUsageId usage, MessageMedia media, Optional<SipUri> focus) {
            this(usage, media, focus, Map.of());
        }

        public AcceptInvite(InviteUsageId usage, MessageMedia media) {
            this(usage, media, Optional.empty());
        }
    }

    /**
     * Opens one more dialog for an INVITE that waits: its sender takes several 2xx, as if it had forked (RFC 3261 §13.2.2.4), and
     * each is answered by an {@link AcceptInvite} of its own. To refuse or end a fork before says nothing on the wire, nor does
     * refusing the INVITE itself once a fork was accepted.
     *
     * @param fork issued by who orders it
     */
    record ForkInvite(InviteUsageId usage, InviteUsageId fork) implements SipCommand {}

    /** Sends a final refusal. */
    record RefuseInvite(InviteUsageId usage, Response refusal) implements SipCommand {}

    /**
     * Sends a re-INVITE with an offer in the dialog.
     *
     * @param focus the conference URI when we are its focus from now on
     */
    record SendReinvite(InviteUsageId usage, MessageMedia offer, Optional<SipUri> focus) implements SipCommand {
        public SendReinvite(InviteUsageId usage, MessageMedia offer) {
            this(usage, offer, Optional.empty());
        }
    }

    /**
     * Answers a re-INVITE or UPDATE.
     *
     * @param focus the conference URI when we are its focus from now on
     * @param headers further headers, by name
     */
    record AcceptReinvite(
            InviteUsageId usage,
            SipTransactionId transaction,
            MessageMedia media,
            Optional<SipUri> focus,
            Map<String, String> headers)
            implements SipCommand {
        public AcceptReinvite {
            headers = Map.copyOf(headers);
        }

        public AcceptReinvite(
                InviteUsageId usage, SipTransactionId transaction, MessageMedia media, Optional<SipUri> focus) {
            this(usage, transaction, media, focus, Map.of());
        }

        public AcceptReinvite(InviteUsageId usage, SipTransactionId transaction, MessageMedia media) {
            this(usage, transaction, media, Optional.empty());
        }
    }

    record RefuseReinvite(InviteUsageId usage, SipTransactionId transaction, Response refusal) implements SipCommand {}

    /**
     * Ends the usage whatever its state: CANCEL while our INVITE is open (BYE if a 2xx crosses), 480 while theirs is, BYE
     * once there is a dialog.
     */
    record EndUsage(InviteUsageId usage, Optional<String> reason) implements SipCommand {}

    /**
     * Sends a MESSAGE outside any dialog.
     *
     * @param callId threads a pager conversation (RFC 7572 §5); absent means a new one
     */
    record SendMessage(
            RequestId request,
            Sender sender,
            SipUri target,
            Body body,
            Optional<String> callId,
            Map<String, String> headers)
            implements SipCommand {}

    /** Gives the final response to a MESSAGE. */
    record AnswerMessage(SipTransactionId transaction, Response response) implements SipCommand {}

    /** What concerns a subscription of somebody with us, that of a REFER included. */
    sealed interface OfSubscription extends SipCommand {}

    /**
     * Answers a REFER with 202 and the NOTIFY that RFC 3515 §2.4.4 asks for, or with 200 and none where it has asked for no
     * subscription (RFC 4488).
     */
    record AcceptRefer(ReferId refer) implements OfSubscription {}

    record RefuseRefer(ReferId refer, Response refusal) implements OfSubscription {}

    /**
     * NOTIFY with what became of a REFER, as {@code message/sipfrag}; left out where there is no subscription.
     *
     * @param status of the act that was asked for; from 200 on it is the last word and ends the subscription
     */
    record ReportRefer(ReferId refer, int status, String reason) implements OfSubscription {}

    /**
     * Answers a SUBSCRIBE with 200. A {@link Notify} with the full state follows at once (RFC 6665 §4.2.1.2).
     *
     * @param expires at most what was asked for; the edge ends the subscription when it has run out
     * @param owner comes back with each later event of it
     */
    record AcceptSubscription(SubscriptionId subscription, Duration expires, String owner) implements OfSubscription {}

    record RefuseSubscription(SubscriptionId subscription, Response refusal) implements OfSubscription {}

    /** NOTIFY with a conference state, in the order of these commands and one at a time (RFC 6665 §4.2.2). */
    record Notify(SubscriptionId subscription, ConferenceState state) implements OfSubscription {}

    /**
     * The last NOTIFY of a subscription.
     *
     * @param reason RFC 6665 §4.2.2: {@code noresource} when the conference is over, {@code rejected}, …
     */
    record EndSubscription(SubscriptionId subscription, String reason) implements OfSubscription {}

    /**
     * A final response of ours.
     *
     * @param status 200–699
     * @param reason empty for the RFC's own phrase
     * @param headers such as Accept, Warning, Allow
     */
    record Response(int status, Optional<String> reason, Optional<Duration> retryAfter, Map<String, String> headers) {

        /** By then a node that was cut off is mostly back. */
        private static final Duration AGAIN_AFTER = Duration.ofSeconds(10);

        public static Response of(int status) {
            return new Response(status, Optional.empty(), Optional.empty(), Map.of());
        }

        /** 503 of a node that may decide nothing now: the sender tries again, here or elsewhere (RFC 3261 §21.5.4). */
        public static Response cutOff() {
            return new Response(503, Optional.empty(), Optional.of(AGAIN_AFTER), Map.of());
        }
    }
}
