package org.impsiwf.ssp.server;

import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
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
 * The connections that we open to one peer, and what leaves over them. While a POST is in flight, what queues up for
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

        /** No connection is left, or none carries what we post. */
        void unreachable(String cause);
    }

    /** Where the peer is, what it understands, and how much we spend on it. */
    record Way(Optional<java.net.URI> url, String domain, boolean tlsFromDns, Dialect dialect, PeerLimits limits) {}

    private final EventLoop loop;
    private final Way way;
    private final PostEncoder encoder;
    private final HostLocator locator;
    private final HttpTransport transport;
    private final Owner owner;
    private final OutboundQueue queue;
    private final List<Line> lines = new ArrayList<>();
    private boolean closing;
    private boolean opening;
    private int wanted = 1;
    private int nextHost;
    /** Hosts that have not been tried since one last worked. */
    private int untried;
    /** Grows when all that was planned is void. */
    private long epoch;

    PeerLink(EventLoop loop, Way way, SspCodec codec, HostLocator locator, HttpTransport transport, Owner owner) {
        this.loop = loop;
        this.way = way;
        encoder = new PostEncoder(codec, way.dialect());
        this.locator = locator;
        this.transport = transport;
        this.owner = owner;
        queue = new OutboundQueue(way.limits().batchTransactions(), way.limits().batchBytes());
    }

    /** One connection and what is in flight on it. */
    private final class Line implements OutgoingConnection.Owner {
        private OutgoingConnection connection;
        private List<Outbound> inFlight = List.of();
        private boolean overloaded;
        private boolean up;
        private boolean dismissed;

        @Override
        public void connected(OutgoingConnection opened) {
            up = true;
            untried = 0;
            owner.lineOpened(opened);
            flush();
        }

        @Override
        public void answered(OutgoingConnection answered, int status, Optional<byte[]> message) {
            List<Outbound> batch = inFlight;
            inFlight = List.of();
            if (status / 100 == 2) {
                owner.delivered(batch);
                message.ifPresent(owner::messageInAnswer);
            } else {
                notTaken(batch, status);
            }
            flush();
        }

        @Override
        public void closed(OutgoingConnection closed, boolean reused, String cause) {
            List<Outbound> batch = inFlight;
            inFlight = List.of();
            lines.remove(this);
            queue.drop(m -> m.pinned.filter(p -> p == closed).isPresent());
            if (dismissed) {
                owner.lineClosed(closed, false);
                return;
            }
            if (!up) {
                notReached(cause);
            } else {
                owner.lineClosed(closed, closed.persistent() && batch.isEmpty());
                hungUp(batch.stream().filter(m -> m.pinned.isEmpty()).toList(), reused, cause);
            }
            flush();
        }
    }

    /** Queues it; {@link #flush} sends. */
    void send(Outbound message) {
        queue.add(message);
    }

    /** Sends what can leave now. */
    void flush() {
        if (queue.isEmpty()) {
            finishClosing();
            return;
        }
        if (lines.isEmpty() && !closing) {
            open();
            return;
        }
        if (queue.hasSetUp() && (!closing || queue.hasFarewell()) && !lines.isEmpty()) {
            flushSetUp();
            return;
        }
        for (Line line : byLoad()) {
            if (line.connection.idle() && (!closing || queue.hasFarewell())) {
                post(line, queue.nextBatch(line.connection));
            }
        }
        finishClosing();
    }

    /** A set-up message has the line to itself: what follows it must find the peer's state changed. */
    private void flushSetUp() {
        boolean setUpInFlight = lines.stream().anyMatch(l -> l.inFlight.stream().anyMatch(m -> m.setUp.isPresent()));
        Line first = lines.getFirst();
        if (!setUpInFlight && first.connection.idle()) {
            post(first, List.of(queue.nextSetUp()));
        }
    }

    private List<Line> byLoad() {
        if (lines.size() < 2) {
            return List.copyOf(lines);
        }
        List<Line> sorted =
                new ArrayList<>(lines.stream().filter(l -> !l.overloaded).toList());
        lines.stream().filter(l -> l.overloaded).forEach(sorted::add);
        return sorted;
    }

    private void post(Line line, List<Outbound> batch) {
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

    private void notReached(String cause) {
        if (untried > 0) {
            untried--;
            open();
        } else if (lines.isEmpty()) {
            giveUp(cause);
        }
    }

    private void giveUp(String cause) {
        closing = false;
        epoch++;
        queue.drop(m -> true);
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

    /** How many connections there should be; they are opened now. */
    void want(int connections) {
        wanted = connections;
        if (lines.size() < wanted && !closing) {
            open();
        }
    }

    private void open() {
        if (opening) {
            return;
        }
        opening = true;
        Thread.ofVirtual().name("ssp-locate-" + way.domain()).start(() -> {
            try {
                List<HostLocator.Host> hosts = locator.locate(way.url(), way.domain(), way.tlsFromDns());
                backOnLoop(() -> connect(hosts));
            } catch (UnknownHostException | RuntimeException nowhere) {
                backOnLoop(() -> {
                    opening = false;
                    giveUp("no host: " + nowhere.getMessage());
                });
            }
        });
    }

    private void backOnLoop(Runnable work) {
        try {
            loop.execute(work);
        } catch (RejectedExecutionException stopped) {
            LOG.debug("{}: the server has stopped meanwhile", way.domain());
        }
    }

    private void connect(List<HostLocator.Host> hosts) {
        opening = false;
        if (lines.isEmpty() && untried == 0) {
            untried = hosts.size() - 1;
        }
        int missing = Math.max(1, wanted) - lines.size();
        for (int i = 0; i < missing; i++) {
            Line line = new Line();
            lines.add(line);
            // Several pairs spread over the hosts that there are; a host that refuses is passed over next time.
            HostLocator.Host host = hosts.get(Math.floorMod(nextHost++, hosts.size()));
            line.connection = transport.open(loop, host, line);
        }
    }

    /** SSP 18.1.4: this connection gets work only when no other one can. */
    void overloaded(OutgoingConnection connection) {
        lines.stream().filter(l -> l.connection == connection).forEach(l -> l.overloaded = true);
        if (lines.stream().allMatch(l -> l.overloaded) && lines.size() < 2) {
            want(2);
        }
    }

    /** The session is over: what was meant for it is dropped, except what says so to the peer. */
    void dropSession() {
        queue.drop(m -> m.session.isPresent() && !m.farewell);
    }

    /** Closes all connections once the farewells have left. */
    void close() {
        closing = true;
        epoch++;
        wanted = 1;
        queue.drop(m -> !m.farewell);
        if (lines.stream().noneMatch(l -> l.up)) {
            queue.drop(m -> true);
        }
        flush();
        loop.schedule(this::closeNow, PAUSE.toMillis() * 2, TimeUnit.MILLISECONDS);
    }

    private void finishClosing() {
        if (closing && !queue.hasFarewell() && lines.stream().allMatch(l -> l.inFlight.isEmpty())) {
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
        for (Line line : List.copyOf(lines)) {
            line.dismissed = true;
            line.connection.close();
        }
        flush();
    }

    /** Whether a connection of ours goes to this host. */
    boolean reaches(InetAddress host) {
        return lines.stream().anyMatch(l -> l.up && l.connection.host().equals(host));
    }

    /** The open ones. */
    List<OutgoingConnection> openLines() {
        return lines.stream().filter(l -> l.up).map(l -> l.connection).toList();
    }

    int queued() {
        return queue.size() + lines.stream().mapToInt(l -> l.inFlight.size()).sum();
    }
}
