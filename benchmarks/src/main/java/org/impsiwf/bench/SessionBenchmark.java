package org.impsiwf.bench;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Calls set up and torn down, messages inside them, and what an idle conversation keeps. */
final class SessionBenchmark implements Benchmark {

    private static final String TARGET = "sip:bob@imps.example.com";
    private static final int CALL_RATE = 300;
    private static final int CALLS = 3_000;
    private static final int TALKS = 50;
    private static final int FRAMES = 2_000;
    private static final int WINDOW = 4;
    private static final int IDLE = 10_000;

    @Override
    public String name() {
        return "session";
    }

    @Override
    public String summary() {
        return "calls against a bare JAIN-SIP user agent, SEND to SSP to 200, heap per idle conversation";
    }

    @Override
    public void run(Report report) throws Exception {
        double bare = bareCalls();
        report.figure("bare user agent (ceiling)", bare, "µs of CPU per call");
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try (GatewayUnderTest gateway = new GatewayUnderTest("4g")) {
            calls(report, gateway, bare);
            messages(report, gateway, loops);
            idle(report, gateway, loops);
        } finally {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
    }

    private static double bareCalls() throws Exception {
        int port;
        try (DatagramSocket free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (ServerProcess bare = ServerProcess.start("4g", BareUserAgent.command(port, true));
                SipLoad load = new SipLoad(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TARGET)) {
            load.calls(CALL_RATE, CALLS);
            return cpuPerCall(load, bare);
        }
    }

    private static void calls(Report report, GatewayUnderTest gateway, double bare) throws Exception {
        try (SipLoad load = new SipLoad(gateway.sip(), TARGET)) {
            load.calls(CALL_RATE, CALLS);
            double ours = cpuPerCall(load, gateway.process());
            report.figure("gateway", ours, "µs of CPU per call");
            report.atMost("gateway ÷ bare", ours / bare, 1.8);
        }
    }

    private static double cpuPerCall(SipLoad load, ServerProcess server) throws Exception {
        Duration before = server.cpu();
        SipLoad.Outcome outcome = load.calls(CALL_RATE, CALLS);
        if (outcome.failed() > 0) {
            throw new IllegalStateException(outcome.failed() + " of " + outcome.sent() + " calls failed");
        }
        return server.cpu().minus(before).toNanos() / 1e3 / outcome.sent();
    }

    private static void messages(Report report, GatewayUnderTest gateway, EventLoopGroup loops) throws Exception {
        try (OpenSessions sessions = new OpenSessions(gateway.sip(), TARGET, "talk")) {
            List<MsrpLoad.Target> targets = sessions.open(TALKS);
            MsrpLoad load = new MsrpLoad(loops);
            Duration before = gateway.cpu();
            double rate = load.perSecond(targets, WINDOW, FRAMES);
            double cpu = gateway.cpu().minus(before).toNanos() / 1e3 / (TALKS * FRAMES);
            report.figure("SEND to SSP to 200, " + TALKS + " sessions", rate, "messages/s");
            report.figure("SEND to SSP to 200", cpu, "µs of CPU per message");
        }
    }

    private static void idle(Report report, GatewayUnderTest gateway, EventLoopGroup loops) throws Exception {
        try (OpenSessions sessions = new OpenSessions(gateway.sip(), TARGET, "idle")) {
            long before = gateway.process().liveHeap();
            List<MsrpLoad.Target> targets = sessions.open(IDLE);
            new MsrpLoad(loops).bind(targets);
            long after = gateway.process().liveHeap();
            report.atMost("heap per idle conversation (" + IDLE + " open), KB", (after - before) / 1024.0 / IDLE, 16);
        }
    }
}
