package org.impsiwf.ssp.server;

import io.netty.channel.EventLoop;
import java.time.Instant;
import java.util.Optional;
import org.impsiwf.ssp.codec.Decoded;
import org.impsiwf.ssp.codec.Dialect;
import org.impsiwf.ssp.codec.SspMessage;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.TransactionId;
import org.impsiwf.ssp.session.PairDecision;
import org.impsiwf.ssp.session.PairEffect;
import org.impsiwf.ssp.session.PairEvent;
import org.impsiwf.ssp.session.PairState;
import org.impsiwf.ssp.session.Session;
import org.impsiwf.ssp.transport.IncomingConnection;

/** All that we have to do with one peer. Confined to its event loop, except where a method says otherwise. */
final class Peer implements PeerScope, SessionKeeper.Executor {

    private final PeerSettings settings;
    private final ServerScope server;
    private final EventLoop loop;
    private final PeerLink link;
    private final PeerServices services;
    private final PeerRequests requests;
    private final PeerTransactions transactions;
    private final KeepAlives keepAlives;
    private final IncomingLines incoming = new IncomingLines();
    private final SessionKeeper keeper;
    private final SetUpMessages setUpMessages;
    private final PairEffects effects;
    private final SessionMessages messages;
    private final RedirectMesh mesh;
    private final OtherVersion otherVersion;
    private final PeerShare share;

    private boolean flushPlanned;
    private Optional<Session> session = Optional.empty();
    private Optional<String> lastError = Optional.empty();

    Peer(PeerSettings settings, ServerScope server, EventLoop loop) {
        this.settings = settings;
        this.server = server;
        this.loop = loop;
        setUpMessages = new SetUpMessages(server.self(), settings.dialect());
        link = server.link(settings, loop, new PeerLinkReports(this, server));
        String domain = settings.serviceId().domain();
        var calls = new StoreCalls(loop, domain);
        mesh = new RedirectMesh(this);
        services = new PeerServices(this, server.acceptedContentTypes());
        requests = new PeerRequests(
                this,
                new Originals(
                        server.originals(), calls, domain, settings.dialect().inSession()));
        transactions = new PeerTransactions(
                this,
                services,
                new AnswerStore(
                        server.answers(), calls, domain, settings.timing().remember()));
        keepAlives = new KeepAlives(this, requests);
        effects = new PairEffects(this, server, setUpMessages);
        messages = new SessionMessages(this, requests, transactions);
        otherVersion = new OtherVersion(this, setUpMessages);
        var stored = new PairRecord(server.pairs(), domain, server.nodes());
        keeper = server.keeper(settings, loop, stored, this);
        share = new PeerShare(this, server, stored);
    }

    @Override
    public void carryOut(PairDecision decision, Optional<IncomingConnection> carrier) {
        effects.carryOut(decision.effects(), carrier);
        messages.release();
        link.flush();
    }

    @Override
    public void notStored() {
        share.tenure().look();
    }

    /**
     * Goes on where another node has stopped.
     *
     * @return whether a session is open
     */
    boolean resume(PairState left) {
        Optional<Session> open = keeper.resume(left);
        open.ifPresent(effects::resumed);
        link.flush();
        return open.isPresent();
    }

    /** Another node goes on from here: nothing of it is left here, and the peer is told nothing. */
    void giveUp() {
        keeper.giveUp();
        effects.giveUp();
        session = Optional.empty();
        keepAlives.sessionEnded();
        services.sessionEnded();
        mesh.giveUp();
        messages.giveUp();
        requests.giveUp();
        transactions.giveUp();
        incoming.giveUp();
        link.giveUp();
    }

    /** A set-up message, perhaps of this peer: nothing of it is believed before a digest is verified. */
    void receiveSetUp(Optional<IncomingConnection> from, SspMessage.SetUp message) {
        if (acting() && !otherVersion.refuses(message, from)) {
            keeper.tell(setUpMessages.event(message, session, from.flatMap(mesh::ourHost)), from);
        }
    }

    /** A message that names a session. */
    void receiveInSession(Optional<IncomingConnection> from, SspMessage.InSession message, Decoded decoded) {
        if (acting()) {
            messages.received(from, message, decoded);
            link.flush();
        }
    }

    void pairAdded(PairEffect.PairAdded added) {
        session = Optional.of(added.session());
        mesh.added(added.session(), added.binding());
    }

    /** A connection that carries what is the peer's is one of the peer's, until it closes. */
    void adopt(IncomingConnection line) {
        if (incoming.heard(line, now())) {
            line.onClose(() -> onLoop(() -> incoming.closed(line)));
        }
    }

    void carryOut(SspCommand command) {
        switch (command) {
            case SspCommand.SendRequest order -> requests.order(order.request(), order.primitive());
            case SspCommand.Answer answer ->
                transactions.answer(answer.transaction().transactionId(), answer.response());
        }
    }

    /** Once per turn of the loop: what was ordered in the same turn leaves together. */
    @Override
    public void flushSoon() {
        if (!flushPlanned) {
            flushPlanned = true;
            loop.execute(() -> {
                flushPlanned = false;
                link.flush();
            });
        }
    }

    /** The server stops: nothing comes any more. */
    void stop() {
        session = Optional.empty();
        if (server.nodes().alone()) {
            requests.failAll();
        } else {
            // Who ordered on another node gives it to the next holder.
            requests.giveUp();
            share.stop();
        }
        link.close();
        link.closeNow();
        incoming.closeAll();
    }

    /** Looks at every deadline. */
    void tick() {
        Instant now = now();
        share.tick(now);
        if (!share.acting()) {
            return;
        }
        keeper.tick(now);
        requests.tick(now);
        transactions.tick(now);
        keepAlives.tick(now);
        services.tick(now);
        mesh.tick(now);
        if (session.isPresent()) {
            effects.expireLines(session.get(), now);
        }
        link.flush();
    }

    /** @param resumed another node has opened it */
    void sessionOpened(Session opened, boolean resumed) {
        session = Optional.of(opened);
        incoming.sessionOpened(opened.peerLifetime(), now());
        transactions.sessionOpened();
        if (resumed) {
            mesh.sessionResumed(opened);
        } else {
            mesh.sessionOpened(opened);
        }
        link.lines().want(settings.limits().connectionPairs());
        services.sessionOpened();
        link.lines().openLines().forEach(line -> keepAlives.opened(line, false));
    }

    void sessionEnded(String cause) {
        session = Optional.empty();
        lastError = Optional.of(cause);
        keepAlives.sessionEnded();
        services.sessionEnded();
        mesh.sessionEnded();
        link.dropSession();
        requests.sessionLost();
    }

    void agreementMade(PairEffect.AgreementMade made) {
        session = Optional.of(made.session());
        services.made(made.confirms());
    }

    void loginFailed(String cause) {
        lastError = Optional.of(cause);
        link.lines().dropStrays();
        if (session.isEmpty()) {
            requests.failUnsent();
        }
    }

    void closeConnections() {
        link.close();
        incoming.closeAll();
    }

    @Override
    public void endSession(String cause) {
        keeper.tell(new PairEvent.TrustLost(cause));
    }

    @Override
    public void sessionUnknownToPeer() {
        keeper.tell(new PairEvent.SessionUnknownToPeer());
    }

    @Override
    public PeerSettings settings() {
        return settings;
    }

    @Override
    public ServiceId self() {
        return server.self();
    }

    @Override
    public Instant now() {
        return server.clock().instant();
    }

    @Override
    public PeerLink link() {
        return link;
    }

    @Override
    public Optional<Session> session() {
        return session;
    }

    @Override
    public boolean sessionExpected() {
        return keeper.sessionExpected();
    }

    @Override
    public void tell(SspEvent event) {
        share.tell(event);
    }

    @Override
    public boolean acting() {
        return share.acting();
    }

    @Override
    public void count(Counted what, String detail) {
        server.counters().count(what, Optional.of(settings.serviceId()), detail);
    }

    @Override
    public void trace(boolean sent, Primitive primitive, String transactionId, Optional<OutgoingTable.Entry> ours) {
        server.trace()
                .seen(new SspTrace.Seen(
                        now(), sent, settings.serviceId(), primitive, transactionId, ours.flatMap(e -> e.request)));
    }

    EventLoop loop() {
        return loop;
    }

    SessionKeeper keeper() {
        return keeper;
    }

    PeerShare share() {
        return share;
    }

    /** At once on the event loop, soon from elsewhere; never when the server has stopped. */
    void onLoop(Runnable work) {
        PeerLoops.run(this, work);
    }

    PeerRequests requests() {
        return requests;
    }

    PeerTransactions transactions() {
        return transactions;
    }

    RedirectMesh mesh() {
        return mesh;
    }

    OtherVersion otherVersion() {
        return otherVersion;
    }

    PeerServices services() {
        return services;
    }

    /** Whether there is more to say to it than the steps of a login and requests. */
    boolean knowsMoreThanLogin() {
        return settings.dialect().inSession().ending() == Dialect.Ending.LOGOUT;
    }

    @Override
    public boolean servicesSettled() {
        return services.settled();
    }

    @Override
    public Optional<StatusCode> objectionToOurs(Primitive primitive) {
        return services.objectionToOurs(primitive);
    }

    /** What holds in the session, also when another node runs it. */
    Optional<PeerAgreement> agreement() {
        return session.map(open ->
                        new PeerAgreement(services.provided(), services.requested(), services.theirContentTypes()))
                .or(() -> share.elsewhere().flatMap(Reply.Standing::agreement));
    }

    IncomingLines incoming() {
        return incoming;
    }

    KeepAlives keepAlives() {
        return keepAlives;
    }

    boolean quiet() {
        return requests.open() == 0 && share.openOrders() == 0 && transactions.open() == 0 && link.queued() == 0;
    }

    /** Whether another node would not have to guess what we were about to say. */
    boolean betweenTransactions() {
        return transactions.open() == 0 && link.queued() == 0 && !keeper.busy();
    }

    void failAll() {
        requests.failAll();
        share.stop();
    }

    /** Whether this id is that of a login of this peer. */
    boolean knows(TransactionId setUp) {
        return PairEffects.knows(keeper.state(), setUp);
    }

    /** For people to see. */
    void failed(String cause) {
        lastError = Optional.of(cause);
    }

    Optional<String> lastError() {
        return lastError;
    }

    PeerSnapshot snapshot() {
        return share.elsewhere().map(Reply.Standing::snapshot).orElseGet(() -> PeerSnapshot.of(this));
    }
}
