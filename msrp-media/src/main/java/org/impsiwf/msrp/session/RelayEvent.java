package org.impsiwf.msrp.session;

/** What happens to a message that leaves to many while it comes in. */
public sealed interface RelayEvent {

    /** So many recipients will say whether they take it. */
    record Ordered(int recipients) implements RelayEvent {}

    /** One of them has said so. */
    record Answered() implements RelayEvent {}

    /**
     * Something came, or was taken.
     *
     * @param backlog octets that have come and that the slowest recipient has not got
     * @param starving whether another one has all that has come
     */
    record Moved(long backlog, boolean starving) implements RelayEvent {}

    /** Its last octet has come. */
    record AllCame() implements RelayEvent {}

    /** Its sender has given it up, or is gone, or was refused after all. */
    record SenderGone() implements RelayEvent {}

    /** A recipient has taken all of it, or goes without; nobody is left who takes it. */
    record NobodyLeft() implements RelayEvent {}

    record TimePassed() implements RelayEvent {}
}
