package org.impsiwf.sip.resolve;

import java.time.Duration;
import java.util.Set;

/**
 * What the resolver may do.
 *
 * @param transports that the stack listens on; others are passed over
 * @param ip4 whether IPv4 addresses can be reached, {@code ip6} likewise
 * @param budget for all DNS questions of one resolution
 * @param firstPause how long a hop is avoided after its first failure; doubled with each further one
 * @param longestPause the end of the doubling
 */
public record HopPolicy(
        Set<Transport> transports,
        boolean ip4,
        boolean ip6,
        Duration budget,
        Duration firstPause,
        Duration longestPause) {

    /** Both IP versions, eight seconds of DNS, hops avoided for 5 s to 5 min. */
    public static HopPolicy of(Set<Transport> transports) {
        return new HopPolicy(
                Set.copyOf(transports),
                true,
                true,
                Duration.ofSeconds(8),
                Duration.ofSeconds(5),
                Duration.ofMinutes(5));
    }
}
