package org.impsiwf.msrp.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/** Where a message is that leaves to many while it comes in. */
public sealed interface RelayState {

    /**
     * Its recipients are being found.
     *
     * @param answered how many of them have said whether they take it
     * @param expected how many will, once that is known
     * @param until whoever has not said by then goes without
     * @param paused whether its sender is not read
     * @param allCame whether its last octet has come
     */
    record Gathering(int answered, OptionalInt expected, Instant until, boolean paused, boolean allCame)
            implements RelayState {}

    /**
     * It leaves as it comes.
     *
     * @param patience how long the others, and the sender, still wait for slow ones, in this message
     */
    record Flowing(Optional<Pause> pause, Duration patience) implements RelayState {}

    /** All of it has come; the recipients take the rest. */
    record Settling(Instant until) implements RelayState {}

    record Over() implements RelayState {}

    /**
     * The sender is not read since a recipient lacks too much.
     *
     * @param counted until when the patience has been counted
     * @param starving whether somebody else has all that has come, and waits
     */
    record Pause(Instant since, Instant counted, boolean starving) {}

    /** The next instant at which something has to happen by itself. */
    default Optional<Instant> deadline() {
        return switch (this) {
            case Gathering s -> Optional.of(s.until());
            case Flowing s -> s.pause().map(pause -> pause.counted().plus(RelayMachine.TICK));
            case Settling s -> Optional.of(s.until());
            case Over s -> Optional.empty();
        };
    }
}
