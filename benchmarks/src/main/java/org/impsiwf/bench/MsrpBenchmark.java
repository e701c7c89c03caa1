package org.impsiwf.bench;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.impsiwf.msrp.cpim.CpimMessage;
import org.impsiwf.msrp.cpim.MalformedCpim;
import org.impsiwf.msrp.event.MsrpCommand;
import org.impsiwf.msrp.event.MsrpEvent;
import org.impsiwf.msrp.event.MsrpSessionId;
import org.impsiwf.msrp.transport.MsrpEndpoint;
import org.impsiwf.msrp.transport.MsrpSettings;
import org.impsiwf.msrp.transport.MsrpWatcher;

/** MSRP messages taken, unwrapped, handed over and answered, against bare framing under the same load. */
final class MsrpBenchmark implements Benchmark {

    private static final int ONE_SESSION_FRAMES = 60_000;
    private static final int FRAMES = 8_000;
    private static final int SESSIONS = 50;
    private static final int WINDOW = 8;

    @Override
    public String name() {
        return "msrp";
    }

    @Override
    public String summary() {
        return "SENDs with session look-up, CPIM and hand-over, against bare Netty framing and a 200";
    }

    @Override
    public void run(Report report) throws Exception {
        EventLoopGroup client = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        EventLoopGroup server = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try {
            MsrpLoad load = new MsrpLoad(client);
            double[] bare;
            try (BareMsrpServer ceiling = new BareMsrpServer(server)) {
                var target = new MsrpLoad.Target(ceiling.port(), "msrp://127.0.0.1:" + ceiling.port() + "/bare;tcp");
                bare = measure(sessions -> java.util.Collections.nCopies(sessions, target), load);
            }
            double[] ours = measure(MsrpBenchmark::endpointTargets, load);
            report.figure("bare framing, 1 connection", bare[0], "messages/s");
            report.figure("ours, 1 session", ours[0], "messages/s");
            report.figure("ours ÷ bare, 1", ours[0] / bare[0], "");
            report.figure("bare framing, 50 connections", bare[1], "messages/s");
            report.figure("ours, 50 sessions", ours[1], "messages/s");
            report.atLeast("ours ÷ bare, 50", ours[1] / bare[1], 0.3);
        } finally {
            endpoint.ifPresent(MsrpEndpoint::close);
            client.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
            server.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
    }

    /** Makes that many sessions to send into. */
    @FunctionalInterface
    private interface Targets {
        List<MsrpLoad.Target> make(int sessions) throws Exception;
    }

    private static double[] measure(Targets targets, MsrpLoad load) throws Exception {
        load.perSecond(targets.make(SESSIONS), WINDOW, FRAMES / 2);
        double one = 0;
        double fifty = 0;
        for (int round = 0; round < 3; round++) {
            one = Math.max(one, load.perSecond(targets.make(1), WINDOW, ONE_SESSION_FRAMES));
            fifty = Math.max(fifty, load.perSecond(targets.make(SESSIONS), WINDOW, FRAMES));
        }
        return new double[] {one, fifty};
    }

    private static Optional<MsrpEndpoint> endpoint = Optional.empty();
    private static final Map<String, String> PATHS = new ConcurrentHashMap<>();
    private static volatile CountDownLatch prepared = new CountDownLatch(0);
    private static int made;

    private static List<MsrpLoad.Target> endpointTargets(int sessions) throws Exception {
        if (endpoint.isEmpty()) {
            endpoint = Optional.of(MsrpEndpoint.start(
                    MsrpSettings.listeningOn("127.0.0.1", 0), MsrpBenchmark::takeOver, MsrpWatcher.NONE));
        }
        MsrpEndpoint ours = endpoint.get();
        prepared = new CountDownLatch(sessions);
        List<MsrpSessionId> ids = new ArrayList<>();
        for (int i = 0; i < sessions; i++) {
            MsrpSessionId id = new MsrpSessionId("bench" + made++);
            ids.add(id);
            ours.execute(new MsrpCommand.PrepareSession(id, false));
        }
        if (!prepared.await(10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("sessions were not prepared");
        }
        List<MsrpLoad.Target> targets = new ArrayList<>();
        for (int i = 0; i < sessions; i++) {
            MsrpSessionId id = ids.get(i);
            ours.execute(new MsrpCommand.ConnectSession(
                    id,
                    false,
                    List.of("msrp://127.0.0.1:9/load" + i + ";tcp"),
                    Optional.empty(),
                    List.of("*"),
                    OptionalLong.empty(),
                    Optional.empty()));
            targets.add(new MsrpLoad.Target(ours.advertised().getFirst().port(), PATHS.get(id.value())));
        }
        return targets;
    }

    /** What the gateway's side does with a message at the least: unwrap it, and say that it was taken. */
    private static void takeOver(MsrpEvent event) {
        switch (event) {
            case MsrpEvent.SessionPrepared(var id, var local) -> {
                PATHS.put(id.value(), local.path());
                prepared.countDown();
            }
            case MsrpEvent.MessageReceived message -> {
                int status = unwraps(message) ? 200 : 400;
                endpoint.orElseThrow()
                        .execute(new MsrpCommand.AnswerMessage(
                                message.session(), message.exchange(), status, Optional.empty()));
            }
            default -> {
                // The load is over when every frame was answered; nothing else matters to it.
            }
        }
    }

    private static boolean unwraps(MsrpEvent.MessageReceived message) {
        try {
            return CpimMessage.parse(message.content().bytes()).contentType().isPresent();
        } catch (MalformedCpim malformed) {
            return false;
        }
    }
}
