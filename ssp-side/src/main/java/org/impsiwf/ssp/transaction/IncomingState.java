package org.impsiwf.ssp.transaction;

import java.time.Instant;

/**
 * Where a transaction that a peer opened stands.
 *
 * @param <A> the answer
 */
public sealed interface IncomingState<A> {

    /** Told to those who answer; they have until then. */
    record Executing<A>(Instant answerBy) implements IncomingState<A> {}

    /** Kept for repeats. */
    record Answered<A>(A answer, Instant forgetAt) implements IncomingState<A> {}

    record Forgotten<A>() implements IncomingState<A> {}
}
