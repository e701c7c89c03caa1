package org.impsiwf.ssp.routing;

import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.StatusCode;

/** What becomes of a request. */
public sealed interface Destination {

    /** It is ours to serve. */
    record Here() implements Destination {}

    /**
     * It goes on.
     *
     * @param domain whom it is for in the end, as far as this hop knows
     * @param nextHop the neighbour that gets it
     */
    record Onward(String domain, ServiceId nextHop) implements Destination {}

    record Refused(StatusCode why) implements Destination {}
}
