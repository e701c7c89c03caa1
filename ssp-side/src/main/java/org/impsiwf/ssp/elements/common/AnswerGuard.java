package org.impsiwf.ssp.elements.common;

import java.time.Duration;
import java.time.Instant;

/**
 * Protects a provider against a client that answers system messages wrongly again and again (SSP 18.5.9). Pure.
 *
 * @param wrong how many wrong answers came since {@code since}
 * @param closedUntil until when no answer is looked at
 */
public record AnswerGuard(int wrong, Instant since, Instant closedUntil) {

    public static final AnswerGuard OPEN = new AnswerGuard(0, Instant.EPOCH, Instant.EPOCH);

    /**
     * When the guard closes.
     *
     * @param mostWrong so many wrong answers within {@code window} close it for {@code protection}
     */
    public record Policy(int mostWrong, Duration window, Duration protection) {
        public static final Policy DEFAULT = new Policy(5, Duration.ofHours(1), Duration.ofMinutes(15));
    }

    boolean isClosed(Instant now) {
        return now.isBefore(closedUntil);
    }

    Duration remaining(Instant now) {
        return isClosed(now) ? Duration.between(now, closedUntil) : Duration.ZERO;
    }

    AnswerGuard afterWrong(int more, Instant now, Policy policy) {
        boolean isNew = since.plus(policy.window()).isBefore(now);
        AnswerGuard next = new AnswerGuard(isNew ? more : wrong + more, isNew ? now : since, closedUntil);
        return next.wrong() < policy.mostWrong() ? next : closed(now.plus(policy.protection()));
    }

    AnswerGuard closed(Instant until) {
        return new AnswerGuard(0, Instant.EPOCH, until);
    }
}
