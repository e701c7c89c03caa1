package org.impsiwf.ssp.transaction;

/** What happens to a transaction that we opened. */
public sealed interface OutgoingEvent {

    record FinalAnswer() implements OutgoingEvent {}

    /** @param status 1xx */
    record Provisional(int status) implements OutgoingEvent {}

    /** SSP 8.6: an answer that breaks the rules; handled like none. */
    record UnusableAnswer() implements OutgoingEvent {}

    /** The peer's HTTP server took it, and no more can be expected: a one-way transaction, or a peer that answers notices no further. */
    record Delivered() implements OutgoingEvent {}

    record SessionLost() implements OutgoingEvent {}

    record SessionOpened() implements OutgoingEvent {}

    record TimePassed() implements OutgoingEvent {}
}
