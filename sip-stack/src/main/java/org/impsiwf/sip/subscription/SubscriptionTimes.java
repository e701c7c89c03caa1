package org.impsiwf.sip.subscription;

import java.time.Duration;

/** How long things of a subscription take at most. */
public final class SubscriptionTimes {

    /** Shorter ones get 423 (RFC 6665 §4.2.1.1). */
    public static final Duration SHORTEST = Duration.ofSeconds(60);

    /** What a subscriber gets who asks for nothing, or for more; RFC 4575 §3.4 has an hour. */
    public static final Duration LONGEST = Duration.ofHours(1);

    /** The rest of the gateway decides within the client's Timer F. */
    public static final Duration DECISION = Duration.ofSeconds(30);

    /** What becomes of a REFER is told for so long; an INVITE rings no longer. */
    public static final Duration REFER = Duration.ofMinutes(4);

    /** A single look gets its state at once. */
    static final Duration LOOK = Duration.ofSeconds(20);

    /** Longer than the NOTIFY transaction over each of a few hops, so that only a lost outcome gets there. */
    static final Duration ANSWER = Duration.ofMinutes(2);

    private SubscriptionTimes() {}
}
