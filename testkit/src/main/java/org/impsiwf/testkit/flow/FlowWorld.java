package org.impsiwf.testkit.flow;

import java.time.Duration;
import java.util.Optional;

/** What a flow runs in: the pure mapping in memory, or a gateway with sockets around it. */
public interface FlowWorld {

    /** Sets something up, such as {@code carriage} or {@code peer}. */
    void given(String key, String value);

    /**
     * A line as this world plays it, empty when it does not. In memory there are no elements: what a neighbour says to ours
     * is left out. With sockets the elements are inside the gateway: what is said to them from outside is said to it, and
     * what they and the mapping say to each other is left out.
     */
    default Optional<FlowMessage> played(FlowMessage line) {
        return Optional.of(line).filter(message -> message.isToGateway() || message.isFromGateway());
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
