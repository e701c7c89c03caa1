package org.impsiwf.ssp.elements;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.impsiwf.ssp.primitives.ClientId;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.UserId;

/**
 * One Service Element, or a part of one. Called on virtual threads, by many at once; may block on its database and on
 * answers of other domains, and keeps nothing in the heap that an answer has promised.
 */
public interface ServiceElement {

    /** The requests and notifications that it serves; no two elements serve the same. */
    Set<Class<? extends Primitive>> serves();

    /**
     * Serves one request that is valid, agreed and ours to serve (SSP 5.2). What the answer promises is durable when
     * this returns.
     *
     * @return the transaction's response primitive after 2xx, otherwise a Status (SSP 8.4); not sent when the
     *     transaction is one-way
     * @throws Refusal instead of returning a Status
     */
    Primitive serve(ServiceRequest request);

    /** A client of that local user has logged in: what waits for the user can be delivered now. Told after the answer. */
    default void loggedIn(UserId user, Instant now) {}

    /**
     * Called when that client of a user has logged out or was disconnected: what must not outlive its session is ended.
     * For a local user by our SAP, for another user whose PSE we are by the requests of its home. May come twice.
     */
    default void sessionEnded(UserId user, Optional<ClientId> client) {}

    /** Called about once a second: what has expired is ended. A call may come early, late or twice. */
    default void expire(Instant now) {}
}
