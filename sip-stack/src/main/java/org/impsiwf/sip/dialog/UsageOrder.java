package org.impsiwf.sip.dialog;

import java.util.Map;
import java.util.Optional;
import org.impsiwf.sip.event.SipCommand.Response;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.sip.event.SipTransactionId;
import org.impsiwf.sip.event.SipUri;

/** What the machine of a usage orders; carried out in order, after the next state was saved. */
public sealed interface UsageOrder {

    /** A provisional response to their INVITE. */
    record SendProvisional(int status) implements UsageOrder {}

    /** The 2xx to their INVITE. */
    record SendAccept(byte[] sdp, TimerTerms terms, Map<String, String> headers) implements UsageOrder {}

    /** The final refusal of their INVITE. */
    record SendRefusal(Response refusal) implements UsageOrder {}

    /** The last 2xx to an INVITE of theirs once more, as it was. */
    record RepeatAccept() implements UsageOrder {}

    /** ACK for the 2xx to our INVITE with that number. */
    record SendAck(Dialog dialog, long cseq) implements UsageOrder {}

    /** BYE with the local CSeq of that dialog. */
    record SendBye(Dialog dialog, Optional<String> reason) implements UsageOrder {}

    /** CANCEL of our INVITE, once it had a provisional response (RFC 3261 §9.1). */
    record SendCancel() implements UsageOrder {}

    /** Our INVITE once more with that number, for a longer session timer (RFC 4028 §7.3). */
    record InviteAgain(long cseq, TimerTerms terms) implements UsageOrder {}

    /**
     * A re-INVITE, or UPDATE, with the local CSeq of that dialog; an UPDATE without SDP only refreshes.
     *
     * @param focus what its Contact says
     */
    record SendReinvite(Dialog dialog, boolean update, Optional<byte[]> sdp, TimerTerms terms, Optional<SipUri> focus)
            implements UsageOrder {}

    /** The 2xx to their re-INVITE or UPDATE. */
    record AcceptReinvite(
            SipTransactionId transaction, Optional<byte[]> sdp, TimerTerms terms, Map<String, String> headers)
            implements UsageOrder {}

    /** A request in the dialog is another usage's to answer. */
    record PassOn(SipTransactionId transaction) implements UsageOrder {}

    /** A NOTIFY with the local CSeq of that dialog. */
    record SendNotify(Dialog dialog, UsageEvent.SendNotify order) implements UsageOrder {}

    /** The usage has no dialog any more to send it in. */
    record NotSent(UsageEvent.SendNotify order) implements UsageOrder {}

    /** The answer to a request in the dialog. */
    record Answer(SipTransactionId transaction, Response response) implements UsageOrder {}

    /** What the rest of the gateway hears. */
    record Tell(SipEvent.OfUsage event) implements UsageOrder {}
}
