package org.impsiwf.msrp.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import java.util.ArrayList;
import java.util.List;
import org.impsiwf.msrp.session.ChunkQueue;
import org.impsiwf.msrp.session.OutgoingMessage;

/** Gathers small frames into one buffer per flush; long bodies go between them as slices. Event loop. */
final class OutputBuffer implements ChunkQueue.Output {
    private static final int FIRST_BYTES = 2048;
    private static final int HAND_OVER = 16 * 1024;

    /** Told of the chunks that are written. */
    interface Chunks {
        void begun(String transactionId, OutgoingMessage message);

        void ended(String transactionId, OutgoingMessage message);
    }

    private final ChannelHandlerContext ctx;
    private final Chunks chunks;
    private ByteBuf gathered = Unpooled.EMPTY_BUFFER;
    private List<Runnable> onceFlushed = new ArrayList<>();
    private boolean dirty;

    OutputBuffer(ChannelHandlerContext ctx, Chunks chunks) {
        this.ctx = ctx;
        this.chunks = chunks;
    }

    @Override
    public ByteBuf buffer() {
        dirty = true;
        if (gathered.readableBytes() > HAND_OVER) {
            handOver();
        }
        if (gathered.capacity() == 0) { // the empty buffer
            gathered = ctx.alloc().ioBuffer(FIRST_BYTES);
        }
        return gathered;
    }

    @Override
    public void body(byte[] bytes, int from, int length) {
        handOver();
        dirty = true;
        ctx.write(Unpooled.wrappedBuffer(bytes, from, length), ctx.voidPromise());
    }

    @Override
    public void chunkBegun(String transactionId, OutgoingMessage message) {
        chunks.begun(transactionId, message);
    }

    @Override
    public void chunkEnded(String transactionId, OutgoingMessage message) {
        chunks.ended(transactionId, message);
    }

    /** Runs when everything that was written so far has left, if it does. */
    void onceFlushed(Runnable task) {
        onceFlushed.add(task);
    }

    private void handOver() {
        ByteBuf out = gathered;
        gathered = Unpooled.EMPTY_BUFFER;
        if (!out.isReadable()) {
            out.release();
        } else if (onceFlushed.isEmpty()) {
            ctx.write(out, ctx.voidPromise());
        } else {
            List<Runnable> tasks = onceFlushed;
            onceFlushed = new ArrayList<>();
            ctx.write(out).addListener(done -> {
                if (done.isSuccess()) {
                    tasks.forEach(Runnable::run);
                }
            });
        }
    }

    /** Everything written since the last time leaves. @return whether there was anything */
    boolean flush() {
        if (!dirty) {
            return false;
        }
        dirty = false;
        handOver();
        ctx.flush();
        return true;
    }

    void discard() {
        gathered.release();
        gathered = Unpooled.EMPTY_BUFFER;
        onceFlushed.clear();
        dirty = false;
    }
}
