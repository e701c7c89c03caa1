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
     */
    record SendInvite(
            InviteUsageId usage,
            Sender sender,
            SipUri target,
            MessageMedia offer,
            List<Body> otherBodies,
            Duration expires,
            Map<String, String> headers)
            implements SipCommand {}

    /** Sends 180 for an INVITE that waits. */
    record RingInvite(InviteUsageId usage) implements SipCommand {}

    /** Sends 200 with our answer (or our offer, when the INVITE had none); the edge repeats it until ACK. */
    record AcceptInvite(InviteUsageId usage, MessageMedia media) implements SipCommand {}

    /** Sends a final refusal. */
    record RefuseInvite(InviteUsageId usage, Response refusal) implements SipCommand {}

    /** Sends a re-INVITE with an offer in the dialog. */
    record SendReinvite(InviteUsageId usage, MessageMedia offer) implements SipCommand {}

    /** Answers a re-INVITE or UPDATE. */
    record AcceptReinvite(InviteUsageId usage, SipTransactionId transaction, MessageMedia media)
            implements SipCommand {}

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

    /**
     * A final response of ours.
     *
     * @param status 200–699
     * @param reason empty for the RFC's own phrase
     * @param headers such as Accept, Warning, Allow
     */
    record Response(int status, Optional<String> reason, Optional<Duration> retryAfter, Map<String, String> headers) {

        public static Response of(int status) {
            return new Response(status, Optional.empty(), Optional.empty(), Map.of());
        }
    }
}
