package org.impsiwf.mapping.event;

import org.impsiwf.msrp.event.MsrpCommand;
import org.impsiwf.sip.event.InviteUsageId;
import org.impsiwf.sip.event.SipCommand;
import org.impsiwf.ssp.event.SspCommand;

/** An order of the mapping. Orders of one decision are carried out in their order, after its state was saved. */
public sealed interface Command {

    record Sip(SipCommand command) implements Command {}

    record Msrp(MsrpCommand command) implements Command {}

    record Ssp(SspCommand command) implements Command {}

    /** Puts an event into another mailbox of the mapping. */
    record Tell(MailboxKey to, Event event) implements Command {}

    /** Events of this usage, whose id the SIP edge made, belong to this mailbox from now on. */
    record Correlate(InviteUsageId usage, MailboxKey to) implements Command {}

    /** No more events of this usage are wanted; the correlation may go. */
    record Forget(InviteUsageId usage) implements Command {}

    /**
     * Something to count and to log in one line.
     *
     * @param detail for people; holds addresses at most, never content or secrets
     */
    record Note(Noted what, String detail) implements Command {}

    /** What is counted. Each is a metric's label. */
    enum Noted {
        DUPLICATE_ABSORBED,
        COMPOSING_ABSORBED,
        DISPLAY_REPORT_ABSORBED,
        MEMBER_REPORT_ABSORBED,
        MEMBER_TOO_SLOW,
        UNKNOWN_REPORT,
        REPEATED_REPORT,
        FOREIGN_REPORT,
        UNDELIVERABLE_REPORT,
        MALFORMED_CONTENT,
        SPOOFED_SENDER,
        UNSERVED_ADDRESS,
        LATE_EVENT,
        GLARE_RESOLVED,
        SESSION_REPLACED,
        SESSION_REBUILT,
        DEADLINE_PASSED,
        PEER_MISBEHAVED,
        OUR_MISTAKE
    }
}
