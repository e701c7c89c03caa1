package org.impsiwf.testkit.flow;

import java.time.Duration;
import java.util.Optional;

/** What a flow runs in: the pure mapping in memory, or a gateway with sockets around it. */
public interface FlowWorld {

    /** Sets something up, such as {@code carriage} or {@code peer}. */
    void given(String key, String value);

    /** Whether this world plays a line at all: one with sockets leaves those of our own elements to the elements. */
    default boolean plays(FlowMessage line) {
        return true;
    }

    /** A participant sends this to the gateway. Values are bound; nothing stands for itself with a {@code $}. */
    void inject(FlowMessage message);

    /**
     * The next message from the gateway to the participant that this one is expected at. A world with sockets waits for it
     * for a while; what the gateway sends over different connections may arrive in another order than it left in, so such a
     * world gives the first one that can be meant, or when there is none the first that came.
     *
     * @param expected with the values that are known by now
     */
    Optional<FlowMessage> next(FlowMessage expected);

    /** A message from the gateway that nobody has taken yet, if there is one now. */
    Optional<FlowMessage> leftOver();

    /** Time passes. */
    void advance(Duration duration);
}
