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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.impsiwf.msrp.cpim.CpimMessage;
import org.impsiwf.msrp.cpim.MalformedCpim;
import org.impsiwf.msrp.event.MsrpContent;
import org.impsiwf.msrp.message.ByteRange;
import org.impsiwf.msrp.message.Continuation;
import org.impsiwf.msrp.message.MsrpFrame;
import org.impsiwf.msrp.session.PartialMessage.Fate;

/** The messages that arrive in one session: chunks are put together, repeats found, limits kept. Its session's thread. */
public final class IncomingMessages {
    private static final Verdict NOTED = new Verdict.Noted();
    private static final Verdict UNFINISHED = new Verdict.Unfinished();
    private static final Verdict REPEATED = new Verdict.Repeated();
    private static final Verdict REPEATED_EARLY = new Verdict.RepeatedEarly();
    private static final Verdict.Refused TOO_LARGE = new Verdict.Refused(STOP_SENDING, "Message Too Large");
    /** RFC 3862 sets no limit; CPIM headers that end later are none. */
    private static final int MOST_HEAD = 16 * 1024;

    private final MessageLimits limits;
    private final AcceptedTypes accepted;
    private final Duration partialWithin;
    /** Begun messages, the one that was touched longest ago first. */
    private final Map<String, PartialMessage> partials = new LinkedHashMap<>(4, 0.75f, true);

    private final Map<String, ReceivedMessage> received;
    /** A session carries the same type over and over. */
    private String lastTaken = "";
    /** In chat rooms. */
    private final Optional<RelayLimits> relaying;

    private final PassingMessages passing;

    /** @param partialWithin how long the next chunk of a message may take */
    public IncomingMessages(MessageLimits limits, AcceptedTypes accepted, Duration partialWithin) {
        this(limits, accepted, partialWithin, Optional.empty());
    }

    /** @param relaying what is large enough to be relayed while it comes in; absent: everything is collected */
    public IncomingMessages(
            MessageLimits limits, AcceptedTypes accepted, Duration partialWithin, Optional<RelayLimits> relaying) {
        this.limits = limits;
        this.accepted = accepted;
        this.partialWithin = partialWithin;
        this.received = new RecentMessages<>(limits.remembered());
        this.relaying = relaying;
        this.passing = new PassingMessages(
                relaying.orElseGet(() -> RelayLimits.of(limits.messageBytes(), limits.messageBytes())),
                partialWithin,
                limits.remembered());
    }

    /**
     * Takes a SEND. Its body is only read.
     *
     * @param budget of the connection it came on
     */
    public Verdict take(MsrpFrame.Send chunk, MemoryBudget budget, Instant now) {
        if (chunk.bodiless() && chunk.continuation() != Continuation.ABORTED) {
            return NOTED;
        }
        if (relaying.isPresent()) {
            Optional<Verdict> verdict = passing.take(chunk, now);
            if (verdict.isPresent()) {
                return ended(chunk, verdict.get());
            }
        }
        if (chunk.bodiless()) {
            return aborted(chunk);
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
        if (alone && !isLarge(chunk.body().readableBytes())) {
            return whole(chunk, chunk.contentType(), ByteBufUtil.getBytes(chunk.body()));
        }
        return addChunk(chunk, budget, now);
    }

    private Verdict.Refused check(MsrpFrame.Send chunk) {
        ByteRange range = chunk.byteRange();
        long most = mostBytes(chunk);
        if ((range.total() != UNKNOWN && range.total() > most)
                || range.start() - 1 + chunk.body().readableBytes() > most) {
            return TOO_LARGE;
        }
        if (!takes(chunk.contentType())) {
            return new Verdict.Refused(UNSUPPORTED_MEDIA, "Unsupported Media Type");
        }
        return null;
    }

    /** What is relayed may be larger than what is collected. */
    private long mostBytes(MsrpFrame.Send chunk) {
        if (relaying.isEmpty()) {
            return limits.messageBytes();
        }
        PartialMessage partial = partials.get(chunk.messageId());
        boolean collected = partial != null && partial.fate == Fate.COLLECTED;
        return collected ? limits.messageBytes() : relaying.get().messageBytes();
    }

    private boolean isLarge(long bytes) {
        return relaying.isPresent() && bytes > relaying.get().above();
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
        if (partial.fate == Fate.UNDECIDED) {
            return new Verdict.Held();
        }
        if (partial.fate == Fate.OPEN && isLarge(Math.max(chunk.byteRange().total(), partial.prefix()))) {
            Optional<Verdict> begun = begun(chunk, partial);
            if (begun.isPresent()) {
                return begun.get();
            }
        }
        return collected(chunk, partial);
    }

    /** Absent while the CPIM headers, by which a large message is judged, are not all there. */
    private Optional<Verdict> begun(MsrpFrame.Send chunk, PartialMessage partial) {
        boolean cpim = CpimMessage.mediaType(partial.contentType).equals("message/cpim");
        OptionalInt contentAt = cpim ? partial.contentAt() : OptionalInt.of(0);
        if (contentAt.isPresent()) {
            partial.fate = Fate.UNDECIDED;
            MsrpContent head = new MsrpContent(partial.contentType, partial.first(contentAt.getAsInt()));
            return Optional.of(new Verdict.Begun(head, chunk.byteRange().total()));
        }
        boolean hopeless = partial.prefix() > MOST_HEAD || chunk.continuation() == Continuation.COMPLETE;
        return hopeless
                ? Optional.of(drop(chunk, new Verdict.Refused(BAD_REQUEST, "Malformed CPIM")))
                : Optional.empty();
    }

    private Verdict collected(MsrpFrame.Send chunk, PartialMessage partial) {
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
        received(last, bytes.length);
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
        if (partial == null) {
            return NOTED;
        }
        partial.drop();
        return partial.fate == Fate.UNDECIDED ? new Verdict.BrokenOff() : NOTED;
    }

    /** The last octets of a message that is relayed: from now on it is one that was received. */
    private Verdict ended(MsrpFrame.Send chunk, Verdict verdict) {
        if (verdict instanceof Verdict.Passed && chunk.continuation() == Continuation.COMPLETE) {
            received(chunk, chunk.byteRange().start() - 1 + chunk.body().readableBytes());
        }
        return verdict;
    }

    private void received(MsrpFrame.Send last, long bytes) {
        received.put(last.messageId(), new ReceivedMessage(last.successReport(), last.failureReport(), bytes, 0));
    }

    // ---- what was decided about a large message

    /**
     * It is relayed.
     *
     * @param from where the part begins that is passed on
     * @param last the chunk that ended it, where that has come
     * @return what has come of it so far; absent when its chunks did not come in order
     */
    public Optional<byte[]> relay(String messageId, int from, long total, Optional<MsrpFrame.Send> last, Instant now) {
        PartialMessage partial = partials.remove(messageId);
        if (partial == null) {
            return Optional.empty();
        }
        long came = partial.prefix();
        Optional<byte[]> octets = partial.takeFrom(from);
        if (octets.isEmpty()) {
            partial.drop();
        } else if (last.isPresent()) {
            received(last.get(), came);
        } else {
            passing.begin(messageId, came, total, now);
        }
        return octets;
    }

    /**
     * It is collected as any other.
     *
     * @param last the chunk that came last, if it has come as a whole
     * @return what is to become of that
     */
    public Verdict collect(MsrpFrame.Send last, long total) {
        PartialMessage partial = partials.get(last.messageId());
        if (partial == null) {
            return NOTED;
        }
        partial.fate = Fate.COLLECTED;
        if (total > limits.messageBytes() || partial.prefix() > limits.messageBytes()) {
            refuse(last.messageId(), TOO_LARGE);
            return TOO_LARGE;
        }
        return collected(last, partial);
    }

    /** It is refused, and so is what comes of it still. */
    public void refuse(String messageId, Verdict.Refused why) {
        forget(messageId);
        passing.refuse(messageId, why);
    }

    /** It came before, and was accepted. */
    public void repeated(MsrpFrame.Send chunk) {
        forget(chunk.messageId());
        received.put(chunk.messageId(), new ReceivedMessage(chunk.successReport(), chunk.failureReport(), 0, OK));
    }

    private void forget(String messageId) {
        PartialMessage partial = partials.remove(messageId);
        if (partial != null) {
            partial.drop();
        }
        passing.forget(messageId);
    }

    /** Gives up relayed messages whose next chunk does not come. @return their Message-IDs */
    public List<String> expirePassing(Instant now) {
        return passing.expire(now);
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
        Optional<Instant> collected =
                oldest.hasNext() ? Optional.of(oldest.next().touched.plus(partialWithin)) : Optional.empty();
        return Stream.concat(collected.stream(), passing.nextExpiry().stream()).min(Instant::compareTo);
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
        passing.clear();
        received.clear();
    }
}
