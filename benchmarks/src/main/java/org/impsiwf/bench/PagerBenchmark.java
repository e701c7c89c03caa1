package org.impsiwf.bench;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/** MESSAGE to SSP to 200, against a bare JAIN-SIP user agent that only says 200. */
final class PagerBenchmark implements Benchmark {

    private static final String TARGET = "sip:bob@imps.example.com";
    /** MESSAGEs per second; {@code IWF_BENCH_RATE} lowers it on a machine that others use too. */
    private static final int RATE = setting("IWF_BENCH_RATE", 4_000);

    /** Longer than a transaction lingers; {@code IWF_BENCH_SECONDS} shortens it while looking at a change. */
    private static final int SUSTAINED_SECONDS = setting("IWF_BENCH_SECONDS", 40);

    /** Long enough for the compiler to be done with both servers, whose last level comes late. */
    private static final int WARM_UP = 100_000;

    /** Shares of the rate to begin with: a cold server that gets it all at once answers nothing but repeats. */
    private static final int[] STEPS = {16, 8, 4, 2};

    private static int setting(String name, int otherwise) {
        return Integer.parseInt(System.getenv().getOrDefault(name, Integer.toString(otherwise)));
    }

    @Override
    public String name() {
        return "pager";
    }

    @Override
    public String summary() {
        return "MESSAGE over UDP to SSP and back to 200, against a tuned bare JAIN-SIP user agent; each in a process of its own";
    }

    @Override
    public void run(Report report) throws Exception {
        double bare = bare();
        report.figure("bare user agent (ceiling)", bare, "µs of CPU per MESSAGE");
        try (GatewayUnderTest gateway = new GatewayUnderTest("4g");
                SipLoad load = new SipLoad(gateway.sip(), TARGET)) {
            warmUp(load);
            Duration before = gateway.cpu();
            SipLoad.Outcome sustained = load.messages(RATE, RATE * SUSTAINED_SECONDS);
            double ours = gateway.cpu().minus(before).toNanos() / 1e3 / sustained.sent();
            report.figure("gateway", ours, "µs of CPU per MESSAGE");
            report.atMost("gateway ÷ bare", ours / bare, 2);
            report.figure("sustained for " + SUSTAINED_SECONDS + " s", sustained.perSecond(), "MESSAGE/s");
            report.atMost("retransmissions at " + RATE + "/s", (double) sustained.retransmissions(), 0);
            report.atMost("failures at " + RATE + "/s", sustained.failed(), 0);
        }
    }

    private static void warmUp(SipLoad load) throws IOException {
        for (int step : STEPS) {
            load.messages(RATE / step, WARM_UP / 2 / step);
        }
        load.messages(RATE * 3 / 4, WARM_UP / 2);
    }

    private static double bare() throws Exception {
        int port;
        try (DatagramSocket free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (ServerProcess bare = ServerProcess.start("4g", BareUserAgent.command(port, false));
                SipLoad load = new SipLoad(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TARGET)) {
            warmUp(load);
            Duration before = bare.cpu();
            SipLoad.Outcome outcome = load.messages(RATE, RATE * SUSTAINED_SECONDS);
            if (outcome.failed() > 0) {
                throw new IllegalStateException(outcome.failed() + " MESSAGEs failed at the bare user agent");
            }
            return bare.cpu().minus(before).toNanos() / 1e3 / outcome.sent();
        }
    }
}
