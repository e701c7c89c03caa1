package org.impsiwf.mapping.conference;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who is told of the conference state, and what has still to be told (RFC 4575).
 *
 * @param subscriptions by the edge's id
 * @param untold keys of the roster that differ from what was told
 * @param described whether the description differs from what was told
 * @param tellings how often changes were told; each subscription's version counts from its own beginning
 * @param tellAt when what is untold is due; absent when nothing is
 * @param quietUntil changes before it are gathered (RFC 4575 §3.9)
 * @param sweepAt when to look for subscriptions whose end nobody has told of
 */
record Audience(
        Map<String, Subscription> subscriptions,
        Map<String, Untold> untold,
        boolean described,
        long tellings,
        Optional<Instant> tellAt,
        Optional<Instant> quietUntil,
        Optional<Instant> sweepAt) {

    static final Audience EMPTY =
            new Audience(Map.of(), Map.of(), false, 0, Optional.empty(), Optional.empty(), Optional.empty());

    /** What the subscribers do not know of a line of the roster. */
    enum Untold {
        /** It has changed. */
        CHANGED,
        /** They know that it has gone, and how; with the next change it is taken off the list. */
        TO_BE_REMOVED
    }

    /**
     * Somebody who wants to know.
     *
     * @param user canonical address
     * @param since {@link Audience#tellings} that it has not been told of; its version is one more than those since
     * @param until when it has ended for certain, told or not
     */
    record Subscription(String user, long since, Instant until) {}

    Audience {
        subscriptions = Focus.shared(subscriptions);
        untold = Focus.shared(untold);
    }

    Stream<Instant> deadlines() {
        return Stream.of(tellAt, sweepAt).flatMap(Optional::stream);
    }
}
