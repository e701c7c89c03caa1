package org.impsiwf.msrp.session;

import static org.impsiwf.msrp.session.RelayEffect.BEGIN;
import static org.impsiwf.msrp.session.RelayEffect.BREAK_OFF;
import static org.impsiwf.msrp.session.RelayEffect.CONCLUDE;
import static org.impsiwf.msrp.session.RelayEffect.DROP_ALL;
import static org.impsiwf.msrp.session.RelayEffect.DROP_SLOW;
import static org.impsiwf.msrp.session.RelayEffect.PAUSE_SENDER;
import static org.impsiwf.msrp.session.RelayEffect.RESUME_SENDER;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.impsiwf.msrp.session.RelayEvent.AllCame;
import org.impsiwf.msrp.session.RelayEvent.Answered;
import org.impsiwf.msrp.session.RelayEvent.Moved;
import org.impsiwf.msrp.session.RelayEvent.NobodyLeft;
import org.impsiwf.msrp.session.RelayEvent.Ordered;
import org.impsiwf.msrp.session.RelayEvent.SenderGone;
import org.impsiwf.msrp.session.RelayEvent.TimePassed;
import org.impsiwf.msrp.session.RelayState.Flowing;
import org.impsiwf.msrp.session.RelayState.Gathering;
import org.impsiwf.msrp.session.RelayState.Over;
import org.impsiwf.msrp.session.RelayState.Pause;
import org.impsiwf.msrp.session.RelayState.Settling;

/**
 * The life of a message that leaves to many while it comes in (RFC 7701 §6.1): state and event in, next state and effects out;
 * {@code docs/state-machines/msrp-relay.md} shows it. The
 * sender is slowed down to the pace of its recipients, but for a slow one only as long as patience lasts.
 */
public final class RelayMachine {
    /** How often a pause is looked at. */
    static final Duration TICK = Duration.ofMillis(250);

    private final RelayLimits limits;

    public RelayMachine(RelayLimits limits) {
        this.limits = limits;
    }

    /** The next state and what to do. */
    public record Decision(RelayState next, List<RelayEffect> effects) {}

    /** How it begins. */
    public RelayState begin(Instant now) {
        return new Gathering(0, OptionalInt.empty(), now.plus(limits.gather()), false, false);
    }

    public Decision decide(RelayState state, RelayEvent event, Instant now) {
        return switch (state) {
            case Gathering s -> gathering(s, event, now);
            case Flowing s -> flowing(s, event, now);
            case Settling s -> settling(s, event, now);
            case Over s -> to(s);
        };
    }

    private Decision gathering(Gathering s, RelayEvent event, Instant now) {
        return switch (event) {
            case Ordered(int recipients) -> gathered(with(s, s.answered(), OptionalInt.of(recipients)), now);
            case Answered e -> gathered(with(s, s.answered() + 1, s.expected()), now);
            case Moved e
            when !s.paused() && e.backlog() >= limits.window() ->
                to(new Gathering(s.answered(), s.expected(), s.until(), true, s.allCame()), PAUSE_SENDER);
            case AllCame e -> to(new Gathering(s.answered(), s.expected(), s.until(), s.paused(), true));
            case TimePassed e when !now.isBefore(s.until()) -> begun(s, now);
            case SenderGone e -> brokenOff(s.paused());
            case Moved e -> to(s);
            case NobodyLeft e -> to(s);
            case TimePassed e -> to(s);
        };
    }

    private static Gathering with(Gathering s, int answered, OptionalInt expected) {
        return new Gathering(answered, expected, s.until(), s.paused(), s.allCame());
    }

    private Decision gathered(Gathering s, Instant now) {
        boolean all = s.expected().isPresent() && s.answered() >= s.expected().getAsInt();
        return all ? begun(s, now) : to(s);
    }

    private Decision begun(Gathering s, Instant now) {
        List<RelayEffect> effects = new ArrayList<>(List.of(BEGIN));
        if (s.paused()) {
            effects.add(RESUME_SENDER);
        }
        RelayState next = s.allCame()
                ? new Settling(now.plus(limits.settle()))
                : new Flowing(Optional.empty(), limits.patience());
        return new Decision(next, effects);
    }

    private Decision flowing(Flowing s, RelayEvent event, Instant now) {
        return switch (event) {
            case Moved e
            when s.pause().isEmpty() && e.backlog() >= limits.window() ->
                to(new Flowing(Optional.of(new Pause(now, now, e.starving())), s.patience()), PAUSE_SENDER);
            case Moved e
            when s.pause().isPresent() && e.backlog() <= limits.resumeAt() ->
                to(new Flowing(Optional.empty(), counted(s, now)), RESUME_SENDER);
            case Moved e when s.pause().isPresent() -> to(counting(s, e.starving(), now));
            case Moved e -> to(s);
            case AllCame e -> {
                Settling next = new Settling(now.plus(limits.settle()));
                yield s.pause().isPresent() ? to(next, RESUME_SENDER) : to(next);
            }
            case NobodyLeft e -> concluded(s.pause().isPresent());
            case SenderGone e -> brokenOff(s.pause().isPresent());
            case TimePassed e -> s.pause().isPresent() ? waited(s, s.pause().get(), now) : to(s);
            case Ordered e -> to(s);
            case Answered e -> to(s);
        };
    }

    /** Whoever has come too late to be waited for is dropped; what it holds is free then, and the sender goes on. */
    private Decision waited(Flowing s, Pause pause, Instant now) {
        Flowing next = counting(s, pause.starving(), now);
        boolean othersWaitedEnough = pause.starving() && next.patience().isZero();
        boolean senderWaitedEnough = !now.isBefore(pause.since().plus(limits.longestPause()));
        return othersWaitedEnough || senderWaitedEnough ? to(next, DROP_SLOW) : to(next);
    }

    private static Flowing counting(Flowing s, boolean starving, Instant now) {
        Instant since = s.pause().orElseThrow().since();
        return new Flowing(Optional.of(new Pause(since, now, starving)), counted(s, now));
    }

    private static Duration counted(Flowing s, Instant now) {
        Pause pause = s.pause().orElseThrow();
        Duration left = pause.starving() ? s.patience().minus(Duration.between(pause.counted(), now)) : s.patience();
        return left.isNegative() ? Duration.ZERO : left;
    }

    private static Decision settling(Settling s, RelayEvent event, Instant now) {
        return switch (event) {
            case NobodyLeft e -> concluded(false);
            case SenderGone e -> brokenOff(false);
            case TimePassed e when !now.isBefore(s.until()) -> to(s, DROP_ALL);
            case TimePassed e -> to(s);
            case Ordered e -> to(s);
            case Answered e -> to(s);
            case Moved e -> to(s);
            case AllCame e -> to(s);
        };
    }

    private static Decision concluded(boolean paused) {
        return paused ? to(new Over(), RESUME_SENDER, CONCLUDE) : to(new Over(), CONCLUDE);
    }

    private static Decision brokenOff(boolean paused) {
        return paused ? to(new Over(), BREAK_OFF, RESUME_SENDER) : to(new Over(), BREAK_OFF);
    }

    private static Decision to(RelayState next, RelayEffect... effects) {
        return new Decision(next, List.of(effects));
    }
}
