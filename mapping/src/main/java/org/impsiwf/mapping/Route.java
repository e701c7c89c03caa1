package org.impsiwf.mapping;

import java.util.List;
import org.impsiwf.mapping.event.Command;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.MailboxKey;
import org.impsiwf.sip.event.InviteUsageId;

/** Where an event goes. */
public sealed interface Route {

    /** Into this mailbox. */
    record To(MailboxKey key, Event event) implements Route {}

    /** Into the mailbox that {@link Command.Correlate} named for the usage; nowhere when there is none. */
    record ByUsage(InviteUsageId usage, Event event) implements Route {}

    /** Nowhere: it is settled by these orders. */
    record Answered(List<Command> commands) implements Route {}
}
