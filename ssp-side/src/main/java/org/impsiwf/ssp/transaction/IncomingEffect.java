package org.impsiwf.ssp.transaction;

/**
 * What a decision about a peer's transaction orders.
 *
 * @param <A> the answer
 */
public sealed interface IncomingEffect<A> {

    record SendAnswer<A>(A answer) implements IncomingEffect<A> {}

    /** SSP 18.1.1: it is being worked on, so that the peer keeps the transaction and the session. */
    record SayContinue<A>() implements IncomingEffect<A> {}

    /** The answer of our own side came after another one had left; it is dropped. */
    record AnswerTooLate<A>() implements IncomingEffect<A> {}
}
