package org.impsiwf.mapping.conference;

import java.util.List;
import java.util.Optional;
import org.impsiwf.mapping.event.Command;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.MailboxKey;
import org.impsiwf.mapping.event.Moment;

/** Decides for {@link Focus}. */
public final class FocusRules {

    private FocusRules() {}

    /** What to save, nothing when it is over, and what to do then. */
    public record Outcome(Optional<Focus> next, List<Command> commands) {}

    public static Outcome decide(MailboxKey key, Optional<Focus> before, Event event, Moment moment) {
        return new Outcome(before, List.of());
    }
}
