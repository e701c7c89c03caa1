package org.impsiwf.sip.dialog;

import java.time.Duration;

/** The timers of RFC 3261 table 4 that a usage counts by itself. */
final class UsageTimes {

    static final Duration T1 = Duration.ofMillis(500);
    static final Duration T2 = Duration.ofSeconds(4);

    /** 64·T1. */
    static final Duration GIVE_UP = Duration.ofSeconds(32);

    /** A re-INVITE that wants a conference of the talk waits as long as an INVITE would. */
    static final Duration CONFERENCE = Duration.ofMinutes(3);

    /** How long a refresh of ours that was refused waits before the next. */
    static final Duration REFRESH_AGAIN = Duration.ofSeconds(10);

    private UsageTimes() {}
}
