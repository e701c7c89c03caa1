package org.impsiwf.msrp.session;

import static org.impsiwf.msrp.message.ByteRange.UNKNOWN;
import static org.impsiwf.msrp.message.MsrpStatus.BAD_REQUEST;
import static org.impsiwf.msrp.message.MsrpStatus.STOP_SENDING;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.msrp.message.Continuation;
import org.impsiwf.msrp.message.MsrpFrame;

/**
 * The messages of one session that are relayed while they come in: of each only how far it has come is known, so its chunks have to
 * come in order. Its session's thread.
 */
final class PassingMessages {
    private static final Verdict.Refused OUT_OF_ORDER = new Verdict.Refused(STOP_SENDING, "Chunk Out Of Order");
    private static final Verdict.Refused TOO_LARGE = new Verdict.Refused(STOP_SENDING, "Message Too Large");
    private static final Verdict.Refused CONTRADICTORY = new Verdict.Refused(BAD_REQUEST, "Not The Declared Size");

    private final long messageBytes;
    private final Duration nextChunkWithin;
    private final Map<String, Passing> passing = new LinkedHashMap<>(4);
    /** Chunks that were on their way when their message was refused get the same answer. */
    private final Map<String, Verdict.Refused> refused;

    private static final class Passing {
        final long total;
        long came;
        Instant touched;

        Passing(long came, long total, Instant now) {
            this.came = came;
            this.total = total;
            this.touched = now;
        }
    }

    PassingMessages(RelayLimits limits, Duration nextChunkWithin, int remembered) {
        this.messageBytes = limits.messageBytes();
        this.nextChunkWithin = nextChunkWithin;
        this.refused = new RecentMessages<>(remembered);
    }

    void begin(String messageId, long came, long total, Instant now) {
        passing.put(messageId, new Passing(came, total, now));
    }

    /** Nothing more of it is wanted. */
    void refuse(String messageId, Verdict.Refused why) {
        passing.remove(messageId);
        refused.put(messageId, why);
    }

    void forget(String messageId) {
        passing.remove(messageId);
    }

    boolean isPassing(String messageId) {
        return passing.containsKey(messageId);
    }

    /** Absent when the chunk is not of such a message. */
    Optional<Verdict> take(MsrpFrame.Send chunk, Instant now) {
        Passing message = passing.get(chunk.messageId());
        if (message != null) {
            return Optional.of(chunk.continuation() == Continuation.ABORTED ? abort(chunk) : next(message, chunk, now));
        }
        if (chunk.byteRange().start() == 1) {
            refused.remove(chunk.messageId()); // a new attempt
            return Optional.empty();
        }
        return Optional.ofNullable(refused.get(chunk.messageId()));
    }

    private Verdict abort(MsrpFrame.Send chunk) {
        passing.remove(chunk.messageId());
        return new Verdict.BrokenOff();
    }

    private Verdict next(Passing message, MsrpFrame.Send chunk, Instant now) {
        ByteBuf body = chunk.body();
        long from = chunk.byteRange().start() - 1;
        long to = from + body.readableBytes();
        if (from > message.came) {
            return broken(chunk, OUT_OF_ORDER);
        }
        if (to > messageBytes) {
            return broken(chunk, TOO_LARGE);
        }
        boolean last = chunk.continuation() == Continuation.COMPLETE;
        if (message.total != UNKNOWN && (to > message.total || (last && to != message.total))) {
            // The recipients were told another size.
            return broken(chunk, CONTRADICTORY);
        }
        int known = (int) Math.min(message.came - from, body.readableBytes());
        byte[] octets = ByteBufUtil.getBytes(body, body.readerIndex() + known, body.readableBytes() - known);
        message.came += octets.length;
        message.touched = now;
        if (last) {
            passing.remove(chunk.messageId());
        }
        return new Verdict.Passed(octets);
    }

    private Verdict broken(MsrpFrame.Send chunk, Verdict.Refused why) {
        refuse(chunk.messageId(), why);
        return why;
    }

    Optional<Instant> nextExpiry() {
        return passing.values().stream()
                .map(message -> message.touched.plus(nextChunkWithin))
                .min(Instant::compareTo);
    }

    /** RFC 7701 §6.1: a sender whose next chunk does not come has given the message up. @return the Message-IDs */
    List<String> expire(Instant now) {
        List<String> late = new ArrayList<>();
        passing.forEach((id, message) -> {
            if (!now.isBefore(message.touched.plus(nextChunkWithin))) {
                late.add(id);
            }
        });
        late.forEach(passing::remove);
        return late;
    }

    void clear() {
        passing.clear();
        refused.clear();
    }
}
