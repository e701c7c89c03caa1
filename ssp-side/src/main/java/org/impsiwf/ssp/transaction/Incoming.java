package org.impsiwf.ssp.transaction;

import java.time.Instant;
import java.util.Optional;
import org.impsiwf.ssp.transaction.IncomingEffect.AnswerTooLate;
import org.impsiwf.ssp.transaction.IncomingEffect.SayContinue;
import org.impsiwf.ssp.transaction.IncomingEffect.SendAnswer;
import org.impsiwf.ssp.transaction.IncomingEvent.AnswerGiven;
import org.impsiwf.ssp.transaction.IncomingEvent.Repeated;
import org.impsiwf.ssp.transaction.IncomingEvent.TimePassed;
import org.impsiwf.ssp.transaction.IncomingState.Answered;
import org.impsiwf.ssp.transaction.IncomingState.Executing;
import org.impsiwf.ssp.transaction.IncomingState.Forgotten;

/** D-25: a transaction that a peer opened is executed once, however often it comes. Pure. */
public final class Incoming {

    private final TransactionTiming timing;

    public Incoming(TransactionTiming timing) {
        this.timing = timing;
    }

    /** The next state and what to do, if anything. */
    public record Decision<A>(IncomingState<A> next, Optional<IncomingEffect<A>> effect) {
        static <A> Decision<A> stay(IncomingState<A> state) {
            return new Decision<>(state, Optional.empty());
        }

        static <A> Decision<A> to(IncomingState<A> next, IncomingEffect<A> effect) {
            return new Decision<>(next, Optional.of(effect));
        }
    }

    /** It came for the first time. */
    public <A> IncomingState<A> begun(Instant now) {
        return new Executing<>(now.plus(timing.answerWithin()));
    }

    public <A> Decision<A> decide(IncomingState<A> state, IncomingEvent<A> event, Instant now) {
        return switch (state) {
            case Executing<A> s -> executing(s, event, now);
            case Answered<A> s -> answered(s, event, now);
            case Forgotten<A> s -> Decision.stay(s);
        };
    }

    private <A> Decision<A> executing(Executing<A> s, IncomingEvent<A> event, Instant now) {
        return switch (event) {
            case Repeated<A> r -> Decision.to(s, new SayContinue<>());
            case AnswerGiven<A> a -> answer(a.answer(), now);
            case TimePassed<A> t when now.isBefore(s.answerBy()) -> Decision.stay(s);
            case TimePassed<A> t -> answer(t.tooLate(), now);
        };
    }

    private static <A> Decision<A> answered(Answered<A> s, IncomingEvent<A> event, Instant now) {
        return switch (event) {
            case Repeated<A> r -> Decision.to(s, new SendAnswer<>(s.answer()));
            case AnswerGiven<A> a -> Decision.to(s, new AnswerTooLate<>());
            case TimePassed<A> t when now.isBefore(s.forgetAt()) -> Decision.stay(s);
            case TimePassed<A> t -> Decision.stay(new Forgotten<>());
        };
    }

    private <A> Decision<A> answer(A answer, Instant now) {
        return Decision.to(new Answered<>(answer, now.plus(timing.remember())), new SendAnswer<>(answer));
    }
}
