package org.impsiwf.ssp.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.util.AttributeKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** A connection that somebody opened to us. It may close at any time without notice. */
public final class IncomingConnection {

    private static final AtomicLong NUMBERS = new AtomicLong();
    static final AttributeKey<IncomingConnection> KEY = AttributeKey.valueOf("ssp.incoming");

    private final Channel channel;
    private final String id = "in-" + NUMBERS.incrementAndGet();
    private volatile Runnable onClose = () -> {};

    IncomingConnection(Channel channel) {
        this.channel = channel;
        channel.closeFuture().addListener(closed -> onClose.run());
    }

    /** Unique in this process. */
    public String id() {
        return id;
    }

    /** Where it comes from, for log lines. */
    public String remote() {
        return String.valueOf(channel.remoteAddress());
    }

    /** Where it came in. */
    public InetSocketAddress local() {
        return (InetSocketAddress) channel.localAddress();
    }

    /** The host that it comes from; empty when that cannot be told any more. */
    public Optional<InetAddress> host() {
        return channel.remoteAddress() instanceof InetSocketAddress remote
                ? Optional.ofNullable(remote.getAddress())
                : Optional.empty();
    }

    /** The subject of the certificate that the other side proved to own (mutual TLS). */
    public Optional<String> certifiedName() {
        return TlsSettings.peerSubject(channel);
    }

    /** What happens when it closes; replaces the previous wish. Runs on the connection's event loop. */
    public void onClose(Runnable action) {
        onClose = action;
        if (!channel.isOpen()) {
            action.run();
        }
    }

    /** Closes it after what was already answered has left. */
    public void close() {
        // In a turn of its own, so that the receipt of the message that is being read leaves first.
        channel.eventLoop()
                .execute(() -> channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE));
    }

    @Override
    public String toString() {
        return id + " from " + remote();
    }
}
