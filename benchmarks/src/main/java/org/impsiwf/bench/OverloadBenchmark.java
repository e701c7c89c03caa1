package org.impsiwf.bench;

/** Far more MESSAGEs than the gateway can take, and how soon after it is as before. */
final class OverloadBenchmark implements Benchmark {

    private static final String TARGET = "sip:bob@imps.example.com";

    /** Three times what {@code pager} asks for. */
    private static final int STORM_RATE = 12_000;

    private static final int STORM_SECONDS = 15;

    /** What it takes without effort. */
    private static final int CALM_RATE = 1_000;

    private static final int WARM_UP = 20_000;
    private static final int MOST_SECONDS = 60;

    /** SIP's longest repeat is 4 s apart: what the storm left behind has shown by then. */
    private static final int QUIET_SECONDS = 5;

    @Override
    public String name() {
        return "overload";
    }

    @Override
    public String summary() {
        return "12,000 MESSAGEs a second for 15 s, repeated until they are answered; then 1,000 a second";
    }

    @Override
    public void run(Report report) throws Exception {
        try (GatewayUnderTest gateway = GatewayUnderTest.withItsLimits("1g");
                SipLoad load = new SipLoad(gateway.sip(), TARGET)) {
            load.messages(CALM_RATE, WARM_UP);
            SipLoad.Outcome storm = load.messages(STORM_RATE, STORM_RATE * STORM_SECONDS);
            report.figure("sent in the storm", storm.sent(), "MESSAGEs");
            report.figure("of them taken", storm.succeeded(), "");
            report.figure("refused, or never answered", storm.failed(), "");
            report.figure("repeats of the clients", (double) storm.retransmissions(), "");
            report.figure("from the first to the last answer", storm.seconds(), "s");
            report.atMost("seconds until no message has to be repeated", recovery(load), MOST_SECONDS / 2.0);
            report.figure("heap in use after it", gateway.process().liveHeap() / 1e6, "MB");
        }
    }

    /** Seconds after the last answer of the storm until a second begins that is the first of some without a repeat. */
    private static int recovery(SipLoad load) throws Exception {
        int calm = 0;
        for (int second = 1; second <= MOST_SECONDS; second++) {
            SipLoad.Outcome now = load.messages(CALM_RATE, CALM_RATE);
            calm = now.retransmissions() == 0 && now.failed() == 0 ? calm + 1 : 0;
            if (calm == QUIET_SECONDS) {
                return second - QUIET_SECONDS;
            }
        }
        return MOST_SECONDS;
    }
}
