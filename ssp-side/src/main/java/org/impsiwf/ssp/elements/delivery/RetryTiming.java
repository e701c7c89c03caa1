package org.impsiwf.ssp.elements.delivery;

import java.time.Duration;
import java.time.Instant;

/**
 * When what could not be sent is tried again.
 *
 * @param first after the first vain attempt; doubled after each further one
 * @param longest never more than this
 * @param lease how long one attempt with a batch may take before somebody else may take it over
 */
public record RetryTiming(Duration first, Duration longest, Duration lease) {

    public static final RetryTiming DEFAULT =
            new RetryTiming(Duration.ofSeconds(5), Duration.ofMinutes(1), Duration.ofMinutes(10));

    private static final int MOST_DOUBLINGS = 20;

    /** @param attempts how many were in vain, this one not counted */
    public Instant next(Instant now, int attempts) {
        Duration pause = first.multipliedBy(1L << Math.min(attempts, MOST_DOUBLINGS));
        return now.plus(pause.compareTo(longest) < 0 ? pause : longest);
    }
}
