package org.impsiwf.ssp.elements.delivery;

import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The processes that carry what is in the same queues.
 *
 * @param self this one's name, a new one with each start
 * @param alive of those that may be at work, this one included
 */
public record Carriers(String self, Supplier<Set<String>> alive) {

    /** The only one: whatever else has claimed something was an earlier life of it. */
    public static Carriers alone() {
        String self = UUID.randomUUID().toString();
        return new Carriers(self, () -> Set.of(self));
    }
}
