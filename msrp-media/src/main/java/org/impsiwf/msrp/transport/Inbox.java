package org.impsiwf.msrp.transport;

import io.netty.buffer.Unpooled;
import java.time.Instant;
import java.util.Optional;
import org.impsiwf.msrp.event.ExchangeId;
import org.impsiwf.msrp.event.FailureReport;
import org.impsiwf.msrp.event.MsrpCommand.OfLargeMessage;
import org.impsiwf.msrp.event.MsrpCommand.SendReport;
import org.impsiwf.msrp.event.MsrpContent;
import org.impsiwf.msrp.event.MsrpEvent;
import org.impsiwf.msrp.message.ByteRange;
import org.impsiwf.msrp.message.Continuation;
import org.impsiwf.msrp.message.MsrpFrame;
import org.impsiwf.msrp.message.MsrpPath;
import org.impsiwf.msrp.message.MsrpStatus;
import org.impsiwf.msrp.session.AcceptedTypes;
import org.impsiwf.msrp.session.IncomingMessages;
import org.impsiwf.msrp.session.ReceivedMessage;
import org.impsiwf.msrp.session.RelayLimits;
import org.impsiwf.msrp.session.Verdict;

/** The arriving side of one session: hands whole messages over and answers them when told to. Its session's mailbox. */
final class Inbox implements LargeMessages.Chunks {
    private final MsrpSession session;
    private final MsrpEndpoint endpoint;
    private final IncomingMessages messages;
    private final Exchanges exchanges;
    private final String exchangePrefix;
    /** The far end's From-Path as it came last: REPORTs go back along it (RFC 4975 §7.1.3). */
    private Optional<MsrpPath> returnPath = Optional.empty();

    /** In chat rooms. */
    private final Optional<LargeMessages> large;

    private MsrpConnection presentConnection;
    private MsrpFrame.Send presentSend;
    /** Transaction of a chunk that was refused while it is still coming. */
    private String refusedTransaction = "";

    private int partialsTold;

    Inbox(MsrpSession session, MsrpEndpoint endpoint, AcceptedTypes accepted, boolean chatroom) {
        Optional<RelayLimits> relaying = chatroom ? endpoint.settings().relaying() : Optional.empty();
        this.session = session;
        this.endpoint = endpoint;
        this.messages = new IncomingMessages(
                endpoint.settings().messages(),
                accepted.types().isEmpty() ? AcceptedTypes.ANY : accepted,
                endpoint.settings().timeouts().nextChunk(),
                relaying);
        this.exchanges = new Exchanges(endpoint.settings().timeouts().answer());
        this.exchangePrefix = session.id().value() + "/";
        this.large = relaying.map(limits -> new LargeMessages(session, endpoint, messages, limits));
    }

    /** The SEND that the session's state decides about next. */
    void present(MsrpConnection from, MsrpFrame.Send send) {
        presentConnection = from;
        presentSend = send;
    }

    void admitPresent() {
        admit(presentConnection, presentSend);
    }

    void refusePresent(int status) {
        refuse(presentConnection, presentSend, status, MsrpStatus.comment(status));
    }

    /** A SEND of our far end. */
    void admit(MsrpConnection from, MsrpFrame.Send send) {
        returnPath = Optional.of(send.fromPath());
        if (send.transactionId().equals(refusedTransaction)) {
            return; // the rest of a long chunk that has its answer
        }
        Instant now = endpoint.time().now();
        Verdict verdict = messages.take(send, from.partialBudget(), now);
        switch (verdict) {
            case Verdict.Whole whole -> handOver(from, send, whole.content(), now);
            case Verdict.Noted noted -> accept(from, send);
            case Verdict.Unfinished unfinished -> {}
            case Verdict.Repeated repeated -> {
                endpoint.watcher().count(MsrpCount.MESSAGE_REPEATED);
                accept(from, send);
            }
            case Verdict.RepeatedEarly early -> {
                endpoint.watcher().count(MsrpCount.MESSAGE_REPEATED);
                exchanges.repeated(withoutBody(send));
            }
            case Verdict.Refused refused -> {
                refuse(from, send, refused);
                large.ifPresent(some -> some.brokenOff(send.messageId()));
            }
            case Verdict.Begun begun -> begun(from, send, begun);
            case Verdict.Held held -> large.ifPresent(some -> some.held(withoutBody(send)));
            case Verdict.Passed passed ->
                large.ifPresent(some -> some.passed(withoutBody(send), passed.octets(), this));
            case Verdict.BrokenOff brokenOff -> {
                large.ifPresent(some -> some.brokenOff(send.messageId()));
                accept(from, send);
            }
        }
        tellPartials();
    }

    private void begun(MsrpConnection from, MsrpFrame.Send send, Verdict.Begun begun) {
        boolean room = large.orElseThrow().begun(exchanges.newId(exchangePrefix), from, withoutBody(send), begun);
        if (!room) {
            Verdict.Refused noRoom = new Verdict.Refused(MsrpStatus.STOP_SENDING, "No Room");
            messages.refuse(send.messageId(), noRoom);
            refuse(from, send, noRoom);
        }
    }

    private void handOver(MsrpConnection from, MsrpFrame.Send send, MsrpContent content, Instant now) {
        endpoint.watcher().count(MsrpCount.MESSAGE_RECEIVED);
        int size = content.bytes().length;
        Exchanges.Exchange exchange = open(exchanges.newId(exchangePrefix), from, send, size, now);
        session.announcements()
                .tellOnceConnected(new MsrpEvent.MessageReceived(
                        session.id(),
                        exchange.id(),
                        send.messageId(),
                        content,
                        send.successReport(),
                        send.failureReport()));
    }

    private Exchanges.Exchange open(ExchangeId id, MsrpConnection from, MsrpFrame.Send last, int size, Instant now) {
        Exchanges.Exchange exchange = exchanges.open(id, from, withoutBody(last), size, now);
        endpoint.load().exchangeOpened();
        from.pressure().handedOver(size);
        return exchange;
    }

    // ---- chunks of large messages, once it is known what becomes of them

    @Override
    public void whole(MsrpConnection from, MsrpFrame.Send last, Verdict.Whole whole) {
        handOver(from, last, whole.content(), endpoint.time().now());
    }

    @Override
    public void complete(ExchangeId exchange, MsrpConnection from, MsrpFrame.Send last) {
        open(exchange, from, last, 0, endpoint.time().now());
    }

    @Override
    public void refuse(MsrpConnection from, MsrpFrame.Send send, Verdict.Refused why) {
        refuse(from, send, why.status(), why.why());
    }

    void decided(OfLargeMessage order) {
        large.ifPresentOrElse(some -> some.decided(order, this), this::countLate);
        tellPartials();
    }

    private void countLate() {
        endpoint.watcher().count(MsrpCount.COMMAND_LATE);
    }

    private static MsrpFrame.Send withoutBody(MsrpFrame.Send send) {
        return new MsrpFrame.Send(
                send.transactionId(),
                send.toPath(),
                send.fromPath(),
                send.messageId(),
                send.byteRange(),
                send.successReport(),
                send.failureReport(),
                send.contentType(),
                send.headers(),
                Unpooled.EMPTY_BUFFER,
                send.continuation());
    }

    @Override
    public void accept(MsrpConnection from, MsrpFrame.Send send) {
        if (send.failureReport() == FailureReport.YES) {
            from.respond(send, session.localPath(), MsrpStatus.OK, "OK", Optional.of(session.id()));
        }
    }

    private void refuse(MsrpConnection from, MsrpFrame.Send send, int status, String why) {
        if (send.continuation() == Continuation.UNFINISHED) {
            refusedTransaction = send.transactionId();
        }
        endpoint.refuse(from, send, status, why, Optional.of(session.id()));
    }

    /** The answer that a message waited for; a second one does nothing. */
    void answer(ExchangeId id, int status, Optional<String> comment) {
        Optional<Exchanges.Exchange> waiting = exchanges.close(id);
        if (waiting.isEmpty()) {
            String why = comment.orElse(MsrpStatus.comment(status));
            boolean before =
                    large.filter(some -> some.answered(id, status, why, this)).isPresent();
            if (!before) {
                countLate();
            }
            tellPartials();
            return;
        }
        large.ifPresent(some -> some.closed(id));
        Exchanges.Exchange exchange = waiting.get();
        messages.answered(exchange.messageId(), status);
        endpoint.load().exchangeClosed();
        exchange.connection().pressure().answered(exchange.bytes());
        String text = comment.orElse(MsrpStatus.comment(status));
        for (MsrpFrame.Send request : exchange.requests()) {
            boolean wanted = status == MsrpStatus.OK
                    ? request.failureReport() == FailureReport.YES
                    : request.failureReport() != FailureReport.NO;
            if (wanted) {
                exchange.connection().respond(request, session.localPath(), status, text, Optional.of(session.id()));
            }
        }
        if (status != MsrpStatus.OK) {
            endpoint.watcher().count(MsrpCount.REQUEST_REFUSED);
        }
    }

    void report(SendReport order, Optional<MsrpConnection> connection) {
        Optional<ReceivedMessage> message =
                messages.known(order.messageId()).filter(known -> known.wantsReport(order.status()));
        if (message.isEmpty() || connection.isEmpty() || returnPath.isEmpty()) {
            endpoint.watcher().count(MsrpCount.REPORT_LEFT_OUT);
            return;
        }
        long size = message.get().bytes();
        MsrpFrame.Report report = new MsrpFrame.Report(
                endpoint.transactionId(),
                returnPath.get(),
                session.localPath(),
                order.messageId(),
                Optional.of(new ByteRange(1, size, size)),
                order.status(),
                Optional.of(order.comment().orElse(MsrpStatus.comment(order.status()))));
        connection.get().report(report, session);
    }

    Optional<Instant> nextDeadline() {
        Optional<Instant> own = AlarmClock.earlier(exchanges.nextDeadline(), messages.nextExpiry());
        return AlarmClock.earlier(own, large.flatMap(LargeMessages::nextDeadline));
    }

    void expire(Instant now) {
        for (Exchanges.Exchange late : exchanges.expired(now)) {
            endpoint.watcher().count(MsrpCount.ANSWER_EXPIRED);
            session.announcements().takeBack(late.id());
            answer(late.id(), MsrpStatus.TIMEOUT, Optional.of("Not Answered In Time"));
        }
        large.ifPresent(some -> some.expire(now, this));
        int gone = messages.expire(now);
        for (int i = 0; i < gone; i++) {
            endpoint.watcher().count(MsrpCount.PARTIAL_EXPIRED);
        }
        tellPartials();
    }

    private void tellPartials() {
        int partials = messages.partialCount();
        if (partials != partialsTold) {
            endpoint.load().partials(partials - partialsTold);
            partialsTold = partials;
        }
    }

    /** What waits is refused, for nobody can accept it any more. */
    void close(int status) {
        exchanges.all().forEach(waiting -> answer(waiting.id(), status, Optional.empty()));
        large.ifPresent(LargeMessages::close);
        messages.clear();
        tellPartials();
    }
}
