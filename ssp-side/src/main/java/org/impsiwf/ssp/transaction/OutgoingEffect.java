package org.impsiwf.ssp.transaction;

/** What a decision about a transaction of ours orders. */
public sealed interface OutgoingEffect {

    /** The first time or again, under the same Transaction-ID. */
    record Send() implements OutgoingEffect {}

    /** Its answer goes to whoever asked. */
    record Complete() implements OutgoingEffect {}

    /** Nobody knows what became of it. */
    record FailUnanswered() implements OutgoingEffect {}

    /** It never left. */
    record FailUnsent() implements OutgoingEffect {}

    /** SSP 8.5: the repeats are used up, both sessions end. */
    record EndSession() implements OutgoingEffect {}

    /** SSP 18.1.4: the next requests go over another connection. */
    record MoveTraffic() implements OutgoingEffect {}
}
