package org.impsiwf.bench;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.impsiwf.gateway.Main;
import org.impsiwf.ssp.primitives.ServiceId;

/** A gateway in a process of its own, or in several that are its nodes; five IMPS domains and SIP users in this one, for groups of both. */
final class GroupWorld implements AutoCloseable {

    static final int DOMAINS = 5;

    private static final ServiceId GATEWAY = new ServiceId("wv:@iwf.example.com");
    private static final int PATIENCE_SECONDS = 120;

    private final Map<String, GroupTally> tallies = new ConcurrentHashMap<>();
    private final Map<String, BlockingQueue<MsrpLoad.Target>> connected = new ConcurrentHashMap<>();
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final List<InvitedDomain> domains = new ArrayList<>();
    private final Path directory = Files.createTempDirectory("iwf-bench-group");
    private final SipMembers sip;
    private final List<ServerProcess> processes = new ArrayList<>();
    private volatile GroupTally next = new GroupTally(1);
    private int named;

    /**
     * One node, with the database of its defaults.
     *
     * @param heap of the gateway, for example {@code 4g}
     */
    GroupWorld(String heap) throws IOException, InterruptedException {
        this(heap, NodeConfiguration.local(), false);
    }

    /** With the groups in the memory of the first node, where all users are; it holds the peers, too. */
    static GroupWorld inMemory(String heap, NodeConfiguration nodes) throws IOException, InterruptedException {
        return new GroupWorld(heap, nodes, true);
    }

    private GroupWorld(String heap, NodeConfiguration nodes, boolean inMemory)
            throws IOException, InterruptedException {
        sip = new SipMembers((group, session) -> connected(key(group)).add(session));
        int sipPort = FreePorts.udp();
        int sspPort = FreePorts.tcp();
        for (int i = 1; i <= DOMAINS; i++) {
            InvitedDomain domain = new InvitedDomain(i, GATEWAY, this::tally);
            domain.expects(sspPort);
            domains.add(domain);
        }
        String storage = inMemory ? "url: memory" : "directory: \"" + directory.resolve("data") + "\"";
        sip.behind(new InetSocketAddress(InetAddress.getLoopbackAddress(), sipPort));
        start(heap, yaml(sipPort, sspPort, storage, nodes.section(0)));
        for (InvitedDomain domain : domains) {
            if (!domain.up().await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                close();
                throw new IOException("the gateway did not log in to " + domain.serviceId());
            }
        }
        for (int i = 1; i < nodes.count(); i++) {
            start(heap, yaml(FreePorts.udp(), FreePorts.tcp(), storage, nodes.section(i)));
        }
    }

    private void start(String heap, String yaml) throws IOException {
        Path configuration = Files.writeString(directory.resolve("gateway-" + processes.size() + ".yaml"), yaml);
        processes.add(
                ServerProcess.start(heap, List.of(Main.class.getName(), "run", "--config", configuration.toString())));
    }

    private String yaml(int sipPort, int sspPort, String storage, String cluster) throws IOException {
        String peers = domains.stream()
                .map(domain -> """
                            - { service-id: "%s", url: "http://127.0.0.1:%d/", our-password: "", peer-password: "" }
                        """.formatted(domain.serviceId().value(), domain.port()))
                .collect(Collectors.joining());
        return """
                service-id: "%s"
                sip:
                  listen: [ "udp:127.0.0.1:%d" ]
                  domains: [ ims.example.com ]
                  next-hop: "sip:127.0.0.1:%d;transport=udp"
                  trusted: [ 127.0.0.1/32 ]
                  max-adhoc-group-size: 1000
                  max-waiting-requests: 100000
                msrp: { listen: "127.0.0.1:%d" }
                ssp:
                  listen: "127.0.0.1:%d"
                  max-queue: 100000
                  peers:
                %s
                conversation: { invitation-wait: 2m, connect-wait: 1m }
                admin: { listen: "127.0.0.1:%d" }
                storage: { %s }
                cluster: %s
                log: { level: warn }
                """.formatted(
                        GATEWAY.value(),
                        sipPort,
                        sip.port(),
                        FreePorts.tcp(),
                        sspPort,
                        peers,
                        FreePorts.tcp(),
                        storage,
                        cluster);
    }

    private static String key(String group) {
        return group.toLowerCase(Locale.ROOT);
    }

    private BlockingQueue<MsrpLoad.Target> connected(String group) {
        return connected.computeIfAbsent(group, any -> new LinkedBlockingQueue<>());
    }

    /** Of a group that is being made, nobody knows the address before its members do. */
    private GroupTally tally(String group) {
        return tallies.computeIfAbsent(group, any -> next);
    }

    /** A group, and the connections of its SIP members; the first is that of the one who began it. */
    record Group(GroupTally tally, List<MemberConnection> connections, Consumer<MsrpLoad.Target> leaves)
            implements AutoCloseable {

        MemberConnection speaker() {
            return connections.getFirst();
        }

        void check() {
            connections.forEach(MemberConnection::check);
        }

        /** All SIP members leave, without a word. */
        @Override
        public void close() {
            connections.forEach(connection -> connection.sessions().forEach(leaves));
            connections.forEach(MemberConnection::close);
        }
    }

    /**
     * A conference of so many: the first is a SIP user, then as many IMPS users of the five domains as SIP users.
     *
     * @param perConnection SIP members that share a connection
     */
    Group group(int members, int perConnection) throws InterruptedException {
        int imps = members / 2;
        int guests = members - imps - 1;
        GroupTally tally = new GroupTally(members);
        next = tally;
        List<String> list = new ArrayList<>();
        for (int i = 0; i < imps; i++) {
            list.add("m" + named++ + "@" + domains.get(i % DOMAINS).serviceId().domain());
        }
        for (int i = 0; i < guests; i++) {
            list.add(SipMembers.user("m" + named++));
        }
        SipMembers.Begun begun = sip.begins("m" + named++, list);
        BlockingQueue<MsrpLoad.Target> arriving = connected(key(begun.group()));
        List<MsrpLoad.Target> sessions = new ArrayList<>(List.of(begun.session()));
        List<MemberConnection> connections = new ArrayList<>();
        String address = "sip:" + begun.group();
        for (int left = guests; left >= 0; left--) {
            if (sessions.size() == perConnection || left == 0) {
                connections.add(MemberConnection.open(loops, sessions, address, tally));
                sessions = new ArrayList<>();
            }
            if (left > 0) {
                sessions.add(arrival(arriving));
            }
        }
        tally.awaitAll();
        connected.remove(key(begun.group()));
        check();
        return new Group(tally, connections, sip::forget);
    }

    private MsrpLoad.Target arrival(BlockingQueue<MsrpLoad.Target> arriving) throws InterruptedException {
        MsrpLoad.Target session = arriving.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (session == null) {
            check();
            throw new IllegalStateException("a SIP member has not come");
        }
        return session;
    }

    /** @throws IllegalStateException when anybody was refused anything */
    void check() {
        sip.check();
        domains.forEach(InvitedDomain::check);
    }

    /** Of all nodes. */
    Duration cpu() {
        return processes.stream().map(ServerProcess::cpu).reduce(Duration.ZERO, Duration::plus);
    }

    long liveHeap() throws IOException, InterruptedException {
        return processes.getFirst().liveHeap();
    }

    @Override
    public void close() throws IOException {
        processes.reversed().forEach(ServerProcess::close);
        domains.forEach(InvitedDomain::close);
        sip.close();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
