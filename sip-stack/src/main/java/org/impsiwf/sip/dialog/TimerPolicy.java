package org.impsiwf.sip.dialog;

import static org.impsiwf.sip.dialog.TimerTerms.Refresher.UAC;
import static org.impsiwf.sip.dialog.TimerTerms.Refresher.UAS;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How we negotiate session timers (RFC 4028). Pure.
 *
 * @param interval what we ask for
 * @param minimum the shortest that we take, at least 90 s (RFC 4028 §5)
 */
public record TimerPolicy(Duration interval, Duration minimum) {

    public static final TimerPolicy DEFAULT = new TimerPolicy(Duration.ofMinutes(30), Duration.ofSeconds(90));

    /** Whether a request deserves 422 (RFC 4028 §9). */
    public boolean isTooShort(TimerTerms asked) {
        return asked.sessionExpires()
                .filter(wanted -> wanted.compareTo(minimum) < 0)
                .isPresent();
    }

    /** What a request of ours asks for; the other side's minimum is what a 422 told. */
    public TimerTerms ask(Optional<Duration> theirMinimum) {
        Duration wanted =
                theirMinimum.filter(least -> least.compareTo(interval) > 0).orElse(interval);
        return new TimerTerms(Optional.of(wanted), Optional.empty(), theirMinimum, true);
    }

    /**
     * What our 2xx says (RFC 4028 §9): the interval asked for, ours when the other side can do timers and asked for none;
     * nothing when it knows no timers and asked for none.
     */
    public TimerTerms answer(TimerTerms asked) {
        if (asked.sessionExpires().isEmpty() && !asked.supported()) {
            return TimerTerms.NONE;
        }
        Duration agreed = asked.sessionExpires()
                .orElse(asked.minimum()
                        .filter(least -> least.compareTo(interval) > 0)
                        .orElse(interval));
        // A UAC that knows no timers cannot refresh (a proxy put the header in, §9 table 2).
        var refresher = asked.supported() ? asked.refresher().orElse(UAC) : UAS;
        return new TimerTerms(Optional.of(agreed), Optional.of(refresher), Optional.empty(), asked.supported());
    }

    /** The timer that a 2xx settles; empty when it settles none. */
    public static Optional<SessionTimer> settled(TimerTerms said, boolean weAsked, Instant now) {
        return said.sessionExpires().map(interval -> {
            var refresher = said.refresher().orElse(weAsked ? UAC : UAS);
            return new SessionTimer(interval, (refresher == UAC) == weAsked, now);
        });
    }
}
