package org.impsiwf.bench;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Reads what a server sends line by line, with its line end cut off; enough for frames whose bodies are lines of text. */
abstract class MsrpLines extends ChannelInboundHandlerAdapter {

    private final StringBuilder line = new StringBuilder();

    abstract void line(StringBuilder line);

    /** All lines of one read were told. */
    abstract void linesRead(ChannelHandlerContext context);

    static boolean starts(StringBuilder line, String with) {
        return line.length() >= with.length() && line.indexOf(with) == 0;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        while (bytes.isReadable()) {
            take((char) bytes.readByte());
        }
        bytes.release();
        linesRead(context);
    }

    private void take(char c) {
        if (c == '\n') {
            line(line);
            line.setLength(0);
        } else if (c != '\r') {
            line.append(c);
        }
    }
}
