package org.impsiwf.bench;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What it costs to share state with other nodes: the same messages inside sessions, with one node and with two. */
final class ClusterBenchmark implements Benchmark {

    private static final String HEAP = "2g";
    private static final String TARGET = "sip:bob@imps.example.com";
    private static final int TALKS = 50;
    private static final int FRAMES = 1_000;
    private static final int WINDOW = 4;

    @Override
    public String name() {
        return "cluster";
    }

    @Override
    public String summary() {
        return "SEND to SSP to 200 on one node alone, on one that would share its state, and on two that do";
    }

    @Override
    public void run(Report report) throws Exception {
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try {
            double alone;
            try (GatewayUnderTest gateway = new GatewayUnderTest(HEAP)) {
                alone = messages(report, gateway, 0, loops, "1 node, local");
            }
            try (GatewayUnderTest gateway = GatewayUnderTest.ofNodes(HEAP, 1)) {
                double shared = messages(report, gateway, 0, loops, "1 node, hazelcast");
                report.atMost("1 node: hazelcast ÷ local, CPU per message", shared / alone, 1.25);
            }
            try (GatewayUnderTest gateway = GatewayUnderTest.ofNodes(HEAP, 2)) {
                double shared = messages(report, gateway, 0, loops, "2 nodes, users at the holder");
                report.atMost("2 nodes ÷ local, CPU of both per message", shared / alone, 1.25);
                messages(report, gateway, 1, loops, "2 nodes, users beside the holder");
            }
        } finally {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
    }

    /** CPU time per message, in microseconds, of all nodes. */
    private static double messages(Report report, GatewayUnderTest gateway, int node, EventLoopGroup loops, String what)
            throws Exception {
        try (OpenSessions sessions = new OpenSessions(gateway.sip(node), TARGET, "talk")) {
            MsrpLoad load = new MsrpLoad(loops);
            load.perSecond(sessions.open(TALKS), WINDOW, FRAMES);
            List<MsrpLoad.Target> targets = sessions.open(TALKS);
            Duration before = gateway.cpu();
            double rate = load.perSecond(targets, WINDOW, FRAMES);
            double cpu = gateway.cpu().minus(before).toNanos() / 1e3 / (TALKS * FRAMES);
            report.figure(what, rate, "messages/s");
            report.figure(what + ", p99", load.p99().toNanos() / 1e6, "ms");
            report.figure(what, cpu, "µs of CPU per message");
            return cpu;
        }
    }
}
