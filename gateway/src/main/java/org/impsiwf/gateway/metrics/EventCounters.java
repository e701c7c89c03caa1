package org.impsiwf.gateway.metrics;

import io.micrometer.core.instrument.Counter;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/**
 * Counters by event and detail, found without making their tags again: each message counts a dozen times. The first details of
 * an event have counters of their own, the rest count as {@code other}. Safe from any thread.
 */
final class EventCounters {

    private static final String OTHER = "other";
    private static final int LONGEST = 60;

    private final ConcurrentHashMap<String, ConcurrentHashMap<String, Counter>> counters = new ConcurrentHashMap<>();
    private final BiFunction<String, String, Counter> make;
    private final int most;

    /**
     * @param make the counter of an event and its detail
     * @param most details for each event; events are named by our own code, so their number needs no bound
     */
    EventCounters(BiFunction<String, String, Counter> make, int most) {
        this.make = make;
        this.most = most;
    }

    void count(String event, String detail) {
        ConcurrentHashMap<String, Counter> details = counters.get(event);
        if (details == null) {
            details = counters.computeIfAbsent(event, first -> new ConcurrentHashMap<>());
        }
        Counter counter = details.get(detail);
        if (counter == null) {
            counter = details.computeIfAbsent(admitted(details, detail), name -> make.apply(event, name));
        }
        counter.increment();
    }

    /** Two threads may exceed the bound by one each, which is bound enough. */
    private String admitted(ConcurrentHashMap<String, Counter> details, String detail) {
        return detail.length() <= LONGEST && details.size() < most ? detail : OTHER;
    }
}
