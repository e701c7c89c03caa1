package org.impsiwf.ssp.transaction;

/**
 * What happens to a transaction that a peer opened.
 *
 * @param <A> the answer
 */
public sealed interface IncomingEvent<A> {

    /** The same Transaction-ID again. */
    record Repeated<A>() implements IncomingEvent<A> {}

    record AnswerGiven<A>(A answer) implements IncomingEvent<A> {}

    /** @param tooLate what to say when nobody has answered in time */
    record TimePassed<A>(A tooLate) implements IncomingEvent<A> {}
}
