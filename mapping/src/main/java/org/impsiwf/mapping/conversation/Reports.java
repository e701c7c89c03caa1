package org.impsiwf.mapping.conversation;

import java.util.Map;
import java.util.Optional;
import org.impsiwf.mapping.content.ContentException;
import org.impsiwf.mapping.content.Imdn;
import org.impsiwf.mapping.content.MediaType;
import org.impsiwf.mapping.event.Command.Noted;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.MailboxKey;
import org.impsiwf.mapping.statuses.SspToMsrp;
import org.impsiwf.msrp.event.FailureReport;
import org.impsiwf.msrp.event.MsrpCommand;
import org.impsiwf.msrp.event.MsrpContent;
import org.impsiwf.msrp.event.SuccessReport;
import org.impsiwf.sip.event.Body;
import org.impsiwf.sip.event.SipCommand;

/** Words about delivery, as they pass through a conversation: REPORTs and IMDNs of its SIP user, and those it is owed. */
public final class Reports {

    private static final int MAX_ID = 128;

    private final Turn turn;

    Reports(Turn turn) {
        this.turn = turn;
    }

    /** The delivery that an id of ours names; empty for text that cannot be one. */
    public static Optional<MailboxKey> mailboxOf(String id) {
        boolean ours = !id.isEmpty()
                && id.length() <= MAX_ID
                && id.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'));
        return ours ? Optional.of(new MailboxKey(MailboxKey.Kind.DELIVERY, id)) : Optional.empty();
    }

    /** The mailbox for a Message-ID that a peer made. */
    public static Optional<MailboxKey> mailboxOfForeign(String messageId) {
        return messageId.isEmpty() || messageId.length() > MAX_ID
                ? Optional.empty()
                : Optional.of(new MailboxKey(MailboxKey.Kind.DELIVERY, "~" + messageId.replace('#', '~')));
    }

    /** Canonical address of the SIP user of a conversation. */
    static String sipUser(MailboxKey conversation) {
        return conversation.id().substring(0, conversation.id().indexOf('|'));
    }

    /** Canonical address of the IMPS user of a conversation. */
    static String impsUser(MailboxKey conversation) {
        return conversation.id().substring(conversation.id().indexOf('|') + 1);
    }

    /** An IMDN of the SIP user. Only what is final about delivery has a word in SSP. */
    void received(byte[] document) throws ContentException {
        Imdn imdn = Imdn.decode(document);
        imdn.deliveryCode()
                .ifPresentOrElse(
                        code -> new TowardsSip(turn).reported(imdn.messageId(), code),
                        () -> turn.note(Noted.DISPLAY_REPORT_ABSORBED, "a notification that SSP has no word for"));
    }

    /** The SIP user is owed a word on a message of his. */
    void due(Event.ReportDue due) {
        switch (due.asker()) {
            case Event.AskedBySend asked -> report(asked, due.code());
            case Event.AskedByImdn asked -> notify(asked, due.code());
            case Event.AskedBySsp asked ->
                throw new IllegalStateException("a report for the IMPS side in a conversation");
        }
    }

    private void report(Event.AskedBySend asked, int code) {
        boolean alive =
                turn.leg instanceof Leg.Open open && open.msrpSession().value().equals(asked.session());
        if (!alive) {
            turn.note(Noted.UNDELIVERABLE_REPORT, "the session that a REPORT belongs to is over");
            return;
        }
        int status = code == 200 ? 200 : SspToMsrp.code(code);
        turn.msrp(new MsrpCommand.SendReport(
                turn.leg.session().orElseThrow(), asked.messageId(), status, Optional.empty()));
    }

    private void notify(Event.AskedByImdn asked, int code) {
        boolean delivered = code == 200;
        if (delivered ? !asked.positive() : !asked.negative()) {
            return;
        }
        byte[] cpim = CpimPhrases.notification(turn, asked.messageId(), asked.sentAt(), delivered);
        if (turn.leg instanceof Leg.Open open
                && open.far().receives()
                && open.far().takesWrapped(MediaType.IMDN)) {
            turn.msrp(new MsrpCommand.SendMessage(
                    open.msrpSession(),
                    turn.newId(),
                    new MsrpContent(MediaType.CPIM, cpim),
                    SuccessReport.NO,
                    FailureReport.NO));
        } else {
            turn.sip(new SipCommand.SendMessage(
                    turn.newSipRequest(),
                    turn.impsSender(),
                    turn.sipTarget(),
                    new Body(MediaType.CPIM, cpim),
                    Optional.empty(),
                    Map.of()));
        }
    }
}
