package org.impsiwf.gateway.cluster;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.impsiwf.gateway.FreePorts;
import org.impsiwf.testkit.sip.SipTransport;
import org.impsiwf.testkit.sip.SipUserAgent;
import org.impsiwf.testkit.ssp.RawSspPeer;
import org.impsiwf.testkit.user.SipMsrpUser;

/** Gateways as processes on loopback that make one cluster, with one SSP peer and the users alice, carol, dave and tom. */
final class ClusterOfGateways implements AutoCloseable {

    static final String SERVICE_ID = "wv:@iwf.example.com";
    static final String IMPS = "wv:@imps.example.com";
    static final String OUR_SECRET = "secret-of-the-gateway";
    static final String IMPS_SECRET = "secret-of-the-domain";
    static final String SIP_DOMAIN = "ims.example.com";
    private static final String PASSWORD = "secret-of-the-users";

    private final List<GatewayProcess> nodes = new ArrayList<>();
    private final List<SipMsrpUser> users = new ArrayList<>();

    private ClusterOfGateways() {}

    /**
     * Starts them all, and waits until they listen and have found each other. Node 0 is the oldest of them: the one that tells the
     * others who is a member.
     *
     * @param imps the SSP peer; it faces all of them before the first one starts
     * @param further whole sections of the configuration, the same for all
     */
    static ClusterOfGateways of(int count, Path directory, RawSspPeer imps, String further) {
        return of(count, directory, imps, ownMemory(count, further));
    }

    /** They find each other by address, and keep what they keep in memory. */
    static Sharing ownMemory(int count, String further) {
        String name = "test-" + UUID.randomUUID();
        return (node, members) -> """
                storage: { url: memory }
                cluster: { mode: hazelcast, name: %s, listen: "%s", members: [ %s ], minimum-members: %d }
                %s
                """.formatted(
                        name,
                        members.get(node),
                        members.stream().map(address -> '"' + address + '"').collect(Collectors.joining(", ")),
                        count > 2 ? count / 2 + 1 : 1,
                        further);
    }

    /** Where the nodes are. */
    interface Places {

        /** All on this machine. */
        Places LOOPBACK = new Places() {
            @Override
            public List<String> runner(int node) {
                return List.of();
            }

            @Override
            public String outside(int node) {
                return "127.0.0.1";
            }

            @Override
            public String inside(int node) {
                return "127.0.0.1";
            }
        };

        /** What starts a process there, before its command. */
        List<String> runner(int node);

        /** Its address for users and peers. */
        String outside(int node);

        /** Its address for the other nodes. */
        String inside(int node);
    }

    /** What the configurations say of the nodes and what they share. */
    interface Sharing {

        /**
         * The sections {@code cluster} and {@code storage}.
         *
         * @param members addresses of all nodes
         */
        String sections(int node, List<String> members);
    }

    /** As {@link #of(int, Path, RawSspPeer, String)}, with nodes that find each other and share as those sections say. */
    static ClusterOfGateways of(int count, Path directory, RawSspPeer imps, Sharing sharing) {
        return of(count, directory, imps, sharing, Places.LOOPBACK);
    }

    /** As {@link #of(int, Path, RawSspPeer, Sharing)}, there. */
    static ClusterOfGateways of(int count, Path directory, RawSspPeer imps, Sharing sharing, Places places) {
        var cluster = new ClusterOfGateways();
        int[] sip = FreePorts.choose(count);
        int[] ssp = FreePorts.choose(count);
        int[] member = FreePorts.choose(count);
        List<String> members = IntStream.range(0, count)
                .mapToObj(i -> places.inside(i) + ":" + member[i])
                .toList();
        try {
            for (int i = 0; i < count; i++) {
                String host = places.outside(i);
                String text = configuration(host, sip[i], ssp[i], imps.url(), sharing.sections(i, members));
                Path file = Files.writeString(directory.resolve("node-" + i + ".yaml"), text);
                cluster.nodes.add(new GatewayProcess(
                        places.runner(i),
                        file,
                        new InetSocketAddress(InetAddress.ofLiteral(host), sip[i]),
                        URI.create("http://" + host + ":" + ssp[i] + "/")));
            }
            imps.facing(cluster.nodes.stream().map(GatewayProcess::ssp).toList());
            cluster.nodes.getFirst().starts().listens();
            cluster.nodes.stream().skip(1).forEach(GatewayProcess::starts);
            cluster.nodes.stream().skip(1).forEach(GatewayProcess::listens);
            cluster.isWhole();
            return cluster;
        } catch (IOException e) {
            cluster.close();
            throw new UncheckedIOException(e);
        } catch (RuntimeException | AssertionError e) {
            cluster.close();
            throw e;
        }
    }

    private static String configuration(String host, int sip, int ssp, URI peer, String sharing) {
        return """
                service-id: "%s"
                sip:
                  listen: [ "udp:%11$s:%2$d", "tcp:%11$s:%2$d" ]
                  domains: [ %3$s ]
                  users:
                    - { id: alice@%3$s, password: %4$s }
                    - { id: carol@%3$s, password: %4$s }
                    - { id: dave@%3$s, password: %4$s }
                    - { id: tom@%3$s, password: %4$s }
                msrp: { listen: "%11$s:0" }
                ssp:
                  listen: "%11$s:%5$d"
                  peers: [ { service-id: "%6$s", url: "%7$s", our-password: %8$s, peer-password: %9$s, connect: true } ]
                admin: { listen: "%11$s:0" }
                conversation: { mode: session }
                %10$s
                """.formatted(
                        SERVICE_ID, sip, SIP_DOMAIN, PASSWORD, ssp, IMPS, peer, OUR_SECRET, IMPS_SECRET, sharing, host);
    }

    /** Waits until each node is ready and sees all the others. */
    void isWhole() {
        await().atMost(GatewayProcess.PATIENCE)
                .until(() -> nodes.stream().allMatch(node -> node.isReady() && node.sees() == nodes.size()));
    }

    int size() {
        return nodes.size();
    }

    int indexOf(GatewayProcess node) {
        return nodes.indexOf(node);
    }

    GatewayProcess node(int i) {
        return nodes.get(i);
    }

    /** The one that speaks with the SSP peer. */
    GatewayProcess holder() {
        return nodes.stream().filter(GatewayProcess::holdsThePeer).findFirst().orElseThrow();
    }

    /** One that does not. */
    GatewayProcess otherThanHolder() {
        GatewayProcess holder = holder();
        return nodes.stream().filter(node -> node != holder).findFirst().orElseThrow();
    }

    /** A user who speaks to that node first of all, registered there. */
    SipMsrpUser user(String name, SipTransport transport, GatewayProcess node) {
        SipMsrpUser user =
                SipMsrpUser.start(SipUserAgent.Settings.of(name + "@" + SIP_DOMAIN, PASSWORD, transport, node.sip()));
        users.add(user);
        // Who has just come back may ask for some more seconds (503 with Retry-After).
        await().atMost(GatewayProcess.PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> user.register(3600).status() == 200);
        return user;
    }

    /** What the nodes have said, for a failure. */
    String logs() {
        return IntStream.range(0, nodes.size())
                .mapToObj(i -> "--- node " + i + "\n" + nodes.get(i).log())
                .collect(Collectors.joining("\n"));
    }

    @Override
    public void close() {
        users.forEach(SipMsrpUser::close);
        nodes.forEach(GatewayProcess::close);
    }
}
