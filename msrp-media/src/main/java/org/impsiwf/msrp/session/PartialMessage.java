package org.impsiwf.msrp.session;

import static org.impsiwf.msrp.message.ByteRange.UNKNOWN;

import io.netty.buffer.ByteBuf;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import org.impsiwf.msrp.cpim.CpimMessage;
import org.impsiwf.msrp.message.Continuation;
import org.impsiwf.msrp.message.MsrpFrame;

/** A message of which not all chunks are there (RFC 4975 §7.3.1: the virtual buffer). */
final class PartialMessage {
    private static final int FIRST_BYTES = 4096;

    final String contentType;
    private final MemoryBudget budget;
    private byte[] bytes = new byte[0];
    private final CoveredBytes covered = new CoveredBytes();
    private long total = UNKNOWN;
    private boolean ended;
    Instant touched;
    /** What is to be done with a large one. */
    Fate fate = Fate.OPEN;

    /** Of a message that may be too large to be collected. */
    enum Fate {
        /** Not large, or not known to be. */
        OPEN,
        /** Somebody has been asked. */
        UNDECIDED,
        COLLECTED
    }

    PartialMessage(String contentType, MemoryBudget budget, Instant now) {
        this.contentType = contentType;
        this.budget = budget;
        this.touched = now;
    }

    /** @return false if the budget has no room for it */
    boolean put(MsrpFrame.Send chunk, Instant now) {
        touched = now;
        ByteBuf body = chunk.body();
        int from = (int) (chunk.byteRange().start() - 1);
        int to = from + body.readableBytes();
        if (!makeRoom(to, chunk.byteRange().total())) {
            return false;
        }
        // Overlaps: the last chunk received takes precedence (§7.3.1).
        body.getBytes(body.readerIndex(), bytes, from, to - from);
        covered.add(from, to);
        if (chunk.continuation() == Continuation.COMPLETE) {
            // §7.3.1: the chunk that ends with "$" defines the total length.
            ended = true;
            total = to;
        }
        return true;
    }

    private boolean makeRoom(int size, long declared) {
        if (size <= bytes.length) {
            return true;
        }
        long ceiling = declared == UNKNOWN ? Integer.MAX_VALUE - 8L : Math.max(declared, size);
        int room = (int) Math.min(ceiling, Math.max(size, Math.max(FIRST_BYTES, bytes.length * 2L)));
        if (!budget.take(room - bytes.length)) {
            return false;
        }
        bytes = Arrays.copyOf(bytes, room);
        return true;
    }

    boolean whole() {
        return ended && covered.whole(total);
    }

    /** A chunk reached beyond the one that ended the message. */
    boolean contradictory() {
        return ended && covered.end() > total;
    }

    int holes() {
        return covered.pieces();
    }

    /** Octets that are there from the first one on. */
    int prefix() {
        return (int) covered.prefix();
    }

    /** Where the content of a CPIM message begins; absent while its headers have not come. */
    OptionalInt contentAt() {
        return CpimMessage.contentAt(bytes, prefix());
    }

    byte[] first(int octets) {
        return Arrays.copyOf(bytes, octets);
    }

    /** What has come of it, the first octets left out; absent when there are holes. Its memory belongs to the caller now. */
    Optional<byte[]> takeFrom(int offset) {
        int there = prefix();
        if (covered.end() != there) {
            return Optional.empty();
        }
        byte[] rest = Arrays.copyOfRange(bytes, offset, there);
        drop();
        return Optional.of(rest);
    }

    /** The message; its memory belongs to the caller now. */
    byte[] take() {
        byte[] message = bytes.length == total ? bytes : Arrays.copyOf(bytes, (int) total);
        drop();
        return message;
    }

    void drop() {
        budget.giveBack(bytes.length);
        bytes = new byte[0];
    }
}
