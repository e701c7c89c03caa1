package org.impsiwf.ssp.server;

import io.netty.channel.EventLoop;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.impsiwf.ssp.codec.Dialect;
import org.impsiwf.ssp.codec.SspCodec;
import org.impsiwf.ssp.transport.HostLocator;
import org.impsiwf.ssp.transport.HttpTransport;
import org.impsiwf.ssp.transport.OutgoingConnection;
import org.impsiwf.ssp.transport.Post;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What leaves for one peer over the connections that we open to it. While a POST is in flight, what queues up for
 * its connection leaves together with the next. Confined to the peer's event loop.
 */
final class PeerLink {

    private static final Logger LOG = LoggerFactory.getLogger(PeerLink.class);
    private static final int HTTP_BAD_REQUEST = 400;
    private static final int HTTP_NOT_FOUND = 404;
    private static final int HTTP_CONTENT_TOO_LARGE = 413;
    private static final int HTTP_SERVER_ERROR = 500;
    private static final int MOST_FAILURES = 2;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** Hears what became of what left. */
    interface Owner {

        /** Whether anything may be sent at this moment: another node may have taken our place. */
        boolean acting();

        /** The peer's HTTP server took them. */
        void delivered(List<Outbound> messages);

        /** The peer's HTTP server refused this single one. */
        void refused(Outbound message, int httpStatus);

        /** The peer does not take this step of a login. */
        void setUpRefused(String cause);

        /** It could not be put into words, and has not left. */
        void unwritable(Outbound message);

        /** A connection can carry messages now. */
        void lineOpened(OutgoingConnection connection);

        /**
         * A connection that carried messages is gone; it was idle, or what it carried goes another way.
         *
         * @param byPeer the peer closed it, although HTTP would have kept it open
         */
        void lineClosed(OutgoingConnection connection, boolean byPeer);

        /** An SSP message came back in an HTTP answer. */
        void messageInAnswer(byte[] message);

        /** Posts to the session of these messages get 404. */
        void sessionUnknownToPeer();

        /** A redirect pair cannot be connected any more. */
        void pairLost(HostPair pair, String cause);

        /** No connection is left, or none carries what we post. */
        void unreachable(String cause);
    }

    /** Where the peer is, what it understands, and how much we spend on it. */
    record Way(Optional<URI> url, String domain, boolean tlsFromDns, Dialect dialect, PeerLimits limits) {}

    private final EventLoop loop;
    private final Way way;
    private final PostEncoder encoder;
    private final Owner owner;
    private final OutboundQueue queue;
    private final PeerLines lines;
    private boolean closing;
    /** Grows when all that was planned is void. */
    private long epoch;

    PeerLink(EventLoop loop, Way way, SspCodec codec, HostLocator locator, HttpTransport transport, Owner owner) {
        this.loop = loop;
        this.way = way;
        encoder = new PostEncoder(codec, way.dialect());
        this.owner = owner;
        lines = new PeerLines(loop, way, locator, transport, this);
        queue = new OutboundQueue(way.limits().batchTransactions(), way.limits().batchBytes());
    }

    void connected(PeerLine line) {
        lines.connected();
        if (lines.carriesSession(line)) {
            owner.lineOpened(line.connection);
        }
        flush();
    }

    /** It is half of a redirect pair that carries the session from now on. */
    void joined(PeerLine line) {
        owner.lineOpened(line.connection);
    }

    void answered(PeerLine line, int status, Optional<byte[]> message) {
        List<Outbound> batch = line.landed();
        if (status / 100 == 2) {
            owner.delivered(batch);
            message.ifPresent(owner::messageInAnswer);
        } else {
            notTaken(batch, status);
        }
        flush();
        if (lines.leftMaster() && line.pair.isEmpty() && !line.carriesSetUp()) {
            // SSP 9.2.1: the master pair had only to bring another redirect pair about.
            line.dismiss();
        }
    }

    void closed(PeerLine line, boolean reused, String cause) {
        List<Outbound> batch = line.landed();
        lines.remove(line);
        queue.drop(m -> m.pinned.filter(p -> p == line.connection).isPresent());
        if (line.dismissed) {
            owner.lineClosed(line.connection, false);
            return;
        }
        if (!line.up) {
            notReached(line, cause);
        } else {
            owner.lineClosed(line.connection, line.connection.persistent() && batch.isEmpty());
            hungUp(batch.stream().filter(m -> m.pinned.isEmpty()).toList(), reused, cause);
        }
        flush();
    }

    /** Queues it; {@link #flush} sends. */
    void send(Outbound message) {
        queue.add(message);
    }

    /** Sends what can leave now. */
    void flush() {
        if (!owner.acting()) {
            return;
        }
        if (queue.isEmpty()) {
            finishClosing();
            return;
        }
        if (lines.isEmpty() && !closing) {
            lines.restore();
            return;
        }
        boolean mayPost = !closing || queue.hasFarewell();
        if (queue.hasSetUp() && mayPost && !lines.isEmpty() && !flushSetUp()) {
            return;
        }
        for (PeerLine line : lines.byLoad()) {
            if (line.connection.idle() && mayPost) {
                post(line, queue.nextBatch(m -> lines.mayCarry(line, m)));
            }
        }
        finishClosing();
    }

    /**
     * A set-up message has the master line to itself: what follows it must find the peer's state changed.
     *
     * @return whether other messages may leave now
     */
    private boolean flushSetUp() {
        Optional<HostPair> pair = queue.firstSetUp().pair;
        Optional<PeerLine> line = lines.of(pair);
        if (line.isEmpty() && !closing) {
            lines.open(pair);
        } else if (!lines.carrySetUp() && line.filter(l -> l.connection.idle()).isPresent()) {
            post(line.get(), List.of(queue.nextSetUp()));
        }
        return pair.isPresent();
    }

    private void post(PeerLine line, List<Outbound> batch) {
        if (batch.isEmpty()) {
            return;
        }
        Optional<Post> post = encoded(batch);
        if (post.isPresent()) {
            line.inFlight = batch;
            batch.forEach(m -> m.carriedBy = Optional.of(line.connection));
            line.connection.post(post.get());
        } else {
            flush();
        }
    }

    /** What cannot be written is our own mistake; it must not hold up what shares its message. */
    private Optional<Post> encoded(List<Outbound> batch) {
        try {
            return Optional.of(encoder.encode(batch));
        } catch (RuntimeException ours) {
            LOG.error("{}: cannot write {}", way.domain(), batch, ours);
            if (batch.size() > 1) {
                batch.forEach(m -> m.failures++);
                queue.addFirst(batch);
            } else {
                owner.unwritable(batch.getFirst());
            }
            return Optional.empty();
        }
    }

    /** A status other than 2xx: the peer did not take it. */
    private void notTaken(List<Outbound> batch, int status) {
        boolean inSession = batch.getFirst().session.isPresent();
        if (status == HTTP_NOT_FOUND && inSession) {
            owner.sessionUnknownToPeer();
        } else if (!inSession && status >= HTTP_BAD_REQUEST && status < HTTP_SERVER_ERROR) {
            owner.setUpRefused("HTTP " + status);
        } else if (status >= HTTP_BAD_REQUEST && status <= HTTP_CONTENT_TOO_LARGE && batch.size() > 1) {
            // One of them spoils the others: each goes alone.
            batch.forEach(m -> m.failures++);
            queue.addFirst(batch);
        } else if (status >= HTTP_BAD_REQUEST && status < HTTP_SERVER_ERROR) {
            batch.forEach(m -> owner.refused(m, status));
        } else {
            later(batch, MOST_FAILURES);
        }
    }

    /** The connection broke under a message: perhaps it had been idle too long, perhaps it is the message. */
    private void hungUp(List<Outbound> batch, boolean reused, String cause) {
        if (batch.isEmpty()) {
            return;
        }
        boolean setUp = batch.stream().anyMatch(m -> m.setUp.isPresent());
        int retries = way.dialect().setUp().retries();
        int most = setUp ? Math.max(reused ? 1 : 0, retries) : MOST_FAILURES;
        if (setUp && batch.getFirst().failures >= most) {
            // A step of a login is all that was refused; what else waits has other ways.
            owner.setUpRefused(cause);
        } else if (closing || !batch.stream().allMatch(m -> m.failures < most)) {
            giveUp(cause);
        } else if (setUp && retries > 0) {
            later(batch, most);
        } else {
            batch.forEach(m -> m.failures++);
            queue.addFirst(batch);
        }
    }

    void notReached(PeerLine line, String cause) {
        if (line.pair.isPresent()) {
            boolean settingUp = !queue.drop(m -> m.setUp.isPresent() && m.pair.equals(line.pair))
                    .isEmpty();
            if (settingUp) {
                owner.setUpRefused(cause);
            }
            lines.forget(line.pair.get());
            owner.pairLost(line.pair.get(), cause);
        } else if (!lines.tryNextHost() && lines.isEmpty()) {
            giveUp(cause);
        }
    }

    private void giveUp(String cause) {
        closing = false;
        epoch++;
        queue.drop(m -> true);
        lines.toMaster();
        owner.unreachable(cause);
    }

    private void later(List<Outbound> batch, int most) {
        batch.forEach(m -> m.failures++);
        List<Outbound> again = batch.stream().filter(m -> m.failures <= most).toList();
        after(PAUSE, () -> queue.addFirst(again));
    }

    /** As {@link #send}, but not yet: the peer is known to need a moment. */
    void sendAfter(Duration delay, Outbound message) {
        after(delay, () -> queue.add(message));
    }

    /** Unless everything was given up or closed in between. */
    private void after(Duration delay, Runnable queueing) {
        long planned = epoch;
        loop.schedule(
                () -> {
                    if (planned == epoch) {
                        queueing.run();
                        flush();
                    }
                },
                delay.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** None of the redirect pairs is left. */
    void lost(String cause) {
        giveUp(cause);
    }

    /** The session is over: what was meant for it is dropped, except what says so to the peer. */
    void dropSession() {
        queue.drop(m -> m.session.isPresent() && !m.farewell);
    }

    /** Closes all connections once the farewells have left. */
    void close() {
        closing = true;
        epoch++;
        lines.toMaster();
        queue.drop(m -> !m.farewell);
        if (lines.noneUp()) {
            queue.drop(m -> true);
        }
        flush();
        loop.schedule(this::closeNow, PAUSE.toMillis() * 2, TimeUnit.MILLISECONDS);
    }

    private void finishClosing() {
        if (closing && !queue.hasFarewell() && lines.inFlight() == 0) {
            closeNow();
        }
    }

    /** Closes all connections as they are. */
    void closeNow() {
        if (!closing) {
            return;
        }
        closing = false;
        queue.drop(m -> m.farewell);
        lines.all().forEach(PeerLine::dismiss);
        flush();
    }

    /** Another node goes on from here, over connections of its own. */
    void giveUp() {
        closing = false;
        epoch++;
        lines.toMaster();
        queue.drop(m -> true);
        lines.all().forEach(PeerLine::dismiss);
    }

    boolean acting() {
        return owner.acting();
    }

    boolean closing() {
        return closing;
    }

    PeerLines lines() {
        return lines;
    }

    int queued() {
        return queue.size() + lines.inFlight();
    }
}
