package org.impsiwf.ssp.server;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.ssp.codec.Dialect;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.SessionPrimitive;
import org.impsiwf.ssp.transport.OutgoingConnection;

/** SSP 9.2.4: keeps each connection that we opened alive, as its own lifetime demands. Confined to the event loop. */
final class KeepAlives {

    private static final int PER_LIFETIME = 3;

    private static final class Kept {
        private Instant next;
        private Optional<Duration> lifetime;
        private Optional<OutgoingTable.Entry> asking = Optional.empty();
    }

    private final PeerScope peer;
    private final PeerRequests requests;
    private final Map<OutgoingConnection, Kept> kept = new HashMap<>();
    private Duration interval;
    private Optional<Duration> asked;

    KeepAlives(PeerScope peer, PeerRequests requests) {
        this.peer = peer;
        this.requests = requests;
        interval = peer.settings().session().keepAlive();
        asked = peer.settings().session().lifetime();
    }

    /** Every connection is kept alive in this interval, and asks for this lifetime, from now on. */
    void change(Duration newInterval, Optional<Duration> newLifetime) {
        interval = newInterval;
        asked = newLifetime;
        kept.values().forEach(k -> k.next = peer.now());
    }

    /** Whether the peer understands KeepAlive, so that its connections can be watched. */
    boolean wanted() {
        return peer.settings().dialect().inSession().keepAlive() == Dialect.KeepAlive.BY_TIME_TO_LIVE;
    }

    /** A connection has opened, or a session has opened over it: it is kept alive from its first moment. */
    void opened(OutgoingConnection connection, boolean askAtOnce) {
        if (!wanted() || peer.session().isEmpty()) {
            return;
        }
        Kept fresh = new Kept();
        fresh.lifetime = peer.session().get().ourLifetime();
        fresh.next = askAtOnce ? peer.now() : peer.now().plus(interval(fresh));
        kept.put(connection, fresh);
        tick(peer.now());
    }

    void closed(OutgoingConnection connection) {
        Kept gone = kept.remove(connection);
        if (gone != null) {
            gone.asking.ifPresent(requests::cancel);
        }
    }

    void sessionEnded() {
        kept.values().forEach(k -> k.asking.ifPresent(requests::cancel));
        kept.clear();
    }

    void tick(Instant now) {
        kept.forEach((connection, k) -> {
            if (k.asking.isEmpty() && !now.isBefore(k.next)) {
                ask(connection, k);
            }
        });
    }

    private void ask(OutgoingConnection connection, Kept k) {
        k.asking = Optional.of(requests.ask(
                WireIds.fresh("ka"),
                new SessionPrimitive.KeepAliveRequest(asked),
                new OutgoingTable.Asker() {
                    @Override
                    public void answered(Primitive answer) {
                        k.asking = Optional.empty();
                        // Any answer, a refusal too, proves that the peer lives.
                        if (answer instanceof SessionPrimitive.KeepAliveResponse response) {
                            k.lifetime = response.timeToLive().or(() -> asked);
                        }
                        k.next = peer.now().plus(interval(k));
                    }

                    @Override
                    public void failed(SspEvent.Cause cause) {
                        k.asking = Optional.empty();
                        k.next = peer.now().plus(interval(k));
                    }
                },
                true,
                Optional.of(connection)));
    }

    private Duration interval(Kept k) {
        return k.lifetime
                .map(lifetime -> lifetime.dividedBy(PER_LIFETIME))
                .filter(third -> third.compareTo(interval) < 0)
                .orElse(interval);
    }
}
