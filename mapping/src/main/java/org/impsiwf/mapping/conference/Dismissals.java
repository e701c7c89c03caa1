package org.impsiwf.mapping.conference;

import java.util.Map;
import org.impsiwf.mapping.conference.Focus.Dismissed;
import org.impsiwf.mapping.event.Command.Noted;
import org.impsiwf.mapping.event.Event;

/**
 * Whom the host has put out. The host says it once; so a participation is told until it says that its user is out, whichever node
 * dies meanwhile. A user who asks to be let in again needs not be told any more.
 */
final class Dismissals {

    private final FocusTurn turn;

    Dismissals(FocusTurn turn) {
        this.turn = turn;
    }

    void dismiss(String user, String reason, boolean groupEnded) {
        tell(user, new Dismissed(reason, groupEnded, turn.in(Distributions.RETELL), 1));
    }

    private void tell(String user, Dismissed dismissed) {
        turn.tell(turn.participationOf(user), new Event.PutOut(dismissed.reason(), dismissed.groupEnded()));
        if (!turn.policy().oneNode()) {
            turn.dismissed = turn.dismissed.plus(user, dismissed);
        }
    }

    void over(String user) {
        turn.dismissed = turn.dismissed.minus(user);
    }

    /** The participations that were told may never have heard it. */
    void tellAgain() {
        Map.copyOf(turn.dismissed).forEach(this::tellAgain);
    }

    void retell() {
        turn.dismissed.forEach((user, dismissed) -> {
            if (turn.isPast(dismissed.retellAt())) {
                tellAgain(user, dismissed);
            }
        });
    }

    private void tellAgain(String user, Dismissed dismissed) {
        if (dismissed.tellings() >= Distributions.MOST_TELLINGS) {
            turn.note(Noted.DEADLINE_PASSED, "a participation that has not heard that its user is out");
            over(user);
            return;
        }
        tell(
                user,
                new Dismissed(
                        dismissed.reason(),
                        dismissed.groupEnded(),
                        turn.in(Distributions.RETELL),
                        dismissed.tellings() + 1));
    }
}
