package org.impsiwf.msrp.session;

import static org.impsiwf.msrp.message.ByteRange.UNKNOWN;
import static org.impsiwf.msrp.message.MsrpStatus.BAD_REQUEST;
import static org.impsiwf.msrp.message.MsrpStatus.OK;
import static org.impsiwf.msrp.message.MsrpStatus.STOP_SENDING;
import static org.impsiwf.msrp.message.MsrpStatus.UNSUPPORTED_MEDIA;

import io.netty.buffer.ByteBufUtil;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.msrp.cpim.CpimMessage;
import org.impsiwf.msrp.cpim.MalformedCpim;
import org.impsiwf.msrp.event.MsrpContent;
import org.impsiwf.msrp.message.ByteRange;
import org.impsiwf.msrp.message.Continuation;
import org.impsiwf.msrp.message.MsrpFrame;

/** The messages that arrive in one session: chunks are put together, repeats found, limits kept. Its session's thread. */
public final class IncomingMessages {
    private static final Verdict NOTED = new Verdict.Noted();
    private static final Verdict UNFINISHED = new Verdict.Unfinished();
    private static final Verdict REPEATED = new Verdict.Repeated();
    private static final Verdict REPEATED_EARLY = new Verdict.RepeatedEarly();
    private static final Verdict.Refused TOO_LARGE = new Verdict.Refused(STOP_SENDING, "Message Too Large");

    private final MessageLimits limits;
    private final AcceptedTypes accepted;
    private final Duration partialWithin;
    /** Begun messages, the one that was touched longest ago first. */
    private final Map<String, PartialMessage> partials = new LinkedHashMap<>(4, 0.75f, true);

    private final Map<String, ReceivedMessage> received;
    /** A session carries the same type over and over. */
    private String lastTaken = "";

    /** @param partialWithin how long the next chunk of a message may take */
    public IncomingMessages(MessageLimits limits, AcceptedTypes accepted, Duration partialWithin) {
        this.limits = limits;
        this.accepted = accepted;
        this.partialWithin = partialWithin;
        this.received = new RecentMessages<>(limits.remembered());
    }

    /**
     * Takes a SEND. Its body is only read.
     *
     * @param budget of the connection it came on
     */
    public Verdict take(MsrpFrame.Send chunk, MemoryBudget budget, Instant now) {
        if (chunk.bodiless()) {
            return chunk.continuation() == Continuation.ABORTED ? aborted(chunk) : NOTED;
        }
        ReceivedMessage before = received.get(chunk.messageId());
        if (before != null) {
            return repeated(chunk, before);
        }
        if (chunk.continuation() == Continuation.ABORTED) {
            return aborted(chunk);
        }
        Verdict.Refused refused = check(chunk);
        if (refused != null) {
            return drop(chunk, refused);
        }
        boolean alone = chunk.byteRange().start() == 1
                && chunk.continuation() == Continuation.COMPLETE
                && (partials.isEmpty() || !partials.containsKey(chunk.messageId()));
        if (alone) {
            return whole(chunk, chunk.contentType(), ByteBufUtil.getBytes(chunk.body()));
        }
        return addChunk(chunk, budget, now);
    }

    private Verdict.Refused check(MsrpFrame.Send chunk) {
        ByteRange range = chunk.byteRange();
        if ((range.total() != UNKNOWN && range.total() > limits.messageBytes())
                || range.start() - 1 + chunk.body().readableBytes() > limits.messageBytes()) {
            return TOO_LARGE;
        }
        if (!takes(chunk.contentType())) {
            return new Verdict.Refused(UNSUPPORTED_MEDIA, "Unsupported Media Type");
        }
        return null;
    }

    private boolean takes(String contentType) {
        if (contentType.equals(lastTaken)) {
            return true;
        }
        boolean taken = accepted.takes(contentType);
        if (taken) {
            lastTaken = contentType;
        }
        return taken;
    }

    private Verdict addChunk(MsrpFrame.Send chunk, MemoryBudget budget, Instant now) {
        PartialMessage partial = partials.get(chunk.messageId());
        if (partial == null) {
            if (partials.size() >= limits.partialMessages()) {
                return new Verdict.Refused(STOP_SENDING, "Too Many Messages At Once");
            }
            partial = new PartialMessage(chunk.contentType(), budget, now);
            partials.put(chunk.messageId(), partial);
        }
        if (!partial.put(chunk, now) || partial.holes() > limits.holes()) {
            return drop(chunk, new Verdict.Refused(STOP_SENDING, "No Room"));
        }
        if (partial.contradictory()) {
            return drop(chunk, new Verdict.Refused(BAD_REQUEST, "Chunk Beyond The End"));
        }
        if (chunk.continuation() == Continuation.UNFINISHED) {
            return UNFINISHED;
        }
        if (!partial.whole()) {
            return NOTED;
        }
        partials.remove(chunk.messageId());
        return whole(chunk, partial.contentType, partial.take());
    }

    private Verdict whole(MsrpFrame.Send last, String contentType, byte[] bytes) {
        if (CpimMessage.mediaType(contentType).equals("message/cpim") && !accepted.takesAll()) {
            try {
                if (!accepted.takesWrapped(CpimMessage.parse(bytes).contentType())) {
                    return new Verdict.Refused(UNSUPPORTED_MEDIA, "Unsupported Wrapped Media Type");
                }
            } catch (MalformedCpim malformed) {
                return new Verdict.Refused(BAD_REQUEST, "Malformed CPIM");
            }
        }
        received.put(
                last.messageId(), new ReceivedMessage(last.successReport(), last.failureReport(), bytes.length, 0));
        return new Verdict.Whole(new MsrpContent(contentType, bytes));
    }

    private static Verdict repeated(MsrpFrame.Send chunk, ReceivedMessage before) {
        if (chunk.continuation() == Continuation.UNFINISHED) {
            return UNFINISHED;
        }
        return before.outcome() == 0 && chunk.continuation() == Continuation.COMPLETE ? REPEATED_EARLY : REPEATED;
    }

    private Verdict aborted(MsrpFrame.Send chunk) {
        PartialMessage partial = partials.remove(chunk.messageId());
        if (partial != null) {
            partial.drop();
        }
        return NOTED;
    }

    private Verdict drop(MsrpFrame.Send chunk, Verdict.Refused why) {
        PartialMessage partial = partials.remove(chunk.messageId());
        if (partial != null) {
            partial.drop();
        }
        return why;
    }

    /** A whole message was answered. A refused one is forgotten: its sender may try again. */
    public void answered(String messageId, int status) {
        if (status == OK) {
            received.computeIfPresent(messageId, (id, message) -> message.answered(status));
        } else {
            received.remove(messageId);
        }
    }

    /** What is still known of a message that arrived whole. */
    public Optional<ReceivedMessage> known(String messageId) {
        return Optional.ofNullable(received.get(messageId));
    }

    /** When the oldest begun message is given up. */
    public Optional<Instant> nextExpiry() {
        Iterator<PartialMessage> oldest = partials.values().iterator();
        return oldest.hasNext() ? Optional.of(oldest.next().touched.plus(partialWithin)) : Optional.empty();
    }

    /** Gives up what waited too long for its next chunk. @return how many messages */
    public int expire(Instant now) {
        int gone = 0;
        Iterator<PartialMessage> oldest = partials.values().iterator();
        while (oldest.hasNext()) {
            PartialMessage partial = oldest.next();
            if (now.isBefore(partial.touched.plus(partialWithin))) {
                break;
            }
            partial.drop();
            oldest.remove();
            gone++;
        }
        return gone;
    }

    public int partialCount() {
        return partials.size();
    }

    /** The session is over. */
    public void clear() {
        partials.values().forEach(PartialMessage::drop);
        partials.clear();
        received.clear();
    }
}
