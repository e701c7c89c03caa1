package org.impsiwf.ssp.elements;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.UserId;

/**
 * The SAP as a Service Element sees it (SSP 5.1): the way to the clients of our users and to other domains. Thread-safe;
 * calls block the calling virtual thread, each for a bounded time.
 */
public interface ServiceAccessPoint {

    ServiceId serviceId();

    /** Whether that is a domain of ours, so that its users are local and its objects are here. Case does not matter. */
    boolean isHome(String domain);

    /** Whether we are the PSE of that user for the element that serves such requests: its home, or complementary by agreement (SSP 5.2). */
    boolean isPrimary(UserId user, Class<? extends Primitive> request);

    /**
     * Sends a request towards a domain by the routing rules and waits for the final answer. Never throws for what a
     * peer does: without an answer it is a Status 503 (down, overloaded), 504 (silent), 516 or 907 (no way there).
     */
    Primitive ask(String domain, Primitive request);

    /**
     * Hands a primitive to a user: to its clients when it is local, else to its home domain. Waits for the answer; for a
     * local user without a client that took it, a Status 533.
     */
    Primitive deliver(UserId user, Primitive primitive);

    /**
     * Tells many users after the current request was answered, one primitive per domain (and one per local user); what
     * cannot be told is logged and counted.
     *
     * @param primitive makes the primitive for these users, all of one domain
     */
    void tell(Collection<UserId> users, Function<List<UserId>, Primitive> primitive);

    /** Whether a client of this local user is logged in now. */
    boolean isOnline(UserId user);

    /** Runs after the current request was answered, on a virtual thread; a failure is logged. For what need not survive a crash. */
    void afterwards(Runnable work);
}
