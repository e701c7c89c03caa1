package org.impsiwf.sip.resolve;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which hops failed lately. Bounded: the oldest failure is forgotten first. Safe from any thread. */
final class HopHealth {

    private static final int REMEMBERED = 1_000;
    private static final int MOST_DOUBLINGS = 16;

    private record Place(Transport transport, String host, int port) {}

    private record Failure(int count, Instant avoidUntil) {}

    private final Map<Place, Failure> failures = new LinkedHashMap<>();
    private final Duration firstPause;
    private final Duration longestPause;

    HopHealth(Duration firstPause, Duration longestPause) {
        this.firstPause = firstPause;
        this.longestPause = longestPause;
    }

    private static Place place(Hop hop) {
        return new Place(hop.transport(), hop.host(), hop.port());
    }

    synchronized void failed(Hop hop, Instant now) {
        Place place = place(hop);
        Failure before = failures.remove(place);
        int count = before == null ? 1 : before.count() + 1;
        Duration doubled = firstPause.multipliedBy(1L << Math.min(count - 1, MOST_DOUBLINGS));
        Duration pause = doubled.compareTo(longestPause) > 0 ? longestPause : doubled;
        failures.put(place, new Failure(count, now.plus(pause)));
        if (failures.size() > REMEMBERED) {
            failures.remove(failures.keySet().iterator().next());
        }
    }

    synchronized void reached(Hop hop) {
        failures.remove(place(hop));
    }

    /** The same hops, those to be avoided now at the end: with all of them failed, trying beats giving up. */
    synchronized List<Hop> order(List<Hop> hops, Instant now) {
        var ordered = new ArrayList<Hop>();
        var avoided = new ArrayList<Hop>();
        for (Hop hop : hops) {
            Failure failure = failures.get(place(hop));
            (failure != null && now.isBefore(failure.avoidUntil()) ? avoided : ordered).add(hop);
        }
        ordered.addAll(avoided);
        return List.copyOf(ordered);
    }
}
