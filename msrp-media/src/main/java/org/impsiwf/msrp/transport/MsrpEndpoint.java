package org.impsiwf.msrp.transport;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.impsiwf.msrp.event.FailureReport;
import org.impsiwf.msrp.event.MsrpCommand;
import org.impsiwf.msrp.event.MsrpCommand.AnswerMessage;
import org.impsiwf.msrp.event.MsrpCommand.AnswerNickname;
import org.impsiwf.msrp.event.MsrpCommand.CloseSession;
import org.impsiwf.msrp.event.MsrpCommand.ConnectSession;
import org.impsiwf.msrp.event.MsrpCommand.HostPort;
import org.impsiwf.msrp.event.MsrpCommand.OfLargeMessage;
import org.impsiwf.msrp.event.MsrpCommand.PrepareSession;
import org.impsiwf.msrp.event.MsrpCommand.SendMessage;
import org.impsiwf.msrp.event.MsrpCommand.SendReport;
import org.impsiwf.msrp.event.MsrpEvent;
import org.impsiwf.msrp.event.MsrpSessionId;
import org.impsiwf.msrp.event.MsrpSide;
import org.impsiwf.msrp.message.MsrpFrame;
import org.impsiwf.msrp.message.MsrpPath;
import org.impsiwf.msrp.message.MsrpStatus;
import org.impsiwf.msrp.message.MsrpUri;
import org.impsiwf.msrp.session.MemoryBudget;
import org.impsiwf.msrp.session.SessionMachine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The MSRP edge (RFC 4975): listens, connects, and keeps the sessions. {@link #start} binds; {@link #close} lets go of everything.
 * Safe from any thread.
 */
public final class MsrpEndpoint implements MsrpSide, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MsrpEndpoint.class);
    private static final Duration QUIET = Duration.ofSeconds(5);
    /** RFC 4976 §8: where a relay is that names no port. */
    private static final int DEFAULT_PORT = 2855;

    private final MsrpSettings settings;
    private final Listener listener;
    private final MsrpWatcher watcher;
    private final EventLoopGroup loops;
    private final MsrpTime time;
    private final Tls tls;
    private final Connections connections;
    private final SessionMachine machine;
    private final MemoryBudget partialBudget;
    private final List<Bound> bound = new ArrayList<>();
    private final Map<MsrpSessionId, MsrpSession> sessions = new ConcurrentHashMap<>();
    /** By the session-id of our URI. */
    private final Map<String, MsrpSession> byUri = new ConcurrentHashMap<>();

    private final Load load = new Load();
    private volatile boolean draining;

    private record Bound(Channel channel, HostPort advertised) {}

    private MsrpEndpoint(
            MsrpSettings settings, Listener listener, MsrpWatcher watcher, EventLoopGroup loops, MsrpTime time) {
        this.settings = settings;
        this.listener = listener;
        this.watcher = watcher;
        this.loops = loops;
        this.time = time;
        this.tls = new Tls(settings);
        this.connections = new Connections(this, loops, tls);
        this.machine = new SessionMachine(settings.timeouts().bind());
        this.partialBudget = MemoryBudget.of(settings.messages().partialBytes());
    }

    /** Listens. @throws IOException if a port is taken; its message names address and port */
    public static MsrpEndpoint start(MsrpSettings settings, Listener listener, MsrpWatcher watcher) throws IOException {
        EventLoopGroup loops = newLoops(settings);
        return start(settings, listener, watcher, loops, new EventLoopTime(loops));
    }

    /** The same with another clock. */
    public static MsrpEndpoint start(MsrpSettings settings, Listener listener, MsrpWatcher watcher, MsrpTime time)
            throws IOException {
        return start(settings, listener, watcher, newLoops(settings), time);
    }

    private static EventLoopGroup newLoops(MsrpSettings settings) {
        return new MultiThreadIoEventLoopGroup(
                settings.eventLoops(), new DefaultThreadFactory("msrp", true), NioIoHandler.newFactory());
    }

    private static MsrpEndpoint start(
            MsrpSettings settings, Listener listener, MsrpWatcher watcher, EventLoopGroup loops, MsrpTime time)
            throws IOException {
        MsrpEndpoint endpoint = new MsrpEndpoint(settings, listener, watcher, loops, time);
        try {
            for (MsrpSettings.Listen listen : settings.listeners()) {
                endpoint.bind(listen);
            }
            return endpoint;
        } catch (IOException taken) {
            endpoint.close();
            throw taken;
        }
    }

    private void bind(MsrpSettings.Listen listen) throws IOException {
        Channel channel;
        try {
            channel = new ServerBootstrap()
                    .group(loops)
                    .channel(NioServerSocketChannel.class)
                    .option(ChannelOption.SO_REUSEADDR, true)
                    .option(ChannelOption.SO_BACKLOG, 1024)
                    .childOption(ChannelOption.TCP_NODELAY, true)
                    .childOption(ChannelOption.SO_KEEPALIVE, true)
                    .childHandler(connections.accepting())
                    .bind(new InetSocketAddress(listen.host(), listen.port()))
                    .syncUninterruptibly()
                    .channel();
        } catch (Exception refused) { // Netty throws the IOException of the socket without declaring it
            throw new IOException(
                    "cannot listen for MSRP on " + listen.host() + ":" + listen.port() + ": " + refused.getMessage(),
                    refused);
        }
        int port = ((InetSocketAddress) channel.localAddress()).getPort();
        bound.add(new Bound(channel, listen.advertised().orElse(new HostPort(listen.host(), port))));
        LOG.info("MSRP listens on {}:{}", listen.host(), port);
    }

    /** Where far ends reach us, in the order of the settings, with the ports that were bound. */
    public List<HostPort> advertised() {
        return bound.stream().map(Bound::advertised).toList();
    }

    /** The fingerprint of our certificate as {@code a=fingerprint} says it. */
    public String fingerprint() {
        return tls.fingerprint().orElseThrow();
    }

    @Override
    public void execute(MsrpCommand command) {
        if (command instanceof PrepareSession order) {
            prepare(order);
            return;
        }
        MsrpSession session = sessions.get(command.session());
        if (session == null) {
            late(command);
            return;
        }
        switch (command) {
            case PrepareSession order -> {}
            case ConnectSession order -> session.order(() -> session.connect(order));
            case SendMessage order -> session.order(() -> session.send(order));
            case AnswerMessage order -> session.order(() -> session.answer(order));
            case SendReport order -> session.order(() -> session.report(order));
            case AnswerNickname order -> session.order(() -> session.answer(order));
            case OfLargeMessage order -> session.order(() -> session.decided(order));
            case CloseSession order -> session.order(session::close);
        }
    }

    private void prepare(PrepareSession order) {
        if (draining || sessions.size() >= settings.maxSessions()) {
            tell(new MsrpEvent.SessionFailed(order.session(), draining ? "shutting down" : "too many sessions"));
            return;
        }
        HostPort ours = near(order.farHost());
        MsrpUri uri = MsrpUri.of(order.secure(), ours.host(), ours.port(), TransactionIds.ofSession());
        MsrpSession session = new MsrpSession(order, uri, this, loops.next());
        if (sessions.putIfAbsent(order.session(), session) == null) {
            byUri.put(uri.sessionId(), session);
            session.order(session::start);
        }
    }

    /** A listener of the far end's address family. */
    private HostPort near(Optional<String> farHost) {
        boolean wanted6 = farHost.map(NetUtil::isValidIpV6Address).orElse(false);
        boolean wanted4 = farHost.map(NetUtil::isValidIpV4Address).orElse(false);
        return advertised().stream()
                .filter(ours -> !wanted6 || NetUtil.isValidIpV6Address(ours.host()))
                .filter(ours -> !wanted4 || !NetUtil.isValidIpV6Address(ours.host()))
                .findFirst()
                .orElse(bound.getFirst().advertised());
    }

    /** The session is not there, or no longer. */
    private void late(MsrpCommand command) {
        watcher.count(MsrpCount.COMMAND_LATE);
        switch (command) {
            case SendMessage order ->
                tell(new MsrpEvent.MessageRefused(order.session(), order.messageId(), MsrpStatus.NO_SUCH_SESSION));
            case ConnectSession order -> tell(new MsrpEvent.SessionFailed(order.session(), "no such session"));
            case PrepareSession _,
                    AnswerMessage _,
                    SendReport _,
                    AnswerNickname _,
                    OfLargeMessage _,
                    CloseSession _ -> {}
        }
    }

    // ---- what connections bring

    /** RFC 4975 §7.3: the To-Path of a request is one URI, that of an existing session. */
    void dispatch(MsrpConnection from, MsrpFrame.Request request) {
        MsrpUri wanted = request.toPath().first();
        MsrpSession session = byUri.get(wanted.sessionId());
        if (session != null
                && session.local().equals(wanted)
                && request.toPath().uris().size() == 1) {
            session.received(from, request);
            return;
        }
        if (watcher.traces()) {
            watcher.frame(true, Optional.empty(), request.startLine(), 0);
        }
        switch (request) {
            case MsrpFrame.Malformed malformed -> malformed(from, malformed, Optional.empty());
            default -> refuse(from, request, MsrpStatus.NO_SUCH_SESSION, "No Such Session", Optional.empty());
        }
        if (request instanceof MsrpFrame.Send send) {
            send.body().release();
        }
    }

    void malformed(MsrpConnection from, MsrpFrame.Malformed request, Optional<MsrpSessionId> session) {
        watcher.count(MsrpCount.REQUEST_MALFORMED);
        refuse(from, request, MsrpStatus.BAD_REQUEST, "Bad Request: " + request.reason(), session);
    }

    /** Counts, logs, and answers where an answer is wanted. */
    void refuse(
            MsrpConnection from, MsrpFrame.Request request, int status, String why, Optional<MsrpSessionId> session) {
        watcher.count(MsrpCount.REQUEST_REFUSED);
        from.logRefusal(request.method(), status, why);
        boolean wanted = switch (request) {
            case MsrpFrame.Send send -> send.failureReport() != FailureReport.NO;
            case MsrpFrame.Report report -> false; // RFC 4975 §7.1.2
            case MsrpFrame.Malformed malformed ->
                malformed.failureReport() != FailureReport.NO
                        && !malformed.method().equals("REPORT");
            case MsrpFrame.Other other -> true;
        };
        if (wanted) {
            from.respond(request, MsrpPath.of(request.toPath().first()), status, why, session);
        }
    }

    Optional<MsrpSessionId> sessionOf(MsrpPath ourPath) {
        return Optional.ofNullable(byUri.get(ourPath.last().sessionId())).map(MsrpSession::id);
    }

    Optional<MsrpSession> find(MsrpSessionId session) {
        return Optional.ofNullable(sessions.get(session));
    }

    // ---- what sessions need

    void open(
            MsrpUri firstHop,
            Optional<HostPort> connectTo,
            Optional<Fingerprint> fingerprint,
            Connections.Opened opened) {
        int port = firstHop.port() == 0 ? DEFAULT_PORT : firstHop.port();
        // RFC 6714 §4: with CEMA the c= and m= lines say where to connect, the path only whom to name.
        HostPort to = connectTo.orElse(new HostPort(firstHop.host(), port));
        connections.open(new Connections.Hop(to.host(), to.port(), firstHop.secure()), fingerprint, opened);
    }

    MsrpEvent.LocalEndpoint describe(MsrpUri local, MsrpPath path) {
        return new MsrpEvent.LocalEndpoint(
                path.toString(),
                path.first().host(),
                path.first().port() == 0 ? DEFAULT_PORT : path.first().port(),
                local.secure(),
                local.secure() ? tls.fingerprint() : Optional.empty());
    }

    void tell(MsrpEvent event) {
        listener.on(event);
    }

    void forget(MsrpSession session) {
        sessions.remove(session.id(), session);
        byUri.remove(session.local().sessionId(), session);
    }

    /** A new ident, for a REPORT or a message of our own. */
    String transactionId() {
        return TransactionIds.apart();
    }

    Load load() {
        return load;
    }

    MsrpSettings settings() {
        return settings;
    }

    MsrpTime time() {
        return time;
    }

    MsrpWatcher watcher() {
        return watcher;
    }

    SessionMachine machine() {
        return machine;
    }

    Connections connections() {
        return connections;
    }

    MemoryBudget partialBudget() {
        return partialBudget;
    }

    boolean draining() {
        return draining;
    }

    // ---- the end

    public MsrpSnapshot snapshot() {
        return load.snapshot(sessions.size(), connections.count(), partialBudget.used());
    }

    /**
     * Takes no new session or connection, and waits until every message in either direction has its answer.
     *
     * @return whether that came about in time
     */
    public boolean drain(Duration atMost) throws InterruptedException {
        draining = true;
        long end = System.nanoTime() + atMost.toNanos();
        while (!load.isAnswered()) {
            if (System.nanoTime() >= end) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return true;
    }

    /** Closes every session and connection without waiting for messages; {@link #drain} does that. Again: nothing. */
    @Override
    public void close() {
        if (loops.isShuttingDown()) {
            return;
        }
        draining = true;
        bound.forEach(listening -> listening.channel().close().syncUninterruptibly());
        connections.list().forEach(connection -> connection.close("shutting down"));
        loops.shutdownGracefully(0, QUIET.toMillis(), TimeUnit.MILLISECONDS).syncUninterruptibly();
    }
}
