package org.impsiwf.ssp.transaction;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.impsiwf.ssp.transaction.OutgoingEffect.Complete;
import org.impsiwf.ssp.transaction.OutgoingEffect.EndSession;
import org.impsiwf.ssp.transaction.OutgoingEffect.FailUnanswered;
import org.impsiwf.ssp.transaction.OutgoingEffect.FailUnsent;
import org.impsiwf.ssp.transaction.OutgoingEffect.MoveTraffic;
import org.impsiwf.ssp.transaction.OutgoingEffect.Send;
import org.impsiwf.ssp.transaction.OutgoingEvent.Delivered;
import org.impsiwf.ssp.transaction.OutgoingEvent.FinalAnswer;
import org.impsiwf.ssp.transaction.OutgoingEvent.Provisional;
import org.impsiwf.ssp.transaction.OutgoingEvent.SessionLost;
import org.impsiwf.ssp.transaction.OutgoingEvent.SessionOpened;
import org.impsiwf.ssp.transaction.OutgoingEvent.TimePassed;
import org.impsiwf.ssp.transaction.OutgoingEvent.UnusableAnswer;
import org.impsiwf.ssp.transaction.OutgoingState.Done;
import org.impsiwf.ssp.transaction.OutgoingState.InProgress;
import org.impsiwf.ssp.transaction.OutgoingState.Sent;
import org.impsiwf.ssp.transaction.OutgoingState.Waiting;

/** SSP 8.5, 8.6: a transaction that we opened, from the order to its end. Pure. */
public final class Outgoing {

    private static final int SERVER_QUEUED = 104;

    private final TransactionTiming timing;

    public Outgoing(TransactionTiming timing) {
        this.timing = timing;
    }

    /** The next state and what to do. */
    public record Decision(OutgoingState next, List<OutgoingEffect> effects) {
        static Decision to(OutgoingState next, OutgoingEffect... effects) {
            return new Decision(next, List.of(effects));
        }
    }

    /** Ordered while a session is open. */
    public Decision opened(Instant now) {
        return Decision.to(new Sent(1, now.plus(timing.validity()), now.plus(timing.patience())), new Send());
    }

    /** Ordered while there is none, but one may come. */
    public OutgoingState waiting(Instant now, Duration sessionWait) {
        return new Waiting(now.plus(sessionWait), false, 0);
    }

    public Decision decide(OutgoingState state, OutgoingEvent event, Instant now) {
        return switch (state) {
            case Waiting s -> waiting(s, event, now);
            case Sent s -> sent(s, event, now);
            case InProgress s -> inProgress(s, event, now);
            case Done s -> Decision.to(s);
        };
    }

    private Decision waiting(Waiting s, OutgoingEvent event, Instant now) {
        return switch (event) {
            case SessionOpened o -> {
                Instant giveUpAt = s.sent() ? s.giveUpAt() : now.plus(timing.patience());
                yield Decision.to(new Sent(s.attempts() + 1, now.plus(timing.validity()), giveUpAt), new Send());
            }
            // Sent in the session before: the answer is as true as it was.
            case FinalAnswer a -> Decision.to(new Done(), new Complete());
            case TimePassed t when now.isBefore(s.giveUpAt()) -> Decision.to(s);
            case TimePassed t when s.sent() -> Decision.to(new Done(), new FailUnanswered());
            case TimePassed t -> Decision.to(new Done(), new FailUnsent());
            case Provisional p -> Decision.to(s);
            case UnusableAnswer u -> Decision.to(s);
            case Delivered d -> Decision.to(s);
            case SessionLost l -> Decision.to(s);
        };
    }

    private Decision sent(Sent s, OutgoingEvent event, Instant now) {
        return switch (event) {
            case FinalAnswer a -> Decision.to(new Done(), new Complete());
            case Delivered d -> Decision.to(new Done(), new Complete());
            case Provisional p -> progress(s.attempts(), now.plus(timing.inProgress()), p, now);
            case UnusableAnswer u -> again(s.attempts(), s.giveUpAt(), now);
            case SessionLost l -> Decision.to(new Waiting(s.giveUpAt(), true, s.attempts()));
            case TimePassed t when now.isBefore(s.dueAt()) -> Decision.to(s);
            case TimePassed t -> again(s.attempts(), s.giveUpAt(), now);
            case SessionOpened o -> Decision.to(s);
        };
    }

    private Decision inProgress(InProgress s, OutgoingEvent event, Instant now) {
        return switch (event) {
            case FinalAnswer a -> Decision.to(new Done(), new Complete());
            case Delivered d -> Decision.to(s);
            case Provisional p -> progress(s.attempts(), s.endAt(), p, now);
            case UnusableAnswer u -> again(s.attempts(), s.endAt(), now);
            case SessionLost l -> Decision.to(new Waiting(s.dueAt(), true, s.attempts()));
            case TimePassed t when now.isBefore(s.dueAt()) -> Decision.to(s);
            case TimePassed t -> again(s.attempts(), s.endAt(), now);
            case SessionOpened o -> Decision.to(s);
        };
    }

    private Decision progress(int attempts, Instant endAt, Provisional provisional, Instant now) {
        Instant dueAt = now.plus(timing.validity());
        InProgress next = new InProgress(attempts, dueAt.isBefore(endAt) ? dueAt : endAt, endAt);
        return provisional.status() == SERVER_QUEUED ? Decision.to(next, new MoveTraffic()) : Decision.to(next);
    }

    /** SSP 8.5: repeats an invalid transaction until it completes or the repeat count is used up. */
    private Decision again(int attempts, Instant giveUpAt, Instant now) {
        if (attempts > timing.repeats() || !now.isBefore(giveUpAt)) {
            return Decision.to(new Done(), new FailUnanswered(), new EndSession());
        }
        Instant dueAt = now.plus(timing.validity());
        return Decision.to(new Sent(attempts + 1, dueAt.isBefore(giveUpAt) ? dueAt : giveUpAt, giveUpAt), new Send());
    }
}
