package org.impsiwf.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** What is said in groups of SIP and IMPS users, how long it takes until they stand, and what they keep. */
final class GroupBenchmark implements Benchmark {

    private static final int[] SIZES = {10, 100, 1_000};
    private static final int WINDOW = 4;
    private static final int ROUNDS = 3;

    /** A round that is this much cheaper than the best before it says that the compiler is not done yet. */
    private static final double CHEAPER = 0.97;

    /** So many rounds in turn, none of them cheaper: the process is warm. */
    private static final int EVEN_ROUNDS = 5;

    private static final int MOST_WARM_UP_ROUNDS = 36;
    private static final int INVITEES = 20;
    private static final int CONFERENCES = 30;
    private static final int SMALL = 10;
    private static final int LARGE = 1_000;
    private static final int LARGE_PER_CONNECTION = 50;

    /** Users of the many small groups together. */
    private static final int USERS = Integer.parseInt(System.getenv().getOrDefault("IWF_BENCH_USERS", "10000"));

    private static final Duration ROUND =
            Duration.ofSeconds(Long.parseLong(System.getenv().getOrDefault("IWF_BENCH_SECONDS", "5")));

    /** Seconds: RFC 3261 §17.2 and RFC 6026 keep a transaction for 64 times T1, and a second is for the sweep. */
    private static final int TRANSACTION_LINGERS = 33;

    @Override
    public String name() {
        return "group";
    }

    @Override
    public String summary() {
        return "messages into groups, half SIP, half IMPS members in 5 domains, against the bare SENDs and POSTs;"
                + " conferences set up; heap per group and member";
    }

    @Override
    public void run(Report report) throws Exception {
        try (GroupWorld world = new GroupWorld("4g");
                BareGroups bare = new BareGroups()) {
            warmUp(world, bare);
            for (int size : SIZES) {
                compare(report, world, bare, size);
            }
        }
        try (GroupWorld world = new GroupWorld("4g")) {
            setUp(report, world);
        }
        try (GroupWorld world = new GroupWorld("4g")) {
            many(report, world);
        }
    }

    /** The gateway's compiler takes minutes until it is done with what a message passes; the bare switch is small. */
    private static void warmUp(GroupWorld world, BareGroups bare) throws Exception {
        try (GroupWorld.Group ours = world.group(SMALL, 1);
                GroupWorld.Group ceiling = bare.group(SMALL)) {
            untilEven(traffic(List.of(ours), WINDOW, world));
            untilEven(new GroupTraffic(List.of(talk(ceiling)), WINDOW, bare::cpu));
        }
    }

    private static void untilEven(GroupTraffic traffic) {
        double best = Double.MAX_VALUE;
        int even = 0;
        for (int round = 0; round < MOST_WARM_UP_ROUNDS && even < EVEN_ROUNDS; round++) {
            double cpu = traffic.of(ROUND).cpu();
            even = cpu < best * CHEAPER ? 0 : even + 1;
            best = Math.min(best, cpu);
        }
    }

    private static void compare(Report report, GroupWorld world, BareGroups bare, int size) throws Exception {
        String members = String.format(Locale.ROOT, "%,d members", size);
        try (GroupWorld.Group ours = world.group(size, 1);
                GroupWorld.Group ceiling = bare.group(size)) {
            GroupTraffic here = traffic(List.of(ours), WINDOW, world);
            GroupTraffic there = new GroupTraffic(List.of(talk(ceiling)), WINDOW, bare::cpu);
            GroupTraffic.Outcome best = here.of(ROUND);
            GroupTraffic.Outcome least = there.of(ROUND);
            // In turn, so that what else the machine does hits both; the first of each was the warm-up.
            for (int round = 0; round < ROUNDS; round++) {
                best = better(round, best, here.of(ROUND));
                least = better(round, least, there.of(ROUND));
            }
            ours.check();
            world.check();
            report.figure(members, best.perSecond(), "messages/s");
            report.figure(members + ", bare", least.perSecond(), "messages/s");
            report.figure(members, best.cpu(), "µs of CPU per message");
            report.figure(members + ", bare", least.cpu(), "µs of CPU per message");
            report.atLeast(members + ", CPU of bare ÷ of ours", least.cpu() / best.cpu(), 0.6);
        }
    }

    private static GroupTraffic.Outcome better(int round, GroupTraffic.Outcome before, GroupTraffic.Outcome now) {
        return round == 0 || now.cpu() < before.cpu() ? now : before;
    }

    private static GroupTraffic traffic(List<GroupWorld.Group> groups, int window, GroupWorld world) {
        return new GroupTraffic(groups.stream().map(GroupBenchmark::talk).toList(), window, world::cpu);
    }

    private static GroupTraffic.Talk talk(GroupWorld.Group group) {
        return new GroupTraffic.Talk(group.tally(), group.speaker()::say);
    }

    /** From the INVITE to the factory until somebody was told of everybody; half of them when it is warm. */
    private static void setUp(Report report, GroupWorld world) throws Exception {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < CONFERENCES; i++) {
            long start = System.nanoTime();
            try (GroupWorld.Group group = world.group(INVITEES + 1, 1)) {
                millis.add((System.nanoTime() - start) / 1e6);
                group.check();
            }
        }
        List<Double> warm =
                millis.subList(CONFERENCES / 2, CONFERENCES).stream().sorted().toList();
        report.figure(
                "INVITE with " + INVITEES + " invitees until all have joined", warm.get(warm.size() / 2), "ms, median");
        report.figure("the same, slowest of " + warm.size(), warm.getLast(), "ms");
    }

    private static void many(Report report, GroupWorld world) throws Exception {
        // Classes, buffers and the database's cache are no group's.
        world.group(SMALL, SMALL).close();
        long before = settled(world);
        try (GroupWorld.Group large = world.group(LARGE, LARGE_PER_CONNECTION)) {
            long one = settled(world);
            report.figure("heap per member of a group of 1,000, KB", (one - before) / 1024.0 / LARGE, "");
            List<GroupWorld.Group> groups = new ArrayList<>();
            for (int i = 0; i < USERS / SMALL; i++) {
                groups.add(world.group(SMALL, SMALL));
            }
            report.figure(
                    String.format(Locale.ROOT, "heap per idle group of %d (%,d of them), KB", SMALL, groups.size()),
                    (settled(world) - one) / 1024.0 / groups.size(),
                    "");
            active(report, world, groups);
            large.check();
            groups.forEach(GroupWorld.Group::close);
        }
    }

    private static long settled(GroupWorld world) throws IOException, InterruptedException {
        TimeUnit.SECONDS.sleep(TRANSACTION_LINGERS);
        return world.liveHeap();
    }

    private static void active(Report report, GroupWorld world, List<GroupWorld.Group> groups) {
        GroupTraffic traffic = traffic(groups, 1, world);
        traffic.of(ROUND);
        GroupTraffic.Outcome outcome = traffic.of(ROUND);
        groups.forEach(GroupWorld.Group::check);
        world.check();
        String what = String.format(Locale.ROOT, "%,d groups of %d at once", groups.size(), SMALL);
        report.figure(what, outcome.perSecond(), "messages/s");
        report.figure(what, outcome.cpu(), "µs of CPU per message");
    }
}
