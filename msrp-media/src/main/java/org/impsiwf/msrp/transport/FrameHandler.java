package org.impsiwf.msrp.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import org.impsiwf.msrp.codec.FrameDecoder;
import org.impsiwf.msrp.codec.FrameLimits;

/** Feeds the octets of one channel to a {@link FrameDecoder}. Event loop. */
final class FrameHandler extends ByteToMessageDecoder {
    private final FrameDecoder decoder;

    FrameHandler(FrameLimits limits) {
        decoder = new FrameDecoder(limits);
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        decoder.next(in).ifPresent(out::add);
    }
}
