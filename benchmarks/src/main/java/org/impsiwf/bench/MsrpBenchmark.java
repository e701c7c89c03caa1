package org.impsiwf.bench;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** MSRP messages taken, unwrapped, handed over and answered, against bare framing under the same load. */
final class MsrpBenchmark implements Benchmark {

    private static final int ROUNDS = 3;
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
        try (BareMsrpServer ceiling = new BareMsrpServer(server);
                MsrpReceiver receiver = new MsrpReceiver()) {
            MsrpLoad load = new MsrpLoad(client);
            var target = new MsrpLoad.Target(
                    ceiling.port(),
                    "msrp://127.0.0.1:" + ceiling.port() + "/bare;tcp",
                    MsrpLoad.path("load"),
                    "alice@ims.example.com");
            Figures bare = measure(sessions -> Collections.nCopies(sessions, target), load);
            Figures ours = measure(receiver::sessions, load);
            report.figure("bare framing, 1 connection", bare.one, "messages/s");
            report.figure("ours, 1 session", ours.one, "messages/s");
            report.figure("ours ÷ bare, 1", ours.one / bare.one, "");
            report.figure("bare framing, 50 connections", bare.fifty, "messages/s");
            report.figure("ours, 50 sessions", ours.fifty, "messages/s");
            report.atLeast("ours ÷ bare, 50", ours.fifty / bare.fifty, 0.3);
        } finally {
            client.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
            server.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
    }

    private record Figures(double one, double fifty) {}

    /** Makes that many sessions to send into. */
    @FunctionalInterface
    private interface Targets {
        List<MsrpLoad.Target> make(int sessions) throws Exception;
    }

    private static Figures measure(Targets targets, MsrpLoad load) throws Exception {
        load.perSecond(targets.make(SESSIONS), WINDOW, FRAMES);
        double one = 0;
        double fifty = 0;
        for (int round = 0; round < ROUNDS; round++) {
            one = Math.max(one, load.perSecond(targets.make(1), WINDOW, ONE_SESSION_FRAMES));
            fifty = Math.max(fifty, load.perSecond(targets.make(SESSIONS), WINDOW, FRAMES));
        }
        return new Figures(one, fifty);
    }
}
