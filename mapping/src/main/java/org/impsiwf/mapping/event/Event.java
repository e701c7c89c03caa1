package org.impsiwf.mapping.event;

import java.util.Optional;
import org.impsiwf.mapping.content.InstantMessage;
import org.impsiwf.msrp.event.MsrpEvent;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.primitives.ServiceId;

/** What the mapping is told: what happened at an edge, that time has passed, or what another mailbox has to say. */
public sealed interface Event {

    record Sip(SipEvent event) implements Event {}

    record Msrp(MsrpEvent event) implements Event {}

    record Ssp(SspEvent event) implements Event {}

    /** The deadline of the state has come, or the timer only thinks so: the state's own instants decide. */
    record DeadlineReached() implements Event {}

    /** The gateway ends: a session with no message on its way is closed. Told again until the conversation is over. */
    record Draining() implements Event {}

    /** To a conversation: a message for its SIP user that came to several recipients at once. */
    record MessageShared(Origin origin, InstantMessage message) implements Event {}

    /** To a submission: one recipient's result, an SSP status code. */
    record ShareConcluded(int index, int code) implements Event {}

    /** To a delivery: a message has left under this key and its sender wants to hear what becomes of it. */
    record DeliveryTracked(Tracked tracked) implements Event {}

    /** To a delivery: the message was refused after all, nobody waits for a report. */
    record DeliveryForgotten() implements Event {}

    /** To a delivery: the far end calls the message by a name of its own; reports under it belong to that mailbox. */
    record DeliveryAliased(String mailbox) implements Event {}

    /**
     * To a delivery: the far end's word on the message.
     *
     * @param reporter canonical address of who says so
     * @param code SSP status code; 200 is delivered
     */
    record DeliveryReported(String reporter, int code) implements Event {}

    /**
     * To a conversation: its SIP user is owed a report.
     *
     * @param code SSP status code; 200 is delivered
     */
    record ReportDue(Asker asker, int code) implements Event {}

    /**
     * What a delivery is about.
     *
     * @param conversation the text of its mailbox key
     * @param reporter canonical address of the recipient, the only one whose word counts
     */
    record Tracked(String conversation, String reporter, Asker asker) {}

    /** Who asked for a report, and in which words. */
    sealed interface Asker {}

    /** A SEND in this session, with Success-Report. */
    record AskedBySend(String session, String messageId) implements Asker {}

    /**
     * A CPIM message with Disposition-Notification (RFC 5438), in a MESSAGE or in a session.
     *
     * @param sipUri who asked; the conversation may be forgotten by the time of the report
     * @param impsAddress whom he wrote to
     */
    record AskedByImdn(
            String messageId,
            boolean positive,
            boolean negative,
            Optional<String> sentAt,
            String sipUri,
            String impsAddress)
            implements Asker {}

    /**
     * A SendMessageRequest with Delivery-Report-Request.
     *
     * @param sender IMPS address of the user who gets the report
     * @param recipient IMPS address of the SIP user that it is about
     */
    record AskedBySsp(
            Origin origin, ServiceId peer, String messageId, String sender, String recipient, String contentType)
            implements Asker {}
}
