package org.impsiwf.msrp.transport;

import io.netty.channel.EventLoop;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.impsiwf.msrp.event.MsrpCommand;
import org.impsiwf.msrp.event.MsrpCommand.ConnectSession;
import org.impsiwf.msrp.event.MsrpCommand.PrepareSession;
import org.impsiwf.msrp.event.MsrpEvent;
import org.impsiwf.msrp.event.MsrpSessionId;
import org.impsiwf.msrp.message.MsrpFrame;
import org.impsiwf.msrp.message.MsrpPath;
import org.impsiwf.msrp.message.MsrpStatus;
import org.impsiwf.msrp.message.MsrpUri;
import org.impsiwf.msrp.session.AcceptedTypes;
import org.impsiwf.msrp.session.ConnectionId;
import org.impsiwf.msrp.session.SessionEffect;
import org.impsiwf.msrp.session.SessionEvent;
import org.impsiwf.msrp.session.SessionMachine.Decision;
import org.impsiwf.msrp.session.SessionState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One session: carries out what {@link org.impsiwf.msrp.session.SessionMachine} decides. Everything happens in its mailbox, which runs
 * on the loop of its connection, so nothing in here is locked.
 */
final class MsrpSession {
    private static final Logger LOG = LoggerFactory.getLogger(MsrpSession.class);

    private final MsrpSessionId id;
    private final MsrpEndpoint endpoint;
    private final MsrpUri local;
    private final MsrpPath localPath;
    private final Mailbox mailbox = new Mailbox();
    private final AlarmClock alarms;
    private final Inbox inbox;
    private final Outbox outbox;
    private final Nicknames nicknames;
    private final Announcements announcements;
    private final Optional<RelayLogin> relay;
    private volatile EventLoop home;
    private SessionState state = new SessionState.Prepared();
    private Optional<MsrpConnection> connection = Optional.empty();
    private Optional<ConnectSession> farEnd = Optional.empty();
    private Optional<Fingerprint> fingerprint = Optional.empty();

    MsrpSession(PrepareSession order, MsrpUri local, MsrpEndpoint endpoint, EventLoop home) {
        this.id = order.session();
        this.endpoint = endpoint;
        this.local = local;
        this.localPath = MsrpPath.of(local);
        this.home = home;
        this.announcements = new Announcements(this::tell);
        this.alarms = new AlarmClock(endpoint.time(), () -> order(this::alarmRang));
        this.inbox = new Inbox(
                this, endpoint, new AcceptedTypes(order.acceptTypes(), order.acceptWrappedTypes()), order.chatroom());
        this.outbox = new Outbox(this, endpoint, order.chatroom());
        this.nicknames = new Nicknames(this, endpoint, order.chatroom());
        this.relay = order.relay().map(access -> new RelayLogin(access, this, endpoint));
    }

    MsrpSessionId id() {
        return id;
    }

    MsrpUri local() {
        return local;
    }

    /** In the mailbox. */
    Outbox outbox() {
        return outbox;
    }

    MsrpPath localPath() {
        return localPath;
    }

    /** Through which relays of ours a request goes first; empty without one. */
    Optional<MsrpPath> usePath() {
        return relay.flatMap(RelayLogin::usePath);
    }

    // ---- from any thread

    /** An order of the gateway, or of a clock. */
    void order(Runnable task) {
        mailbox.runOn(home, task);
    }

    /** A request to our URI came. Event loop of the connection. */
    void received(MsrpConnection from, MsrpFrame.Request request) {
        mailbox.runHere(() -> handle(from, request));
    }

    void connectionLost(ConnectionId lost, String cause) {
        order(() -> happened(new SessionEvent.ConnectionLost(lost, cause), Optional.empty()));
    }

    /** On the connection's loop. */
    void fromConnection(Runnable task) {
        mailbox.runHere(task);
    }

    // ---- orders, in the mailbox

    void start() {
        if (relay.isPresent()) {
            relay.get().start();
        } else {
            tell(new MsrpEvent.SessionPrepared(id, endpoint.describe(local, localPath)));
        }
    }

    /** Our relay let us in. */
    void relayReady(MsrpConnection relayConnection, MsrpPath path) {
        tell(new MsrpEvent.SessionPrepared(id, endpoint.describe(local, path)));
        connection = Optional.of(relayConnection);
    }

    void relayFailed(String cause) {
        happened(new SessionEvent.ConnectionLost(new ConnectionId(0), cause), Optional.empty());
    }

    void connect(ConnectSession order) {
        if (farEnd.isPresent()) {
            return; // a repeat
        }
        try {
            MsrpPath path = MsrpPath.parse(String.join(" ", order.remotePath()));
            fingerprint = order.fingerprint().filter(value -> local.secure()).map(Fingerprint::parse);
            farEnd = Optional.of(order);
            outbox.farEnd(
                    usePath().map(relays -> relays.then(path)).orElse(path),
                    new AcceptedTypes(order.acceptTypes(), List.of()),
                    order.maxSize());
            boolean trusted = connection.map(this::trusts).orElse(true);
            happened(new SessionEvent.FarEndKnown(path, order.active(), trusted), Optional.empty());
            if (relay.isPresent() && connection.isPresent()) {
                MsrpConnection relays = connection.get();
                happened(new SessionEvent.ConnectionOpened(relays.id()), connection);
            }
        } catch (IllegalArgumentException malformed) {
            fail("the far end's path or fingerprint is malformed: " + malformed.getMessage());
        }
    }

    private void fail(String cause) {
        state = new SessionState.Ended(cause);
        carryOut(new SessionEffect.AnnounceFailed(cause), Optional.empty());
    }

    void send(MsrpCommand.SendMessage order) {
        outbox.send(order);
    }

    void answer(MsrpCommand.AnswerMessage order) {
        inbox.answer(order.exchange(), order.status(), order.comment());
        setAlarm();
    }

    void answer(MsrpCommand.AnswerNickname order) {
        nicknames.answer(order);
        setAlarm();
    }

    void decided(MsrpCommand.OfLargeMessage order) {
        inbox.decided(order);
        setAlarm();
    }

    void report(MsrpCommand.SendReport order) {
        inbox.report(order, connection);
    }

    void close() {
        happened(new SessionEvent.CloseOrdered(), Optional.empty());
    }

    // ---- events

    private void handle(MsrpConnection from, MsrpFrame.Request request) {
        trace(request);
        switch (request) {
            case MsrpFrame.Send send -> {
                try {
                    if (isOfFarEnd(from, send)) {
                        inbox.admit(from, send); // what the machine says too, without its detour
                        setAlarm();
                    } else {
                        arrived(from, send);
                    }
                } finally {
                    send.body().release();
                }
            }
            case MsrpFrame.Report report -> reported(from, report);
            case MsrpFrame.Other other -> other(from, other);
            case MsrpFrame.Malformed malformed -> endpoint.malformed(from, malformed, Optional.of(id));
        }
    }

    private boolean isOfFarEnd(MsrpConnection from, MsrpFrame.Request request) {
        return state instanceof SessionState.Connected bound
                && bound.connection().equals(from.id())
                && bound.farEnd().last().equals(request.fromPath().last());
    }

    private void other(MsrpConnection from, MsrpFrame.Other request) {
        if (!nicknames.takes(request)) {
            endpoint.refuse(from, request, MsrpStatus.UNKNOWN_METHOD, "Unknown Method", Optional.of(id));
        } else if (isOfFarEnd(from, request)) {
            nicknames.requested(from, request);
            setAlarm();
        } else {
            // Not a word on whether there is such a session: whoever asks is not its far end.
            endpoint.refuse(from, request, MsrpStatus.NO_SUCH_SESSION, "No Such Session", Optional.of(id));
        }
    }

    private void arrived(MsrpConnection from, MsrpFrame.Send send) {
        inbox.present(from, send);
        happened(new SessionEvent.SendArrived(from.id(), send.fromPath(), trusts(from)), Optional.of(from));
    }

    private boolean trusts(MsrpConnection candidate) {
        boolean ourRelay = relay.isPresent()
                && connection.filter(bound -> bound == candidate).isPresent();
        return ourRelay || (local.secure() == candidate.secure() && candidate.shows(fingerprint));
    }

    private void reported(MsrpConnection from, MsrpFrame.Report report) {
        if (!isOfFarEnd(from, report)) {
            endpoint.watcher().count(MsrpCount.REPORT_UNKNOWN);
            return;
        }
        outbox.reported(report);
    }

    void happened(SessionEvent event, Optional<MsrpConnection> about) {
        SessionState before = state;
        Decision decision =
                endpoint.machine().decide(before, event, endpoint.time().now());
        state = decision.next();
        if (LOG.isDebugEnabled() && !before.equals(state)) {
            LOG.debug("{}: {} -> {}", id.value(), before, state);
        }
        for (SessionEffect effect : decision.effects()) {
            carryOut(effect, about);
        }
        setAlarm();
    }

    private void carryOut(SessionEffect effect, Optional<MsrpConnection> about) {
        switch (effect) {
            case SessionEffect.OpenConnection e -> openConnection();
            case SessionEffect.JoinConnection e -> about.ifPresent(this::join);
            case SessionEffect.LeaveConnection e -> leave(e.connection());
            case SessionEffect.SendFirst e -> about.ifPresent(this::sendFirst);
            case SessionEffect.Admit e -> inbox.admitPresent();
            case SessionEffect.Refuse e -> inbox.refusePresent(e.status());
            case SessionEffect.AnnounceConnected e -> connected();
            case SessionEffect.AnnounceFailed e -> failed(e.cause());
            case SessionEffect.Forget e -> forget();
        }
    }

    private void openConnection() {
        if (relay.isEmpty()) {
            ConnectSession order = farEnd.orElseThrow();
            MsrpUri first = MsrpUri.parse(order.remotePath().getFirst().split(" ")[0]);
            endpoint.open(first, order.connectTo(), fingerprint, new Arrival(this));
        }
    }

    void join(MsrpConnection joined) {
        connection = Optional.of(joined);
        home = joined.loop();
        joined.join(this);
    }

    private void leave(ConnectionId left) {
        if (ended()) {
            return; // leaving is part of forgetting
        }
        connection.filter(bound -> bound.id().equals(left)).ifPresent(bound -> {
            outbox.giveUp(bound);
            // Who claimed the session was not its far end: nothing of theirs is handed over.
            announcements.drop();
            inbox.close(MsrpStatus.NO_SUCH_SESSION);
            nicknames.close(MsrpStatus.NO_SUCH_SESSION);
            bound.leave(this);
            connection = Optional.empty();
        });
    }

    private void sendFirst(MsrpConnection to) {
        to.request(
                transactionId -> outbox.bodiless(transactionId),
                this,
                (status, response) ->
                        fromConnection(() -> happened(new SessionEvent.FirstSendAnswered(status), Optional.empty())));
    }

    /** Asks the far end for a sign of life; that any response comes is enough. */
    void probe(MsrpConnection silent) {
        silent.request(transactionId -> outbox.bodiless(transactionId), this, (status, response) -> {
            if (status == MsrpStatus.NO_SUCH_SESSION) {
                fromConnection(() -> happened(new SessionEvent.FarEndGone(status), Optional.empty()));
            }
        });
    }

    private void connected() {
        announcements.begin(new MsrpEvent.SessionConnected(id));
        connection.ifPresent(outbox::connected);
    }

    private void failed(String cause) {
        endpoint.watcher().count(MsrpCount.SESSION_FAILED);
        LOG.info("{} failed: {}", id.value(), cause);
        forget();
        tell(new MsrpEvent.SessionFailed(id, cause));
    }

    private void forget() {
        alarms.stop();
        announcements.drop();
        inbox.close(MsrpStatus.NO_SUCH_SESSION);
        nicknames.close(MsrpStatus.NO_SUCH_SESSION);
        connection.ifPresent(outbox::giveUp);
        outbox.close();
        relay.ifPresent(RelayLogin::stop);
        // After the answers: the connection may close with its last session.
        connection.ifPresent(bound -> bound.leave(this));
        connection = Optional.empty();
        endpoint.forget(this);
    }

    Announcements announcements() {
        return announcements;
    }

    void tell(MsrpEvent event) {
        endpoint.tell(event);
    }

    Optional<MsrpConnection> connectionInUse() {
        return announcements.connected() ? connection : Optional.empty();
    }

    boolean ended() {
        return state instanceof SessionState.Ended;
    }

    private void trace(MsrpFrame.Request request) {
        if (endpoint.watcher().traces()) {
            int body = request instanceof MsrpFrame.Send send ? send.body().readableBytes() : 0;
            endpoint.watcher().frame(true, Optional.of(id), request.startLine(), body);
        }
    }

    // ---- deadlines

    void setAlarm() {
        if (ended()) {
            return;
        }
        Optional<Instant> giveUp = switch (state) {
            case SessionState.Awaiting s -> Optional.of(s.giveUpAt());
            case SessionState.Opening s -> Optional.of(s.giveUpAt());
            case SessionState.Binding s -> Optional.of(s.giveUpAt());
            case SessionState.Prepared _, SessionState.Claimed _, SessionState.Connected _, SessionState.Ended _ ->
                Optional.empty();
        };
        Optional<Instant> answers = AlarmClock.earlier(inbox.nextDeadline(), nicknames.nextDeadline());
        alarms.set(AlarmClock.earlier(giveUp, answers));
    }

    private void alarmRang() {
        alarms.rang();
        if (ended()) {
            return;
        }
        inbox.expire(endpoint.time().now());
        nicknames.expire(endpoint.time().now());
        happened(new SessionEvent.DeadlineReached(), Optional.empty());
    }
}
