package org.impsiwf.bench;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Calls set up and torn down, messages inside them, and what an idle conversation keeps. */
final class SessionBenchmark implements Benchmark {

    private static final String TARGET = "sip:bob@imps.example.com";
    private static final int CALL_RATE = 500;
    private static final int CALLS = 10_000;
    private static final int TALKS = 50;
    private static final int FRAMES = 2_000;
    private static final int WINDOW = 4;
    private static final int IDLE = 10_000;
    private static final int IDLE_PER_CONNECTION = 500;

    /** Seconds: RFC 3261 §17.2 and RFC 6026 keep a transaction for 64 times T1, and a second is for the sweep. */
    private static final int TRANSACTION_LINGERS = 33;

    @FunctionalInterface
    private interface Measurement {
        double perSecond() throws Exception;
    }

    @Override
    public String name() {
        return "session";
    }

    @Override
    public String summary() {
        return "calls against a bare JAIN-SIP user agent, SEND to SSP to 200 and the way back, heap per idle conversation";
    }

    @Override
    public void run(Report report) throws Exception {
        double bare = bareCalls();
        report.figure("bare user agent (ceiling)", bare, "µs of CPU per call");
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try {
            try (GatewayUnderTest gateway = new GatewayUnderTest("4g")) {
                calls(report, gateway, bare);
                messages(report, gateway, loops);
                back(report, gateway, loops);
            }
            idle(report, loops);
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
            Duration before = bare.cpu();
            return perCall(load.calls(CALL_RATE, CALLS), bare.cpu().minus(before));
        }
    }

    private static void calls(Report report, GatewayUnderTest gateway, double bare) throws Exception {
        try (SipLoad load = new SipLoad(gateway.sip(), TARGET)) {
            load.calls(CALL_RATE, CALLS);
            Duration before = gateway.cpu();
            SipLoad.Outcome outcome = load.calls(CALL_RATE, CALLS);
            double ours = perCall(outcome, gateway.cpu().minus(before));
            report.figure("gateway", ours, "µs of CPU per call");
            report.figure("calls set up and torn down", outcome.perSecond(), "calls/s of " + CALL_RATE + " offered");
            report.atMost("gateway ÷ bare", ours / bare, 1.8);
        }
    }

    private static double perCall(SipLoad.Outcome outcome, Duration cpu) {
        if (outcome.failed() > 0) {
            throw new IllegalStateException(outcome.failed() + " of " + outcome.sent() + " calls failed");
        }
        return cpu.toNanos() / 1e3 / outcome.sent();
    }

    private static void messages(Report report, GatewayUnderTest gateway, EventLoopGroup loops) throws Exception {
        try (OpenSessions sessions = new OpenSessions(gateway.sip(), TARGET, "talk")) {
            MsrpLoad load = new MsrpLoad(loops);
            load.perSecond(sessions.open(TALKS), WINDOW, FRAMES / 2);
            List<MsrpLoad.Target> targets = sessions.open(TALKS);
            figures(report, gateway, "SEND to SSP to 200", () -> load.perSecond(targets, WINDOW, FRAMES));
        }
    }

    private static void back(Report report, GatewayUnderTest gateway, EventLoopGroup loops) throws Exception {
        try (OpenSessions sessions = new OpenSessions(gateway.sip(), TARGET, "back")) {
            List<MsrpLoad.Target> users = sessions.open(TALKS);
            DomainLoad load = new DomainLoad(
                    gateway, users.stream().map(MsrpLoad.Target::user).toList());
            try (MsrpTaker taker = new MsrpTaker(loops)) {
                for (MsrpLoad.Target user : users) {
                    taker.bind(List.of(user));
                }
                load.perSecond(TALKS * WINDOW, TALKS * FRAMES / 2);
                figures(
                        report,
                        gateway,
                        "SSP to SEND to response",
                        () -> load.perSecond(TALKS * WINDOW, TALKS * FRAMES));
            }
        }
    }

    private static void figures(Report report, GatewayUnderTest gateway, String what, Measurement measurement)
            throws Exception {
        Duration before = gateway.cpu();
        double rate = measurement.perSecond();
        double cpu = gateway.cpu().minus(before).toNanos() / 1e3 / (TALKS * FRAMES);
        report.figure(what + ", " + TALKS + " sessions", rate, "messages/s");
        report.figure(what, cpu, "µs of CPU per message");
    }

    /** In a process of its own: what earlier calls leave behind for a while must not be in the first figure and gone in the second. */
    private static void idle(Report report, EventLoopGroup loops) throws Exception {
        try (GatewayUnderTest gateway = new GatewayUnderTest("4g");
                OpenSessions sessions = new OpenSessions(gateway.sip(), TARGET, "idle");
                MsrpTaker taker = new MsrpTaker(loops)) {
            long before = gateway.process().liveHeap();
            List<String> users = new ArrayList<>();
            while (users.size() < IDLE) {
                List<MsrpLoad.Target> opened = sessions.open(IDLE_PER_CONNECTION);
                taker.bind(opened);
                opened.forEach(session -> users.add(session.user()));
            }
            long fresh = gateway.process().liveHeap();
            TimeUnit.SECONDS.sleep(TRANSACTION_LINGERS);
            long idle = gateway.process().liveHeap();
            new DomainLoad(gateway, users).perSecond(TALKS, IDLE);
            if (taker.taken() != IDLE) {
                throw new IllegalStateException("of " + IDLE + " sessions, " + taker.taken() + " were still open");
            }
            report.figure("heap per conversation just opened, KB", (fresh - before) / 1024.0 / IDLE, "");
            report.atMost("heap per idle conversation (" + IDLE + " open), KB", (idle - before) / 1024.0 / IDLE, 16);
        }
    }
}
