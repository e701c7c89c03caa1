package org.impsiwf.bench;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
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
            pair.perSecond(64, POSTS);
            // One POST at a time; a connection carries no second one before the answer, so two are the most at once.
            double one = best(() -> bare.perSecond(1, POSTS));
            double two = best(() -> bare.perSecond(2, POSTS));
            report.figure("bare POSTs, 1 in flight (ceiling)", one, "POSTs/s");
            report.figure("bare POSTs, 1 in flight on each of 2 connections (ceiling)", two, "POSTs/s");
            report(report, "1 in flight", best(() -> pair.perSecond(1, POSTS)), one, 0.8);
            double sixteen = best(() -> pair.perSecond(16, POSTS * 4));
            report.figure("transactions, 16 in flight", sixteen, "transactions/s");
            report.figure("transactions ÷ POSTs, 16 in flight", sixteen / two, "");
            report(report, "256 in flight", best(() -> pair.perSecond(256, POSTS * 8)), two, 2);
        } finally {
            clients.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
            servers.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
    }

    private static void report(Report report, String what, double rate, double ceiling, double target) {
        report.figure("transactions, " + what, rate, "transactions/s");
        report.atLeast("transactions ÷ POSTs, " + what, rate / ceiling, target);
    }

    @FunctionalInterface
    private interface Measurement {
        double perSecond() throws Exception;
    }

    private static double best(Measurement measurement) throws Exception {
        double best = 0;
        for (int round = 0; round < ROUNDS; round++) {
            best = Math.max(best, measurement.perSecond());
        }
        return best;
    }
}
