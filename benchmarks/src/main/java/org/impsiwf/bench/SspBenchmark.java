package org.impsiwf.bench;

import com.sun.management.OperatingSystemMXBean;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/** SSP transactions over one connection pair, against bare POSTs over as many connections. */
final class SspBenchmark implements Benchmark {

    private static final int ROUNDS = 3;
    private static final int POSTS = 20_000;

    @Override
    public String name() {
        return "ssp";
    }

    @Override
    public String summary() {
        return "whole SendMessage transactions over one connection pair, against bare 1 KB POSTs on the same two connections";
    }

    @Override
    public void run(Report report) throws Exception {
        EventLoopGroup clients = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        EventLoopGroup servers = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try (SspPair pair = new SspPair()) {
            HttpLoad bare = new HttpLoad(clients, servers);
            bare.perSecond(2, POSTS);
            pair.perSecond(64, POSTS * 4);
            new HttpExchange(clients, servers).perSecond(POSTS);
            // One POST at a time; a connection carries no second one before the answer, so two are the most at once.
            Best one = best(POSTS, () -> bare.perSecond(1, POSTS));
            Best two = best(POSTS * 2, () -> bare.perSecond(2, POSTS));
            Best exchange = best(POSTS, () -> new HttpExchange(clients, servers).perSecond(POSTS));
            show(report, "bare POSTs, 1 in flight (ceiling)", one);
            show(report, "bare POSTs, 1 in flight on each of 2 connections (ceiling)", two);
            show(report, "bare POST and POST back, one after the other", exchange);
            Best single = best(POSTS, () -> pair.perSecond(1, POSTS));
            show(report, "transactions, 1 in flight", single);
            report.atLeast("transactions ÷ POSTs, 1 in flight", single.perSecond / one.perSecond, 0.8);
            report.figure(
                    "transactions ÷ bare POST and POST back, 1 in flight", single.perSecond / exchange.perSecond, "");
            Best sixteen = best(POSTS * 4, () -> pair.perSecond(16, POSTS * 4));
            show(report, "transactions, 16 in flight", sixteen);
            report.figure("transactions ÷ POSTs, 16 in flight", sixteen.perSecond / two.perSecond, "");
            Best many = best(POSTS * 8, () -> pair.perSecond(256, POSTS * 8));
            show(report, "transactions, 256 in flight", many);
            report.atLeast("transactions ÷ POSTs, 256 in flight", many.perSecond / two.perSecond, 2);
        } finally {
            clients.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
            servers.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
    }

    private static void show(Report report, String what, Best best) {
        report.figure(what, best.perSecond, "a second");
        report.figure(what, best.cpu, "µs of CPU, both ends");
    }

    /** The best of several rounds; the CPU time says more than the rate on a machine that others use too. */
    private record Best(double perSecond, double cpu) {}

    @FunctionalInterface
    private interface Measurement {
        double perSecond() throws Exception;
    }

    private static Best best(int operations, Measurement measurement) throws Exception {
        var process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        double most = 0;
        double least = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long before = process.getProcessCpuTime();
            most = Math.max(most, measurement.perSecond());
            least = Math.min(least, (process.getProcessCpuTime() - before) / 1e3 / operations);
        }
        return new Best(most, least);
    }
}
