package org.impsiwf.ssp.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** A connection that this process has accepted. */
final class AcceptedConnection implements IncomingConnection {

    private static final AtomicLong NUMBERS = new AtomicLong();

    private final Channel channel;
    private final String id = "in-" + NUMBERS.incrementAndGet();
    private volatile Runnable onClose = () -> {};

    AcceptedConnection(Channel channel) {
        this.channel = channel;
        channel.closeFuture().addListener(closed -> onClose.run());
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String remote() {
        return String.valueOf(channel.remoteAddress());
    }

    @Override
    public InetSocketAddress local() {
        return (InetSocketAddress) channel.localAddress();
    }

    @Override
    public Optional<InetAddress> host() {
        return channel.remoteAddress() instanceof InetSocketAddress remote
                ? Optional.ofNullable(remote.getAddress())
                : Optional.empty();
    }

    @Override
    public Optional<String> certifiedName() {
        return TlsSettings.peerSubject(channel);
    }

    @Override
    public void onClose(Runnable action) {
        onClose = action;
        if (!channel.isOpen()) {
            action.run();
        }
    }

    @Override
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
