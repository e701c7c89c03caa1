package org.impsiwf.mapping.participation;

import java.util.List;
import java.util.Optional;
import org.impsiwf.mapping.event.Command;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.MailboxKey;
import org.impsiwf.mapping.event.Moment;

/** Decides for {@link Participation}. */
public final class ParticipationRules {

    private ParticipationRules() {}

    /** What to save, nothing when it is over, and what to do then. */
    public record Outcome(Optional<Participation> next, List<Command> commands) {}

    public static Outcome decide(MailboxKey key, Optional<Participation> before, Event event, Moment moment) {
        return new Outcome(before, List.of());
    }
}
