package org.impsiwf.msrp.transport;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.impsiwf.msrp.event.ExchangeId;
import org.impsiwf.msrp.event.MsrpCommand.AddRecipient;
import org.impsiwf.msrp.event.MsrpCommand.CollectMessage;
import org.impsiwf.msrp.event.MsrpCommand.OfLargeMessage;
import org.impsiwf.msrp.event.MsrpCommand.RelayMessage;
import org.impsiwf.msrp.event.MsrpEvent;
import org.impsiwf.msrp.message.ByteRange;
import org.impsiwf.msrp.message.Continuation;
import org.impsiwf.msrp.message.MsrpFrame;
import org.impsiwf.msrp.message.MsrpStatus;
import org.impsiwf.msrp.session.IncomingMessages;
import org.impsiwf.msrp.session.RelayLimits;
import org.impsiwf.msrp.session.Verdict;

/**
 * The large messages that a member of a chat room sends: each waits for what is decided about it, with nothing read meanwhile, and those
 * that are relayed go on to {@link Relay}. The member's session's mailbox.
 */
final class LargeMessages {
    private final MsrpSession session;
    private final MsrpEndpoint endpoint;
    private final IncomingMessages messages;
    private final RelayLimits limits;
    private final Map<ExchangeId, Large> underWay = new LinkedHashMap<>(2);

    LargeMessages(MsrpSession session, MsrpEndpoint endpoint, IncomingMessages messages, RelayLimits limits) {
        this.session = session;
        this.endpoint = endpoint;
        this.messages = messages;
        this.limits = limits;
    }

    /** One of them. */
    private final class Large {
        final ExchangeId exchange;
        final MsrpConnection connection;
        /** The chunk with which it became one. */
        final MsrpFrame.Send first;

        final int headBytes;
        final long total;
        final Instant decideBy;
        final Relay relay;
        /** Chunks that wait for the decision, without their bodies. */
        final List<MsrpFrame.Send> held = new ArrayList<>(1);

        boolean decided;

        Large(ExchangeId exchange, MsrpConnection connection, MsrpFrame.Send first, int headBytes, long total) {
            this.exchange = exchange;
            this.connection = connection;
            this.first = first;
            this.headBytes = headBytes;
            this.total = total;
            this.decideBy = endpoint.time().now().plus(limits.gather());
            this.relay = new Relay(session, endpoint, connection, limits, () -> concluded(this));
        }

        String messageId() {
            return first.messageId();
        }

        void hold(MsrpFrame.Send chunk) {
            if (chunk.continuation() != Continuation.UNFINISHED) {
                held.add(chunk);
            }
        }

        Optional<MsrpFrame.Send> last() {
            return held.stream()
                    .filter(chunk -> chunk.continuation() == Continuation.COMPLETE)
                    .findFirst();
        }
    }

    /** What the inbox does with chunks once it is known what becomes of them. */
    interface Chunks {
        void accept(MsrpConnection from, MsrpFrame.Send chunk);

        void refuse(MsrpConnection from, MsrpFrame.Send chunk, Verdict.Refused why);

        void whole(MsrpConnection from, MsrpFrame.Send last, Verdict.Whole whole);

        /** All of a relayed message has come: the response to its last chunk waits. */
        void complete(ExchangeId exchange, MsrpConnection from, MsrpFrame.Send last);
    }

    /** @return false when there is no room for one more */
    boolean begun(ExchangeId exchange, MsrpConnection from, MsrpFrame.Send chunk, Verdict.Begun begun) {
        if (!endpoint.partialBudget().take(limits.window())) {
            return false;
        }
        Large large = new Large(exchange, from, chunk, begun.head().bytes().length, begun.total());
        large.hold(chunk);
        underWay.put(exchange, large);
        from.pressure().block();
        OptionalLong size = begun.total() == ByteRange.UNKNOWN ? OptionalLong.empty() : OptionalLong.of(begun.total());
        session.announcements()
                .tellOnceConnected(new MsrpEvent.MessageBegun(
                        session.id(),
                        exchange,
                        chunk.messageId(),
                        begun.head(),
                        size,
                        chunk.successReport(),
                        chunk.failureReport()));
        return true;
    }

    /** A chunk of one that is not decided about. */
    void held(MsrpFrame.Send chunk) {
        find(chunk.messageId()).ifPresent(large -> large.hold(chunk));
    }

    /** The next octets of one that is relayed. */
    void passed(MsrpFrame.Send chunk, byte[] octets, Chunks chunks) {
        find(chunk.messageId()).ifPresent(large -> {
            large.relay.append(octets);
            switch (chunk.continuation()) {
                case UNFINISHED, ABORTED -> {}
                case MORE -> chunks.accept(large.connection, chunk);
                case COMPLETE -> complete(large, chunk, chunks);
            }
        });
    }

    private void complete(Large large, MsrpFrame.Send last, Chunks chunks) {
        chunks.complete(large.exchange, large.connection, last);
        large.relay.allCame();
    }

    /** The sender has given it up, or has broken the rules. */
    void brokenOff(String messageId) {
        find(messageId).ifPresent(this::giveUp);
    }

    private Optional<Large> find(String messageId) {
        return underWay.values().stream()
                .filter(large -> large.messageId().equals(messageId))
                .findFirst();
    }

    // ---- what is decided

    void decided(OfLargeMessage order, Chunks chunks) {
        Large large = underWay.get(order.exchange());
        boolean known = large != null && (!large.decided || order instanceof AddRecipient);
        if (!known) {
            endpoint.watcher().count(MsrpCount.COMMAND_LATE);
            return;
        }
        switch (order) {
            case RelayMessage e -> relay(large, e, chunks);
            case AddRecipient e -> large.relay.answered(e);
            case CollectMessage e -> collect(large, chunks);
        }
    }

    private void relay(Large large, RelayMessage order, Chunks chunks) {
        Optional<MsrpFrame.Send> last = large.last();
        Optional<byte[]> come = messages.relay(
                large.messageId(),
                large.headBytes,
                large.total,
                last,
                endpoint.time().now());
        if (come.isEmpty()) {
            refuse(large, new Verdict.Refused(MsrpStatus.STOP_SENDING, "Chunk Out Of Order"), chunks);
            return;
        }
        endpoint.watcher().count(MsrpCount.MESSAGE_RELAYED);
        int head = order.head().bytes().length;
        long total = large.total == ByteRange.UNKNOWN ? ByteRange.UNKNOWN : large.total - large.headBytes + head;
        large.relay.ordered(order.head(), total, order.recipients());
        large.relay.append(come.get());
        decided(large);
        large.held.stream()
                .filter(chunk -> chunk.continuation() == Continuation.MORE)
                .forEach(chunk -> chunks.accept(large.connection, chunk));
        last.ifPresent(chunk -> complete(large, chunk, chunks));
    }

    private void collect(Large large, Chunks chunks) {
        MsrpFrame.Send newest = large.held.isEmpty() ? large.first : large.held.getLast();
        Verdict verdict = messages.collect(newest, large.total);
        forget(large);
        for (MsrpFrame.Send chunk : large.held) {
            boolean last = chunk.transactionId().equals(newest.transactionId());
            if (verdict instanceof Verdict.Refused refused) {
                chunks.refuse(large.connection, chunk, refused);
            } else if (last && verdict instanceof Verdict.Whole whole) {
                chunks.whole(large.connection, chunk, whole);
            } else {
                chunks.accept(large.connection, chunk);
            }
        }
        if (large.held.isEmpty() && verdict instanceof Verdict.Refused refused) {
            chunks.refuse(large.connection, large.first, refused);
        }
    }

    /** An answer before all of it has come. @return false when there is no such message */
    boolean answered(ExchangeId exchange, int status, String comment, Chunks chunks) {
        Large large = underWay.get(exchange);
        if (large == null) {
            return false;
        }
        if (status == MsrpStatus.OK) {
            messages.repeated(large.first);
            forget(large);
            large.held.forEach(chunk -> chunks.accept(large.connection, chunk));
        } else {
            refuse(large, new Verdict.Refused(status, comment), chunks);
        }
        return true;
    }

    private void refuse(Large large, Verdict.Refused why, Chunks chunks) {
        messages.refuse(large.messageId(), why);
        List<MsrpFrame.Send> waiting = large.decided ? List.of() : large.held;
        giveUp(large);
        waiting.forEach(chunk -> chunks.refuse(large.connection, chunk, why));
        if (waiting.isEmpty() && !large.decided) {
            // Its first chunk has not ended: it need not be sent to its end.
            chunks.refuse(large.connection, large.first, why);
        }
    }

    private void concluded(Large large) {
        session.tell(new MsrpEvent.MessageRelayed(
                session.id(),
                large.exchange,
                large.messageId(),
                large.first.successReport(),
                large.relay.taken(),
                large.relay.missed()));
    }

    // ---- the end

    private void giveUp(Large large) {
        large.relay.senderGone();
        forget(large);
    }

    private void decided(Large large) {
        if (!large.decided) {
            large.decided = true;
            large.connection.pressure().unblock();
        }
    }

    private void forget(Large large) {
        if (underWay.remove(large.exchange, large)) {
            boolean waited = !large.decided;
            endpoint.partialBudget().giveBack(limits.window());
            if (waited) {
                large.connection.pressure().unblock();
            }
        }
    }

    /** The last answer was given: nothing of it is left here. */
    void closed(ExchangeId exchange) {
        Large large = underWay.get(exchange);
        if (large != null) {
            giveUp(large);
        }
    }

    Optional<Instant> nextDeadline() {
        Optional<Instant> next = Optional.empty();
        for (Large large : underWay.values()) {
            Optional<Instant> own = large.decided ? large.relay.nextDeadline() : Optional.of(large.decideBy);
            next = AlarmClock.earlier(next, own);
        }
        return next;
    }

    void expire(Instant now, Chunks chunks) {
        for (Large large : List.copyOf(underWay.values())) {
            if (large.decided) {
                large.relay.expire(now);
            } else if (!now.isBefore(large.decideBy)) {
                endpoint.watcher().count(MsrpCount.ANSWER_EXPIRED);
                session.announcements().takeBack(large.exchange);
                refuse(large, new Verdict.Refused(MsrpStatus.TIMEOUT, "Not Answered In Time"), chunks);
            }
        }
        for (String late : messages.expirePassing(now)) {
            endpoint.watcher().count(MsrpCount.PARTIAL_EXPIRED);
            brokenOff(late);
        }
    }

    /** The session is over. */
    void close() {
        List.copyOf(underWay.values()).forEach(this::giveUp);
    }
}
