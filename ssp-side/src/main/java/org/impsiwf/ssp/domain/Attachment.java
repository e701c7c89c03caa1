package org.impsiwf.ssp.domain;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.impsiwf.ssp.primitives.ClientId;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.UserId;
import org.impsiwf.ssp.routing.MetaInformations;

/** A client's session with its home domain, from log-in to {@link #detach}. Thread-safe. */
public final class Attachment implements AutoCloseable {

    private static final Duration TRY_AGAIN = Duration.ofSeconds(5);

    private final HomeDomain domain;
    private final UserId user;
    private final ClientId client;
    private final Semaphore room;

    Attachment(HomeDomain domain, UserId user, ClientId client, int atOnce) {
        this.domain = domain;
        this.user = user;
        this.client = client;
        room = new Semaphore(atOnce);
    }

    public UserId user() {
        return user;
    }

    public ClientId client() {
        return client;
    }

    /**
     * Asks by the same door as a neighbour and waits for the final answer. Whoever the primitive says asks, it is this
     * client's user. Addresses without a domain are of our domain. A client that has logged out gets 604.
     *
     * @return the transaction's response primitive, or a Status; never throws for what is wrong with the request
     */
    public Primitive request(Primitive request) {
        if (!domain.isAttached(user, client)) {
            return Status.of(StatusCode.INVALID_SESSION_NOT_LOGGED_IN);
        }
        if (!room.tryAcquire()) {
            return new Status(
                    StatusCode.SERVICE_UNAVAILABLE.code(),
                    Optional.of("too many requests of this client at once"),
                    List.of(),
                    Optional.of(TRY_AGAIN),
                    List.of());
        }
        try {
            MetaInformation meta =
                    new MetaInformation(true, domain.serviceId(), Optional.of(user), Optional.of(client));
            Primitive mine = MetaInformations.withMetaInformation(request, meta);
            AtomicReference<Primitive> answer = new AtomicReference<>();
            Aftermath.around(() -> answer.set(domain.askedByClient(user, client, mine)));
            return answer.get();
        } finally {
            room.release();
        }
    }

    /** Logs out; again is no mistake. */
    public void detach() {
        domain.detach(user, client);
    }

    @Override
    public void close() {
        detach();
    }
}
