package org.impsiwf.msrp.session;

import static org.impsiwf.msrp.message.ByteRange.UNKNOWN;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Supplier;
import org.impsiwf.msrp.codec.FrameEncoder;
import org.impsiwf.msrp.message.ByteRange;
import org.impsiwf.msrp.message.Continuation;
import org.impsiwf.msrp.message.MsrpFrame;

/**
 * The messages that leave on one connection, in turn. A large one goes in one long chunk while it is alone, and is interrupted
 * after 2048 bytes or more as soon as another message, a response or a REPORT wants to leave (RFC 4975 §7.1.1).
 * Its connection's thread.
 */
public final class ChunkQueue {
    /** RFC 4975 §7.1.1: longer chunks must be interruptible, shorter ones must not be made. */
    public static final int SHORT_CHUNK = 2048;

    /** So that the far end acknowledges, and can refuse, a large message while it comes. */
    private static final int LONG_CHUNK = 64 * 1024;

    private static final int PIECE = 8 * 1024;

    /** Where frames go. */
    public interface Output {
        /** Heads, end-lines and short bodies are written here. */
        ByteBuf buffer();

        /** These bytes are next; they are not copied. */
        void body(byte[] bytes, int from, int length);

        /** The head of a long chunk was just written. It may be answered before its end. */
        void chunkBegun(String transactionId, OutgoingMessage message);

        /** The end-line of a chunk was just written. */
        void chunkEnded(String transactionId, OutgoingMessage message);
    }

    private final Supplier<String> transactionIds;
    private final ArrayDeque<OutgoingMessage> waiting = new ArrayDeque<>();
    private OutgoingMessage open;
    private String openTransaction = "";
    private int openBytes;
    /** Where the open chunk ends at the latest: what comes in later may hold its transaction id. */
    private long openEnd;

    /** @param transactionIds a new one each time */
    public ChunkQueue(Supplier<String> transactionIds) {
        this.transactionIds = transactionIds;
    }

    public void add(OutgoingMessage message) {
        waiting.add(message);
    }

    /** Whether nothing can be written: what is set aside until more of it comes does not count. */
    public boolean isEmpty() {
        return open == null && waiting.isEmpty();
    }

    public int size() {
        return waiting.size() + (open == null ? 0 : 1);
    }

    /** Ends a chunk that is being written, if there is one, so that another frame can be. */
    public void makeWay(Output out) {
        if (open == null) {
            return;
        }
        OutgoingMessage interrupted = open;
        if (openBytes < SHORT_CHUNK && !interrupted.settled()) {
            piece(interrupted, SHORT_CHUNK - openBytes, out);
        }
        if (interrupted.complete()) {
            end(Continuation.COMPLETE, out);
            return;
        }
        boolean over = interrupted.settled();
        end(over ? Continuation.ABORTED : Continuation.MORE, out);
        if (!over) {
            waiting.addFirst(interrupted);
        }
    }

    /** Writes the next piece. @return false if there is none */
    public boolean writeNext(Output out) {
        if (open != null) {
            continueOpen(out);
            return true;
        }
        for (OutgoingMessage next = waiting.poll(); next != null; next = waiting.poll()) {
            if (next.settled()) {
                if (abort(next, out)) {
                    return true;
                }
            } else if (canGoOn(next) || !parked(next)) {
                write(next, out);
                return true;
            }
        }
        return false;
    }

    /** What still comes in is set aside until there is more of it. @return false if more came between the look and the parking */
    private static boolean parked(OutgoingMessage message) {
        message.park();
        return !(canGoOn(message) && message.unpark());
    }

    private void write(OutgoingMessage next, Output out) {
        if (next.ready() <= SHORT_CHUNK || !next.longChunks) {
            writeShort(next, out);
        } else {
            open(next, out);
        }
    }

    private static boolean canGoOn(OutgoingMessage message) {
        return message.ready() > 0 || message.complete();
    }

    /** A chunk with nothing in it but the flag: whoever has got a part of the message learns that no more comes. */
    private boolean abort(OutgoingMessage message, Output out) {
        if (!message.takeAbort()) {
            return false;
        }
        String transactionId = transactionIds.get();
        FrameEncoder.head(head(message, transactionId, UNKNOWN), out.buffer());
        FrameEncoder.end(transactionId, Continuation.ABORTED, true, out.buffer());
        message.chunkBegun();
        out.chunkEnded(transactionId, message);
        return true;
    }

    private void writeShort(OutgoingMessage message, Output out) {
        long from = message.written;
        int length = Math.min(message.ready(), SHORT_CHUNK);
        boolean last = message.content().endsAt(from + length);
        String transactionId = transactionId(message);
        ByteBuf buffer = out.buffer();
        FrameEncoder.head(head(message, transactionId, from + length), buffer);
        message.content().read(from, length, buffer::writeBytes);
        message.written += length;
        FrameEncoder.end(transactionId, last ? Continuation.COMPLETE : Continuation.MORE, true, buffer);
        message.chunkBegun();
        out.chunkEnded(transactionId, message);
        if (!last) {
            waiting.add(message);
        }
    }

    private void open(OutgoingMessage message, Output out) {
        openTransaction = transactionId(message);
        open = message;
        openBytes = 0;
        openEnd = message.written + Math.min(message.ready(), LONG_CHUNK);
        FrameEncoder.head(head(message, openTransaction, UNKNOWN), out.buffer());
        message.chunkBegun();
        out.chunkBegun(openTransaction, message);
    }

    private void continueOpen(Output out) {
        OutgoingMessage message = open;
        if (message.settled()) {
            message.takeAbort();
            end(Continuation.ABORTED, out);
            return;
        }
        piece(message, PIECE, out);
        if (message.complete()) {
            end(Continuation.COMPLETE, out);
        } else if (message.written == openEnd || (openBytes >= SHORT_CHUNK && !waiting.isEmpty())) {
            end(Continuation.MORE, out);
            waiting.add(message);
        }
    }

    private void piece(OutgoingMessage message, int most, Output out) {
        int length = (int) Math.min(openEnd - message.written, most);
        message.content().read(message.written, length, out::body);
        message.written += length;
        openBytes += length;
    }

    private void end(Continuation continuation, Output out) {
        OutgoingMessage message = open;
        open = null;
        FrameEncoder.end(openTransaction, continuation, true, out.buffer());
        out.chunkEnded(openTransaction, message);
    }

    private String transactionId(OutgoingMessage message) {
        String id = transactionIds.get();
        while (!message.mayUse(id)) {
            id = transactionIds.get();
        }
        return id;
    }

    private static MsrpFrame.Send head(OutgoingMessage message, String transactionId, long end) {
        return new MsrpFrame.Send(
                transactionId,
                message.toPath,
                message.fromPath,
                message.messageId(),
                new ByteRange(message.written + 1, end, message.content().total()),
                message.successReport,
                message.failureReport,
                message.content().contentType(),
                List.of(),
                Unpooled.EMPTY_BUFFER,
                Continuation.UNFINISHED);
    }
}
