package org.impsiwf.sip.dialog;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.sip.event.Body;
import org.impsiwf.sip.event.Conferencing;
import org.impsiwf.sip.event.MessageMedia;
import org.impsiwf.sip.event.RequestHead;
import org.impsiwf.sip.event.SipCommand.Response;
import org.impsiwf.sip.event.SipEvent.FinalResponse;
import org.impsiwf.sip.event.SipTransactionId;
import org.impsiwf.sip.event.SipUri;

/** What happens to an INVITE usage: from the wire, by order, by time. */
public sealed interface UsageEvent {

    /** Their CANCEL; the stack has answered it. */
    record Cancelled() implements UsageEvent {}

    /** ACK for a 2xx of ours. */
    record Acknowledged(long cseq, Optional<byte[]> sdp) implements UsageEvent {}

    /** A request in the dialog, to be answered under {@code transaction}. */
    sealed interface Requested extends UsageEvent {
        SipTransactionId transaction();

        long cseq();
    }

    record ByeRequested(SipTransactionId transaction, long cseq, Optional<String> reason) implements Requested {}

    /** Their re-INVITE, or UPDATE. */
    record ReinviteRequested(
            SipTransactionId transaction,
            long cseq,
            boolean update,
            RequestHead head,
            SipUri contact,
            Optional<byte[]> sdp,
            List<Body> otherBodies,
            Conferencing conferencing,
            TimerTerms terms)
            implements Requested {}

    /**
     * Any other request in the dialog: only its order counts here.
     *
     * @param answer what it gets when it is in order
     */
    record OtherRequested(SipTransactionId transaction, long cseq, Response answer) implements Requested {}

    /** A request in the dialog that another usage of it answers: SUBSCRIBE, REFER (RFC 5057 §5). */
    record OtherUsageRequested(SipTransactionId transaction, long cseq, Optional<SipUri> contact)
            implements Requested {}

    /**
     * A NOTIFY of a subscription that shares the dialog; the usage gives it its number.
     *
     * @param subscription who hears what becomes of it
     */
    record SendNotify(String subscription, Map<String, String> headers, Optional<Body> body) implements UsageEvent {}

    /**
     * A provisional response to our INVITE.
     *
     * @param remoteTag of the early dialog that it makes; empty where it makes none
     */
    record Progressed(int status, String remoteTag) implements UsageEvent {}

    /**
     * A 2xx to an INVITE or UPDATE of ours, the first or again.
     *
     * @param flow names the connection that it came over, where there is one
     */
    record Accepted(
            long cseq,
            String remoteTag,
            SipUri contact,
            List<String> recordRoute,
            RequestHead head,
            Optional<byte[]> sdp,
            TimerTerms terms,
            boolean allowsUpdate,
            Optional<String> flow)
            implements UsageEvent {}

    /**
     * A final response above 299 to an INVITE or UPDATE of ours, or what stands for it.
     *
     * @param minimum Min-SE of a 422
     */
    record Refused(long cseq, FinalResponse response, Optional<Duration> minimum) implements UsageEvent {}

    /** The final response to our BYE, whatever it was, or none in time. */
    record ByeDone() implements UsageEvent {}

    record Ring() implements UsageEvent {}

    /**
     * Our 2xx is ordered.
     *
     * @param focus the conference that we are the focus of from now on
     * @param headers further headers of it
     */
    record Accept(MessageMedia media, Optional<SipUri> focus, Map<String, String> headers) implements UsageEvent {}

    record Refuse(Response refusal) implements UsageEvent {}

    /** @param focus as in {@link Accept}, once it is accepted */
    record Reinvite(MessageMedia offer, Optional<SipUri> focus) implements UsageEvent {}

    /** @param focus as in {@link Accept} */
    record AcceptReinvite(
            SipTransactionId transaction, MessageMedia media, Optional<SipUri> focus, Map<String, String> headers)
            implements UsageEvent {}

    record RefuseReinvite(SipTransactionId transaction, Response refusal) implements UsageEvent {}

    record End(Optional<String> reason) implements UsageEvent {}

    record DeadlineReached() implements UsageEvent {}

    /** That node is gone, with all transactions of the usage if it had them. */
    record NodeLost(String node) implements UsageEvent {}
}
