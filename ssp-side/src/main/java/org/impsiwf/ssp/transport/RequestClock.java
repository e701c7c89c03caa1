package org.impsiwf.ssp.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a connection whose POST does not arrive in time, however steadily it drips, and one that has been idle for too
 * long. One task per connection that looks at the clock now and then, none per request.
 */
final class RequestClock extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(RequestClock.class);
    private static final int LOOKS_PER_LIMIT = 4;

    private final long requestNanos;
    private final long idleNanos;
    private final TransportCounters counters;
    private boolean inRequest;
    private boolean over;
    private long since;
    private ScheduledFuture<?> look;

    RequestClock(HttpLimits limits, TransportCounters counters) {
        requestNanos = limits.request().toNanos();
        idleNanos = limits.idle().toNanos();
        this.counters = counters;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        since = System.nanoTime();
        long every = Math.max(1, Math.min(requestNanos, idleNanos) / LOOKS_PER_LIMIT);
        look = context.executor().scheduleAtFixedRate(() -> look(context), every, every, TimeUnit.NANOSECONDS);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        look.cancel(false);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        look.cancel(false);
        if (inRequest && !over) {
            counters.postRefused(0);
            LOG.info(
                    "connection from {} broke off within a POST",
                    context.channel().remoteAddress());
        }
        context.fireChannelInactive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!inRequest) {
            inRequest = true;
            since = System.nanoTime();
        }
        context.fireChannelRead(message);
    }

    /** The last byte of a POST is here. */
    void requestEnded() {
        inRequest = false;
        since = System.nanoTime();
    }

    /** Nothing more is taken from this connection, whatever it brings; that has been counted. */
    void over() {
        over = true;
    }

    private void look(ChannelHandlerContext context) {
        long age = System.nanoTime() - since;
        if (inRequest && !over && age >= requestNanos) {
            over = true;
            counters.postRefused(0);
            LOG.warn(
                    "POST from {} did not end in time, connection closed",
                    context.channel().remoteAddress());
            context.close();
        } else if (!inRequest && age >= idleNanos) {
            context.close();
        }
    }
}
