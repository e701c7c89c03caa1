package org.impsiwf.msrp.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.impsiwf.msrp.codec.UnreadableFrame;
import org.impsiwf.msrp.event.MsrpSessionId;
import org.impsiwf.msrp.message.MsrpFrame;
import org.impsiwf.msrp.message.MsrpPath;
import org.impsiwf.msrp.message.MsrpStatus;
import org.impsiwf.msrp.session.ConnectionId;
import org.impsiwf.msrp.session.MemoryBudget;
import org.impsiwf.msrp.session.OutgoingMessage;
import org.impsiwf.msrp.transport.ConnectionWriter.Answered;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection: frames in go to their sessions, messages of many sessions go out in turn, requests wait for responses. Methods may
 * be called from any thread, in whose order they take effect; everything happens on the event loop.
 */
final class MsrpConnection extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(MsrpConnection.class);

    private final ConnectionId id;
    private final boolean weOpened;
    private final MsrpEndpoint endpoint;
    private final Consumer<MsrpConnection> closed;
    private final MemoryBudget partialBudget;
    private final Set<MsrpSession> sessions = new LinkedHashSet<>();
    private final Reservations reservations = new Reservations();
    private final AtomicInteger foreignTasks = new AtomicInteger();
    private final AlarmClock alarms;
    private final ReadPressure pressure;
    private ChannelHandlerContext ctx;
    private ConnectionWriter writer;
    private volatile boolean secure;
    private volatile boolean over;
    private String overBecause = "the connection is closed";
    private Instant lastRead;
    private Instant unusedSince;
    private boolean probing;
    private long refusals;

    MsrpConnection(ConnectionId id, boolean weOpened, MsrpEndpoint endpoint, Consumer<MsrpConnection> closed) {
        this.id = id;
        this.weOpened = weOpened;
        this.endpoint = endpoint;
        this.closed = closed;
        this.partialBudget =
                endpoint.partialBudget().part(endpoint.settings().messages().partialBytesPerConnection());
        this.alarms = new AlarmClock(endpoint.time(), () -> run(this::alarmRang));
        this.pressure = new ReadPressure(
                endpoint,
                () -> run(() -> ctx.channel().config().setAutoRead(!pressure().paused())));
        Instant now = endpoint.time().now();
        lastRead = now;
        unusedSince = now;
    }

    ConnectionId id() {
        return id;
    }

    MemoryBudget partialBudget() {
        return partialBudget;
    }

    ReadPressure pressure() {
        return pressure;
    }

    EventLoop loop() {
        return ctx.channel().eventLoop();
    }

    boolean secure() {
        return secure;
    }

    /** May the session's far end, whose SDP promised that fingerprint, be behind this connection? */
    boolean shows(Optional<Fingerprint> promised) {
        return promised.isEmpty() || Tls.shows(ctx.pipeline(), promised.get());
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        ctx = context;
        writer = new ConnectionWriter(context, endpoint, this);
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        setAlarm();
        context.fireChannelActive();
    }

    /** Runs on the loop, after everything that was asked for before. */
    void run(Runnable task) {
        if (loop().inEventLoop() && foreignTasks.get() == 0) {
            task.run();
            return;
        }
        foreignTasks.incrementAndGet();
        loop().execute(() -> {
            foreignTasks.decrementAndGet();
            task.run();
        });
    }

    /** The session fails with the connection from now on, at once if it is closed already. */
    void join(MsrpSession session) {
        run(() -> {
            if (over) {
                session.connectionLost(id, overBecause);
            } else {
                sessions.add(session);
            }
        });
    }

    /** The session is over; after the last one the connection is too, unless the far end opened it and may have another. */
    void leave(MsrpSession session) {
        run(() -> {
            sessions.remove(session);
            if (sessions.isEmpty() && !over) {
                unusedSince = endpoint.time().now();
                setAlarm();
                closeIfUnused();
            }
        });
    }

    /** Keeps it open for a session that is about to join. @return false if it closes already */
    boolean reserve() {
        return reservations.add();
    }

    void unreserve() {
        run(() -> {
            reservations.giveBack();
            closeIfUnused();
        });
    }

    private void closeIfUnused() {
        if (weOpened && sessions.isEmpty() && !over && reservations.closeIfNone()) {
            closeAfterFlush();
        }
    }

    private void closeAfterFlush() {
        writer.finish();
        end("the connection had no session left");
        ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(done -> ctx.close());
    }

    /** Responds to a request of this connection (RFC 4975 §7.2). */
    void respond(
            MsrpFrame.Request request, MsrpPath from, int status, String comment, Optional<MsrpSessionId> session) {
        MsrpPath to = request instanceof MsrpFrame.Send ? request.fromPath().firstHop() : request.fromPath();
        MsrpFrame.Response response =
                new MsrpFrame.Response(request.transactionId(), to, from, status, Optional.of(comment), List.of());
        run(() -> writeUnlessOver(response, session, MsrpCount.RESPONSE_SENT));
    }

    /** Sends a REPORT, which gets no response. */
    void report(MsrpFrame.Report report, MsrpSession session) {
        run(() -> writeUnlessOver(report, Optional.of(session.id()), MsrpCount.REQUEST_SENT));
    }

    /** Sends a request without a body, under a transaction id of its own. */
    void request(Function<String, MsrpFrame.Request> request, MsrpSession session, Answered answered) {
        run(() -> {
            if (over) {
                answered.answered(MsrpStatus.TIMEOUT, Optional.empty());
                return;
            }
            writer.request(request, session, answered);
            setAlarm();
        });
    }

    /** A message, or more of one that leaves while it comes in. */
    void send(OutgoingMessage message) {
        run(() -> {
            if (over) {
                message.chunkRefused(MsrpStatus.TIMEOUT);
                return;
            }
            writer.send(message);
            setAlarm();
        });
    }

    /** Nothing more of the message is sent; a chunk of it that is being written ends with "#". */
    void giveUp(OutgoingMessage message) {
        run(() -> {
            message.giveUp();
            if (!over) {
                writer.pump();
            }
        });
    }

    /** The same, and the far end is told so if it has got a part of it. */
    void breakOff(OutgoingMessage message) {
        run(() -> {
            message.breakOff();
            if (!over) {
                writer.resumeIfParked(message);
            }
        });
    }

    /** One line per connection at most: a far end must not be able to fill our log. */
    void logRefusal(String method, int status, String why) {
        if (refusals++ == 0) {
            LOG.info(
                    "{} {}: a {} was refused with {} {}; further ones are counted only",
                    id,
                    ctx.channel().remoteAddress(),
                    method,
                    status,
                    why);
        }
    }

    private void writeUnlessOver(MsrpFrame frame, Optional<MsrpSessionId> session, MsrpCount what) {
        if (!over) {
            writer.write(frame, session, what);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (context.channel().isWritable() && !over) {
            writer.writableAgain();
            setAlarm();
        }
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        writer.reading();
        if (!(message instanceof MsrpFrame frame)) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (over) {
            if (frame instanceof MsrpFrame.Send send) {
                send.body().release();
            }
            return;
        }
        switch (frame) {
            case MsrpFrame.Response response -> response(response);
            case MsrpFrame.Request request -> {
                endpoint.watcher().count(MsrpCount.REQUEST_RECEIVED);
                endpoint.dispatch(this, request);
            }
        }
    }

    private void response(MsrpFrame.Response response) {
        endpoint.watcher().count(MsrpCount.RESPONSE_RECEIVED);
        if (endpoint.watcher().traces()) {
            endpoint.watcher().frame(true, endpoint.sessionOf(response.toPath()), response.startLine(), 0);
        }
        Optional<Answered> waiting = writer.waiting(response);
        if (waiting.isEmpty()) {
            endpoint.watcher().count(MsrpCount.RESPONSE_UNEXPECTED);
            return;
        }
        waiting.get().answered(response.status(), Optional.of(response));
        writer.pump();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        lastRead = endpoint.time().now();
        probing = false;
        writer.readComplete();
        context.fireChannelReadComplete();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake && handshake.isSuccess()) {
            secure = true;
        }
        context.fireUserEventTriggered(event);
    }

    private void setAlarm() {
        if (over) {
            return;
        }
        MsrpTimeouts timeouts = endpoint.settings().timeouts();
        Optional<Instant> unused =
                sessions.isEmpty() ? Optional.of(unusedSince.plus(timeouts.unused())) : Optional.empty();
        Optional<Instant> silence =
                probing || sessions.isEmpty() ? Optional.empty() : Optional.of(lastRead.plus(timeouts.silence()));
        alarms.set(AlarmClock.earlier(AlarmClock.earlier(unused, silence), writer.nextDeadline()));
    }

    private void alarmRang() {
        alarms.rang();
        if (over) {
            return;
        }
        Instant now = endpoint.time().now();
        MsrpTimeouts timeouts = endpoint.settings().timeouts();
        boolean late = writer.expire(now);
        boolean deaf = late && !now.isBefore(lastRead.plus(timeouts.response())) && !pressure.paused();
        if (deaf) {
            endpoint.watcher().count(MsrpCount.CONNECTION_HALF_OPEN);
            close("the far end has fallen silent");
        } else if (writer.stalled(now)) {
            close("the far end takes nothing");
        } else if (sessions.isEmpty() && !now.isBefore(unusedSince.plus(timeouts.unused()))) {
            close("nobody uses the connection");
        } else if (!probing && !sessions.isEmpty() && !now.isBefore(lastRead.plus(timeouts.silence()))) {
            probing = true;
            sessions.iterator().next().probe(this);
        }
        writer.pump();
        setAlarm();
    }

    /** Closes it; its sessions fail. */
    void close(String cause) {
        run(() -> {
            end(cause);
            ctx.close();
        });
    }

    private void end(String cause) {
        if (over) {
            return;
        }
        over = true;
        overBecause = cause;
        reservations.close();
        alarms.stop();
        closed.accept(this);
        writer.lose();
        List<MsrpSession> bound = List.copyOf(sessions);
        sessions.clear();
        bound.forEach(session -> session.connectionLost(id, cause));
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        end("the connection was lost");
        alarms.stop();
        endpoint.connections().gone(this);
        context.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        writer.discard();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable problem) {
        Throwable cause =
                problem instanceof DecoderException && problem.getCause() != null ? problem.getCause() : problem;
        if (cause instanceof UnreadableFrame) {
            endpoint.watcher().count(MsrpCount.CONNECTION_UNREADABLE);
            LOG.info("{} closed: {}", id, cause.getMessage());
        } else if (cause instanceof IOException || cause instanceof ChannelException) {
            LOG.debug("{} broke: {}", id, cause.toString());
        } else {
            LOG.error("{} closed by a mistake of ours", id, cause);
        }
        // What was answered before the octets went wrong still leaves.
        writer.readComplete();
        end(cause instanceof UnreadableFrame ? "the far end sent no MSRP" : "the connection broke");
        context.close();
    }
}
