package org.impsiwf.msrp.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.impsiwf.msrp.session.ConnectionId;

/** All connections of an endpoint: opens them, or finds the one that already leads there (RFC 4975 §5.4). Safe from any thread. */
final class Connections {

    /**
     * Where to connect.
     *
     * @param secure with TLS
     */
    record Hop(String host, int port, boolean secure) {}

    /** What came of opening a connection. */
    interface Opened {
        /** @param connection reserved: {@link MsrpConnection#unreserve} once the session has joined it or does not want it */
        void opened(MsrpConnection connection);

        void failed(String cause);
    }

    private record Asking(Optional<Fingerprint> fingerprint, Opened opened) {}

    private final MsrpEndpoint endpoint;
    private final EventLoopGroup loops;
    private final Tls tls;
    private final AtomicLong ids = new AtomicLong();
    private final Set<MsrpConnection> all = ConcurrentHashMap.newKeySet();
    /** Guarded by this; held for look-ups only. */
    private final Map<Hop, MsrpConnection> reusable = new HashMap<>();
    /** Guarded by this: who waits for a connection that is being opened. */
    private final Map<Hop, List<Asking>> opening = new HashMap<>();

    Connections(MsrpEndpoint endpoint, EventLoopGroup loops, Tls tls) {
        this.endpoint = endpoint;
        this.loops = loops;
        this.tls = tls;
    }

    int count() {
        return all.size();
    }

    /** Hands over a connection to the hop that shows the fingerprint, if one is asked for: the one that is there, or a new one. */
    void open(Hop hop, Optional<Fingerprint> fingerprint, Opened opened) {
        MsrpConnection there;
        boolean first = false;
        synchronized (this) {
            there = reusable.get(hop);
            if (there == null) {
                first = !opening.containsKey(hop);
                opening.computeIfAbsent(hop, h -> new ArrayList<>()).add(new Asking(fingerprint, opened));
            }
        }
        if (there != null && there.shows(fingerprint) && there.reserve()) {
            opened.opened(there);
        } else if (there != null) {
            // It closes just now, or shows another certificate than this far end's: another host behind the same
            // address.
            connect(hop, fingerprint, opened);
        } else if (first) {
            connect(hop, fingerprint, sharing(hop));
        }
    }

    private Opened sharing(Hop hop) {
        return new Opened() {
            @Override
            public void opened(MsrpConnection connection) {
                for (Asking asking : takeAsking(hop, Optional.of(connection))) {
                    if (connection.shows(asking.fingerprint()) && connection.reserve()) {
                        asking.opened().opened(connection);
                    } else {
                        connect(hop, asking.fingerprint(), asking.opened());
                    }
                }
                connection.unreserve();
            }

            @Override
            public void failed(String cause) {
                takeAsking(hop, Optional.empty())
                        .forEach(asking -> asking.opened().failed(cause));
            }
        };
    }

    private synchronized List<Asking> takeAsking(Hop hop, Optional<MsrpConnection> connection) {
        connection.ifPresent(opened -> reusable.put(hop, opened));
        List<Asking> asking = opening.remove(hop);
        return asking == null ? List.of() : asking;
    }

    private synchronized void forget(MsrpConnection connection) {
        reusable.values().removeIf(reused -> reused == connection);
    }

    /** Its channel is closed. */
    void gone(MsrpConnection connection) {
        all.remove(connection);
    }

    List<MsrpConnection> list() {
        return List.copyOf(all);
    }

    private void connect(Hop hop, Optional<Fingerprint> fingerprint, Opened opened) {
        // Looking a name up blocks.
        Thread.ofVirtual().name("msrp-resolve").start(() -> {
            Deque<InetAddress> addresses;
            try {
                addresses = new ArrayDeque<>(Arrays.asList(InetAddress.getAllByName(hop.host())));
            } catch (UnknownHostException unknown) {
                failed(opened, "host " + hop.host() + " is not known");
                return;
            }
            connectNext(hop, fingerprint, addresses, opened);
        });
    }

    private void failed(Opened opened, String cause) {
        endpoint.watcher().count(MsrpCount.CONNECTION_FAILED);
        opened.failed(cause);
    }

    /** RFC 4975 §6.2: one address after the other. */
    private void connectNext(Hop hop, Optional<Fingerprint> fingerprint, Deque<InetAddress> addresses, Opened opened) {
        InetSocketAddress address = new InetSocketAddress(addresses.poll(), hop.port());
        new Bootstrap()
                .group(loops)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        endpoint.settings().timeouts().connect().toMillis())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (hop.secure()) {
                            channel.pipeline().addLast("tls", tls.client(channel, hop, fingerprint.isPresent()));
                        }
                        handlers(channel, true);
                    }
                })
                .connect(address)
                .addListener((ChannelFutureListener) connected -> {
                    if (connected.isSuccess()) {
                        secured(hop, fingerprint, connected.channel(), opened);
                    } else if (!addresses.isEmpty()) {
                        connectNext(hop, fingerprint, addresses, opened);
                    } else {
                        failed(opened, "cannot connect to " + hop.host() + ":" + hop.port());
                    }
                });
    }

    private void secured(Hop hop, Optional<Fingerprint> fingerprint, Channel channel, Opened opened) {
        MsrpConnection connection = channel.pipeline().get(MsrpConnection.class);
        if (!hop.secure()) {
            ready(connection, opened);
            return;
        }
        channel.pipeline().get(SslHandler.class).handshakeFuture().addListener(handshake -> {
            if (!handshake.isSuccess()) {
                failed(opened, "the TLS handshake with " + hop.host() + ":" + hop.port() + " failed");
                channel.close();
            } else if (!connection.shows(fingerprint)) {
                endpoint.watcher().count(MsrpCount.CERTIFICATE_REFUSED);
                failed(opened, "the certificate of " + hop.host() + ":" + hop.port() + " is not the promised one");
                channel.close();
            } else {
                ready(connection, opened);
            }
        });
    }

    private void ready(MsrpConnection connection, Opened opened) {
        endpoint.watcher().count(MsrpCount.CONNECTION_OPENED);
        if (connection.reserve()) {
            opened.opened(connection);
        } else {
            failed(opened, "the connection was lost at once");
        }
    }

    /** For connections that the far end opens, on a port for TCP and TLS alike. */
    ChannelInitializer<Channel> accepting() {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                if (all.size() >= endpoint.settings().maxConnections() || endpoint.draining()) {
                    endpoint.watcher().count(MsrpCount.CONNECTION_REFUSED);
                    channel.close();
                    return;
                }
                endpoint.watcher().count(MsrpCount.CONNECTION_ACCEPTED);
                channel.pipeline().addLast("tls-or-not", tls.acceptor());
                handlers(channel, false);
            }
        };
    }

    private void handlers(Channel channel, boolean weOpened) {
        Consumer<MsrpConnection> closed = this::forget;
        MsrpConnection connection =
                new MsrpConnection(new ConnectionId(ids.incrementAndGet()), weOpened, endpoint, closed);
        all.add(connection);
        channel.pipeline().addLast(new FrameHandler(endpoint.settings().frames()), connection);
        // A channel that never gets active never gets inactive.
        channel.closeFuture().addListener(done -> gone(connection));
    }
}
