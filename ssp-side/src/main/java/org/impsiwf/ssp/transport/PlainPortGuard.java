package org.impsiwf.ssp.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drops a TLS ClientHello on a plain port at its first byte. Some servers try TLS on the same port first and wait for
 * the connection to break before they speak plainly: an ordinary event, hence no alarm.
 */
final class PlainPortGuard extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(PlainPortGuard.class);
    private static final int TLS_HANDSHAKE_RECORD = 22;

    private final TransportCounters counters;

    PlainPortGuard(TransportCounters counters) {
        this.counters = counters;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof ByteBuf bytes && bytes.isReadable()) {
            if (bytes.getUnsignedByte(bytes.readerIndex()) == TLS_HANDSHAKE_RECORD) {
                ReferenceCountUtil.release(message);
                counters.postRefused(0);
                LOG.debug(
                        "TLS on the plain port from {}, dropped",
                        context.channel().remoteAddress());
                context.close();
                return;
            }
            context.pipeline().remove(this);
        }
        context.fireChannelRead(message);
    }
}
