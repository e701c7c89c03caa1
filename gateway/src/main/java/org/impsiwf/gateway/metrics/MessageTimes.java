package org.impsiwf.gateway.metrics;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Measures messages from their arrival to the answer that their sender got. A message whose answer is given elsewhere is
 * forgotten once too many others have come. Safe from any thread.
 */
public final class MessageTimes {

    /** More than can be on their way at once; what was answered at the edge or by another node must not pile up. */
    private static final int MOST_OPEN = 50_000;

    private record Arrival(GatewayMetrics.Direction direction, Instant at) {}

    private final ReentrantLock lock = new ReentrantLock();

    /** In the order of arrival. */
    private final LinkedHashMap<Object, Arrival> open = new LinkedHashMap<>();

    private final GatewayMetrics metrics;
    private final InstantSource clock;

    public MessageTimes(GatewayMetrics metrics, InstantSource clock) {
        this.metrics = metrics;
        this.clock = clock;
    }

    /** @param id of what will be answered: a transaction or an exchange */
    public void arrived(GatewayMetrics.Direction direction, Object id) {
        var arrival = new Arrival(direction, clock.instant());
        lock.lock();
        try {
            open.putIfAbsent(id, arrival);
            if (open.size() > MOST_OPEN) {
                open.pollFirstEntry();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Another node decides it, and measures it. */
    public void isElsewhere(Object id) {
        lock.lock();
        try {
            open.remove(id);
        } finally {
            lock.unlock();
        }
    }

    /** Does nothing for what is no message, or was answered before. */
    public void answered(Object id, GatewayMetrics.Outcome outcome) {
        Arrival arrival;
        lock.lock();
        try {
            arrival = open.remove(id);
        } finally {
            lock.unlock();
        }
        if (arrival != null) {
            metrics.message(arrival.direction, outcome, Duration.between(arrival.at, clock.instant()));
        }
    }
}
