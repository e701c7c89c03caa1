package org.impsiwf.ssp.server;

import java.util.Optional;
import org.impsiwf.ssp.primitives.SessionId;

/**
 * How a request of the peer came, and so how its answer goes back.
 *
 * @param session the id that it named the session by
 * @param pair the redirect pair that it came over; empty: any
 */
record Via(SessionId session, Optional<HostPair> pair) {}
