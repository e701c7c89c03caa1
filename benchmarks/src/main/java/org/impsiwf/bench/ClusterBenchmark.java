package org.impsiwf.bench;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What it costs to share state with other nodes: the same messages in sessions and in groups on one node alone, on one that would
 * share its state, and on two that do. All of them run all the time and are measured in turn, so that whatever else the machine does
 * hits each of them.
 */
final class ClusterBenchmark implements Benchmark {

    private static final String HEAP = "1g";
    private static final String TARGET = "sip:bob@imps.example.com";
    private static final int TALKS = 50;
    private static final int FRAMES = 1_000;
    private static final int WINDOW = 4;
    private static final int GROUPS = 8;
    private static final int MEMBERS = 10;
    private static final int ROUNDS = 4;

    /** Each of as many messages as a round: the compiler is done with what a message passes after some 200,000. */
    private static final int WARM_UP_ROUNDS = 5;

    private static final Duration GROUP_WARM_UP = Duration.ofSeconds(15);
    private static final Duration GROUP_ROUND = Duration.ofSeconds(3);

    private static final double MOST = 1.25;

    /** One of those that are compared, and what a round of it comes to. */
    private record Contender(String name, Round round) {}

    @FunctionalInterface
    private interface Round {
        Figures run() throws Exception;
    }

    /**
     * Of one round.
     *
     * @param cpu of all nodes, in microseconds for one message
     */
    private record Figures(double perSecond, double cpu, Duration p99) {}

    @Override
    public String name() {
        return "cluster";
    }

    @Override
    public String summary() {
        return "messages in sessions and in groups on one node alone, on one that would share its state, and on two that do";
    }

    @Override
    public void run(Report report) throws Exception {
        talks(report);
        groups(report);
    }

    private static void talks(Report report) throws Exception {
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try (GatewayUnderTest alone = new GatewayUnderTest(HEAP);
                GatewayUnderTest one = new GatewayUnderTest(HEAP, NodeConfiguration.shared(1));
                GatewayUnderTest two = new GatewayUnderTest(HEAP, NodeConfiguration.shared(2));
                OpenSessions ofAlone = new OpenSessions(alone.sip(), TARGET, "talk");
                OpenSessions ofOne = new OpenSessions(one.sip(), TARGET, "talk");
                OpenSessions atHolder = new OpenSessions(two.sip(0), TARGET, "talk");
                OpenSessions beside = new OpenSessions(two.sip(1), TARGET, "side")) {
            MsrpLoad load = new MsrpLoad(loops);
            List<Contender> contenders = List.of(
                    talk("1 node, local", alone, ofAlone, load),
                    talk("1 node, hazelcast", one, ofOne, load),
                    talk("2 nodes, users where the peer is held", two, atHolder, load),
                    talk("2 nodes, users at the other one", two, beside, load));
            for (Contender contender : contenders) {
                for (int i = 0; i < WARM_UP_ROUNDS; i++) {
                    contender.round().run();
                }
            }
            compare(report, "SEND to SSP to 200", contenders);
        } finally {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
    }

    private static Contender talk(String name, GatewayUnderTest gateway, OpenSessions sessions, MsrpLoad load) {
        return new Contender(name, () -> {
            List<MsrpLoad.Target> targets = sessions.open(TALKS);
            Duration before = gateway.cpu();
            double rate = load.perSecond(targets, WINDOW, FRAMES);
            double cpu = gateway.cpu().minus(before).toNanos() / 1e3 / (TALKS * FRAMES);
            return new Figures(rate, cpu, load.p99());
        });
    }

    private static void groups(Report report) throws Exception {
        try (GroupWorld alone = GroupWorld.inMemory(HEAP, NodeConfiguration.local());
                GroupWorld one = GroupWorld.inMemory(HEAP, NodeConfiguration.shared(1));
                GroupWorld two = GroupWorld.inMemory(HEAP, NodeConfiguration.shared(2))) {
            List<Contender> contenders =
                    List.of(group("1 node, local", alone), group("1 node, hazelcast", one), group("2 nodes", two));
            compare(report, "to a group of " + MEMBERS, contenders);
            for (GroupWorld world : List.of(alone, one, two)) {
                world.check();
            }
        }
    }

    private static Contender group(String name, GroupWorld world) throws InterruptedException {
        List<GroupTraffic.Talk> talks = new ArrayList<>();
        for (int i = 0; i < GROUPS; i++) {
            GroupWorld.Group group = world.group(MEMBERS, 1);
            talks.add(new GroupTraffic.Talk(group.tally(), group.speaker()::say));
        }
        GroupTraffic traffic = new GroupTraffic(talks, 1, world::cpu);
        traffic.of(GROUP_WARM_UP);
        return new Contender(name, () -> {
            GroupTraffic.Outcome outcome = traffic.of(GROUP_ROUND);
            return new Figures(outcome.perSecond(), outcome.cpu(), outcome.p99());
        });
    }

    /** The first one is what the others are measured by; of each, the round that took least CPU counts. */
    private static void compare(Report report, String what, List<Contender> contenders) throws Exception {
        List<Figures> best = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < contenders.size(); i++) {
                Figures now = contenders.get(i).round().run();
                if (round == 0) {
                    best.add(now);
                } else if (now.cpu() < best.get(i).cpu()) {
                    best.set(i, now);
                }
            }
        }
        for (int i = 0; i < contenders.size(); i++) {
            String name = what + ", " + contenders.get(i).name();
            report.figure(name, best.get(i).perSecond(), "messages/s");
            report.figure("p99", best.get(i).p99().toNanos() / 1e6, "ms");
            report.figure("CPU of all nodes", best.get(i).cpu(), "µs per message");
            if (i > 0) {
                report.atMost(
                        name + " ÷ local", best.get(i).cpu() / best.getFirst().cpu(), MOST);
            }
        }
    }
}
