package org.impsiwf.gateway.metrics;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Lets the first values of a label through and calls the rest {@code other}. */
final class DetailLimit {

    private static final String OTHER = "other";
    private static final int LONGEST = 60;

    private final ConcurrentHashMap<String, Set<String>> seen = new ConcurrentHashMap<>();
    private final int most;

    /** @param most values for each label; its users are named by our own code, so their number needs no bound */
    DetailLimit(int most) {
        this.most = most;
    }

    String admit(String label, String value) {
        Set<String> known = seen.computeIfAbsent(label, key -> ConcurrentHashMap.newKeySet());
        if (known.contains(value)) {
            return value;
        }
        boolean admitted = value.length() <= LONGEST && known.size() < most;
        if (!admitted) {
            return OTHER;
        }
        known.add(value); // two threads may exceed the bound by one each, which is bound enough
        return value;
    }
}
