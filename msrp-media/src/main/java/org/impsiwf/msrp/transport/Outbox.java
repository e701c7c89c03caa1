package org.impsiwf.msrp.transport;

import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.impsiwf.msrp.codec.Idents;
import org.impsiwf.msrp.event.FailureReport;
import org.impsiwf.msrp.event.MsrpCommand.SendMessage;
import org.impsiwf.msrp.event.MsrpEvent;
import org.impsiwf.msrp.event.SuccessReport;
import org.impsiwf.msrp.message.ByteRange;
import org.impsiwf.msrp.message.Continuation;
import org.impsiwf.msrp.message.MsrpFrame;
import org.impsiwf.msrp.message.MsrpPath;
import org.impsiwf.msrp.message.MsrpStatus;
import org.impsiwf.msrp.session.AcceptedTypes;
import org.impsiwf.msrp.session.Congestion;
import org.impsiwf.msrp.session.MessageLimits;
import org.impsiwf.msrp.session.OutgoingMessage;
import org.impsiwf.msrp.session.SentMessages;
import org.impsiwf.msrp.session.SessionEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The leaving side of one session: messages wait for the connection, then for their responses. Its session's mailbox. */
final class Outbox implements OutgoingMessage.Sender {
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

    /** Of a message that its sender gave up. */
    private static final int NOBODYS_FAULT = 0;

    private final MsrpSession session;
    private final MsrpEndpoint endpoint;
    private final SentMessages sent;
    /** In chat rooms. */
    private final Optional<Congestion> congestion;

    private final Deque<SendMessage> early = new ArrayDeque<>(0);
    private final Map<String, OutgoingMessage> unsettled = new LinkedHashMap<>(4);
    /** Of those that leave while they come in, by Message-ID. */
    private final Map<String, RelayLeg> legs = new HashMap<>(0);

    private long unsettledBytes;
    private Optional<MsrpPath> toPath = Optional.empty();
    private AcceptedTypes farEndTakes = AcceptedTypes.ANY;
    private OptionalLong farEndMost = OptionalLong.empty();

    Outbox(MsrpSession session, MsrpEndpoint endpoint, boolean chatroom) {
        MessageLimits limits = endpoint.settings().messages();
        this.session = session;
        this.endpoint = endpoint;
        this.sent = new SentMessages(limits.remembered());
        this.congestion = chatroom
                ? Optional.of(new Congestion(limits.roomQueued(), limits.roomQueuedBytes()))
                : Optional.empty();
    }

    void farEnd(MsrpPath path, AcceptedTypes takes, OptionalLong most) {
        toPath = Optional.of(path);
        farEndTakes = takes.types().isEmpty() ? AcceptedTypes.ANY : takes;
        farEndMost = most;
    }

    void send(SendMessage order) {
        int size = order.content().bytes().length;
        MessageLimits limits = endpoint.settings().messages();
        if (!Idents.isIdent(order.messageId())) {
            LOG.error("{}: {} is no Message-ID of RFC 4975 §9", session.id().value(), order.messageId());
            refuse(order.messageId(), MsrpStatus.BAD_REQUEST);
        } else if (session.ended()) {
            refuse(order.messageId(), MsrpStatus.NO_SUCH_SESSION);
        } else if (early.size() + unsettled.size() >= limits.queued() || unsettledBytes + size > limits.queuedBytes()) {
            refuse(order.messageId(), MsrpStatus.TIMEOUT);
        } else if (isCongested(size)) {
            refuse(order.messageId(), MsrpStatus.TIMEOUT);
        } else if (sent.add(order.messageId(), size)) {
            unsettledBytes += size;
            endpoint.load().outgoing(1);
            session.connectionInUse().ifPresentOrElse(connection -> write(order, connection), () -> early.add(order));
        }
    }

    /** RFC 7701 §6.4: a member that takes its messages too slowly goes without, and nobody waits for it. */
    private boolean isCongested(int size) {
        if (congestion.isEmpty()) {
            return false;
        }
        boolean before = congestion.get().isCongested();
        boolean admitted = congestion.get().admits(early.size() + unsettled.size(), unsettledBytes, size);
        if (!before && !admitted) {
            endpoint.watcher().count(MsrpCount.MEMBER_CONGESTED);
            LOG.info(
                    "{}: {} messages wait for a slow member, which gets no more until half of them have gone",
                    session.id().value(),
                    early.size() + unsettled.size());
        }
        return !admitted;
    }

    void connected(MsrpConnection connection) {
        while (!early.isEmpty()) {
            write(early.poll(), connection);
        }
    }

    private void write(SendMessage order, MsrpConnection connection) {
        int size = order.content().bytes().length;
        if (!farEndTakes.takes(order.content().contentType())) {
            settle(size);
            refuse(order.messageId(), MsrpStatus.UNSUPPORTED_MEDIA);
            return;
        }
        if (!fits(size)) {
            settle(size);
            refuse(order.messageId(), MsrpStatus.STOP_SENDING);
            return;
        }
        MsrpPath path = toPath.orElseThrow();
        OutgoingMessage message = new OutgoingMessage(
                path,
                session.localPath(),
                order.messageId(),
                order.content(),
                order.successReport(),
                order.failureReport(),
                path.uris().size() == 1,
                this);
        unsettled.put(order.messageId(), message);
        connection.send(message);
    }

    /** Takes part in a message that leaves while it comes in. What it holds is held once for all who take part, so it is not counted here. */
    void relay(RelayLeg leg) {
        Optional<MsrpConnection> connection = session.connectionInUse();
        boolean ready = connection.isPresent() && !isCongested(0);
        if (!ready || unsettled.containsKey(leg.messageId())) {
            miss(leg, MsrpStatus.TIMEOUT);
        } else if (!farEndTakes.takes(leg.content().contentType())) {
            miss(leg, MsrpStatus.UNSUPPORTED_MEDIA);
        } else if (!fits(leg.content().total())) {
            miss(leg, MsrpStatus.STOP_SENDING);
        } else {
            MsrpPath path = toPath.orElseThrow();
            OutgoingMessage message = OutgoingMessage.relayed(
                    path,
                    session.localPath(),
                    leg.messageId(),
                    leg.content(),
                    path.uris().size() == 1,
                    this);
            unsettled.put(leg.messageId(), message);
            legs.put(leg.messageId(), leg);
            endpoint.load().outgoing(1);
            leg.started(message, connection.get());
            connection.get().send(message);
        }
    }

    private void miss(RelayLeg leg, int status) {
        leg.ended(status);
        session.tell(new MsrpEvent.RelayedMessageMissed(session.id(), leg.messageId(), status));
    }

    /** The far end gets no more of it, and is told so. */
    void breakOff(RelayLeg leg, boolean missed) {
        OutgoingMessage message = unsettled.remove(leg.messageId());
        if (message != null) {
            session.connectionInUse().ifPresent(connection -> connection.breakOff(message));
            settle(message, missed ? MsrpStatus.TIMEOUT : NOBODYS_FAULT);
        }
    }

    /** Whether our far end takes messages of that size. */
    private boolean fits(long bytes) {
        return farEndMost.isEmpty() || farEndMost.getAsLong() <= 0 || bytes <= farEndMost.getAsLong();
    }

    /** RFC 4975 §7.1: traffic with nothing to render. */
    MsrpFrame.Send bodiless(String transactionId) {
        return new MsrpFrame.Send(
                transactionId,
                toPath.orElseThrow(),
                session.localPath(),
                endpoint.transactionId(),
                ByteRange.NOTHING,
                SuccessReport.NO,
                FailureReport.YES,
                "",
                List.of(),
                Unpooled.EMPTY_BUFFER,
                Continuation.COMPLETE);
    }

    // ---- from the connection's loop

    @Override
    public void accepted(OutgoingMessage message) {
        session.fromConnection(() -> {
            if (unsettled.remove(message.messageId(), message)) {
                endpoint.watcher().count(MsrpCount.MESSAGE_ACCEPTED);
                settle(message, MsrpStatus.OK);
            }
        });
    }

    @Override
    public void refused(OutgoingMessage message, int status) {
        session.fromConnection(() -> {
            if (unsettled.remove(message.messageId(), message)) {
                settle(message, status);
                goneIfSaid(status);
            }
        });
    }

    @Override
    public void refusedLate(OutgoingMessage message, int status) {
        session.fromConnection(() -> session.tell(
                new MsrpEvent.ReportReceived(session.id(), message.messageId(), status, Optional.empty())));
    }

    private void goneIfSaid(int status) {
        // RFC 4975 §10.8, §10.10: nothing more can be sent in this session.
        if (status == MsrpStatus.NO_SUCH_SESSION || status == MsrpStatus.BOUND_ELSEWHERE) {
            session.happened(new SessionEvent.FarEndGone(status), Optional.empty());
        }
    }

    /** Tells what became of a message. */
    private void settle(OutgoingMessage message, int status) {
        settle(message.size());
        RelayLeg leg = legs.remove(message.messageId());
        if (leg != null) {
            leg.ended(status);
            if (status != MsrpStatus.OK && status != NOBODYS_FAULT) {
                session.tell(new MsrpEvent.RelayedMessageMissed(session.id(), message.messageId(), status));
            }
        } else if (status == MsrpStatus.OK) {
            session.tell(new MsrpEvent.MessageAccepted(session.id(), message.messageId()));
        } else {
            refuse(message.messageId(), status);
        }
    }

    private void settle(int size) {
        unsettledBytes -= size;
        endpoint.load().outgoing(-1);
    }

    private void refuse(String messageId, int status) {
        endpoint.watcher().count(MsrpCount.MESSAGE_REFUSED);
        session.tell(new MsrpEvent.MessageRefused(session.id(), messageId, status));
    }

    void reported(MsrpFrame.Report report) {
        endpoint.watcher().count(MsrpCount.REPORT_RECEIVED);
        OutgoingMessage underWay = unsettled.get(report.messageId());
        if (underWay != null && report.status() != MsrpStatus.OK) {
            // RFC 4975 §7.3.2: a failure REPORT is like a failure response; the chunk that is being written is aborted.
            unsettled.remove(report.messageId());
            session.connectionInUse().ifPresent(connection -> connection.giveUp(underWay));
            settle(underWay, report.status());
            goneIfSaid(report.status());
            return;
        }
        Optional<Integer> status = sent.report(report);
        if (status.isEmpty()) {
            endpoint.watcher().count(MsrpCount.REPORT_UNKNOWN);
            return;
        }
        session.tell(new MsrpEvent.ReportReceived(session.id(), report.messageId(), status.get(), report.comment()));
        goneIfSaid(status.get());
    }

    /** The session leaves the connection: what is on its way there goes no further. */
    void giveUp(MsrpConnection connection) {
        unsettled.values().forEach(connection::giveUp);
    }

    /** Whatever was not accepted is refused: nobody will hear of it any more. */
    void close() {
        List<OutgoingMessage> left = List.copyOf(unsettled.values());
        unsettled.clear();
        for (OutgoingMessage message : left) {
            settle(message, MsrpStatus.TIMEOUT);
        }
        for (SendMessage order = early.poll(); order != null; order = early.poll()) {
            settle(order.content().bytes().length);
            refuse(order.messageId(), MsrpStatus.TIMEOUT);
        }
        sent.clear();
    }
}
