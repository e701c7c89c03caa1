package org.impsiwf.ssp.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.codec.Dialect;
import org.impsiwf.ssp.primitives.InvalidPrimitiveException;
import org.impsiwf.ssp.primitives.SessionId;
import org.impsiwf.ssp.primitives.SessionPrimitive;
import org.impsiwf.ssp.primitives.Status;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** SSP 9.2.1.1.3, 9.2.4: who says what about a lifetime, and what holds then. */
class LifetimeTest {

    private static final Optional<Duration> MINUTE = Optional.of(Duration.ofMinutes(1));
    private static final Optional<Duration> HOUR = Optional.of(Duration.ofHours(1));
    private static final Optional<Duration> UNLIMITED = Optional.empty();
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

    @Test
    @Tag("SSP-190")
    @Tag("SSP-192")
    @Tag("SSP-202")
    void grantsWhatIsAskedUpToWhatItAllowsAndZeroAsksForEver() {
        assertThat(ConnectionLifetime.grant(MINUTE, HOUR)).isEqualTo(MINUTE);
        assertThat(ConnectionLifetime.grant(HOUR, MINUTE)).isEqualTo(MINUTE);
        assertThat(ConnectionLifetime.grant(HOUR, UNLIMITED)).isEqualTo(HOUR);
        assertThat(ConnectionLifetime.grant(UNLIMITED, HOUR)).isEqualTo(HOUR);
        assertThat(ConnectionLifetime.grant(Optional.of(Duration.ZERO), HOUR)).isEqualTo(HOUR);
        assertThat(ConnectionLifetime.grant(UNLIMITED, UNLIMITED)).isEmpty();
        assertThat(ConnectionLifetime.grant(Optional.of(Duration.ZERO), UNLIMITED))
                .isEmpty();
    }

    @Test
    @Tag("SSP-186")
    @Tag("SSP-199")
    void eachConnectionExpiresByItsOwnLifetimeAndOneWithoutNever() {
        var minute = new ConnectionLifetime(MINUTE, NOW);
        var hour = new ConnectionLifetime(HOUR, NOW);
        var forEver = new ConnectionLifetime(UNLIMITED, NOW);
        Instant later = NOW.plusSeconds(60);
        assertThat(minute.expired(later.minusMillis(1))).isFalse();
        assertThat(minute.expired(later)).isTrue();
        assertThat(minute.heard(NOW.plusSeconds(30)).expired(later)).isFalse();
        assertThat(hour.expired(later)).isFalse();
        assertThat(hour.renewed(MINUTE, NOW).expired(later)).isTrue();
        assertThat(forEver.expired(NOW.plus(Duration.ofDays(10_000)))).isFalse();
    }

    @Test
    @Tag("SSP-193")
    void aLoginResponseWithALifetimeOfZeroIsNone() {
        assertThatThrownBy(() -> new SessionPrimitive.LoginResponse(
                        Optional.of(new SessionId("1@b.test")), Status.of(200), Optional.of(Duration.ZERO), List.of()))
                .isInstanceOf(InvalidPrimitiveException.class);
    }

    /** What the response says; else what was asked. */
    @Test
    @Tag("SSP-191")
    void whatTheResponseSaysHoldsAndOtherwiseWhatWasAsked() {
        // Our terms ask for one hour.
        assertThat(ourLifetime(MINUTE)).isEqualTo(MINUTE);
        assertThat(ourLifetime(UNLIMITED)).isEqualTo(HOUR);
    }

    private static Optional<Duration> ourLifetime(Optional<Duration> inResponse) {
        SessionPair pair = new SessionPair(PairSamples.terms("wv:@a.test", "wv:@b.test", Dialect.OMA_1_3, true));
        PairState state = PairSamples.states().get("LoggingIn (peer proved)");
        PairDecision opened = pair.decide(
                state,
                new PairEvent.LoginAnswered(
                        PairSamples.token().transactionId(), 200, Optional.of(new SessionId("2@b.test")), inResponse),
                PairSamples.NOW,
                PairSamples.FRESH);
        return ((PairState.Open) opened.next()).session().ourLifetime();
    }
}
