package org.impsiwf.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.impsiwf.gateway.Main;
import org.impsiwf.ssp.codec.DecodeException;
import org.impsiwf.ssp.codec.Dialect;
import org.impsiwf.ssp.codec.MalformedMessageException;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.event.SspRequestId;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.server.Listen;
import org.impsiwf.ssp.server.PeerSettings;
import org.impsiwf.ssp.server.SspCounters;
import org.impsiwf.ssp.server.SspServer;
import org.impsiwf.ssp.server.SspSettings;
import org.impsiwf.ssp.server.SspTrace;
import org.impsiwf.ssp.session.DigestScheme;
import org.impsiwf.store.Stores;
import org.impsiwf.store.local.LocalStores;

/** A gateway in a process of its own, or in several that are its nodes, with an IMPS domain in this one that takes every message at once. */
final class GatewayUnderTest implements AutoCloseable {

    private static final ServiceId DOMAIN = new ServiceId("wv:@imps.example.com");
    private static final ServiceId GATEWAY = new ServiceId("wv:@iwf.example.com");

    /** Lines of the configuration. */
    private record Limits(String sip, String ssp) {
        private static final Limits BY_DEFAULT = new Limits("", "");
    }

    private static final Limits NEVER_REFUSES = new Limits("max-waiting-requests: 100000", "max-queue: 100000");

    private final CountDownLatch up = new CountDownLatch(1);
    private final Stores stores = LocalStores.inHeap();
    private final List<Path> configurations = new ArrayList<>();
    private final Primitive taken;
    private final SspServer domain;
    private final List<ServerProcess> processes = new ArrayList<>();
    private final int[] sipPorts;
    private final Limits limits;
    private final AtomicLong requests = new AtomicLong();
    private volatile Consumer<SspEvent> answers = answer -> {};

    /** @param heap of the gateway, for example {@code 2g} */
    GatewayUnderTest(String heap) throws IOException, InterruptedException, MalformedMessageException, DecodeException {
        this(heap, NodeConfiguration.local(), NEVER_REFUSES);
    }

    /** @param nodes the first one holds the peer */
    GatewayUnderTest(String heap, NodeConfiguration nodes)
            throws IOException, InterruptedException, MalformedMessageException, DecodeException {
        this(heap, nodes, NEVER_REFUSES);
    }

    /** One with the limits that the configuration has by itself, which refuses what is too much. */
    static GatewayUnderTest withItsLimits(String heap)
            throws IOException, InterruptedException, MalformedMessageException, DecodeException {
        return new GatewayUnderTest(heap, NodeConfiguration.local(), Limits.BY_DEFAULT);
    }

    private GatewayUnderTest(String heap, NodeConfiguration nodes, Limits limits)
            throws IOException, InterruptedException, MalformedMessageException, DecodeException {
        this.limits = limits;
        taken = SspSamples.primitive(SspSamples.SEND_MESSAGE_RESPONSE);
        sipPorts = new int[nodes.count()];
        for (int i = 0; i < sipPorts.length; i++) {
            sipPorts[i] = FreePorts.udp();
        }
        int sspPort = FreePorts.tcp();
        domain = new SspServer(
                SspSettings.of(DOMAIN, List.of(Listen.plain("127.0.0.1:0")), List.of()),
                stores,
                InstantSource.system(),
                this::take,
                SspCounters.NONE,
                SspTrace.NONE);
        domain.start();
        domain.addPeer(PeerSettings.of(
                        GATEWAY,
                        Optional.of(URI.create("http://127.0.0.1:" + sspPort + "/")),
                        "",
                        "",
                        DigestScheme.SHA,
                        Dialect.OMA_1_3,
                        false)
                .speakingFor(Set.of("ims.example.com")));
        start(heap, yaml(sipPorts[0], sspPort, nodes.section(0)));
        if (!up.await(30, TimeUnit.SECONDS)) {
            close();
            throw new IOException("the gateway did not log in to the domain");
        }
        for (int i = 1; i < sipPorts.length; i++) {
            start(heap, yaml(sipPorts[i], FreePorts.tcp(), nodes.section(i)));
        }
    }

    private void start(String heap, String yaml) throws IOException {
        Path configuration = Files.createTempFile("iwf-bench", ".yaml");
        configurations.add(configuration);
        Files.writeString(configuration, yaml);
        processes.add(
                ServerProcess.start(heap, List.of(Main.class.getName(), "run", "--config", configuration.toString())));
    }

    private String yaml(int sipPort, int sspPort, String cluster) throws IOException {
        return """
                service-id: wv:@iwf.example.com
                sip:
                  listen: [ "udp:127.0.0.1:%d" ]
                  domains: [ ims.example.com ]
                  trusted: [ 127.0.0.1/32 ]
                  %s
                msrp: { listen: "127.0.0.1:%d" }
                ssp:
                  listen: "127.0.0.1:%d"
                  %s
                  connections-per-session: 2
                  peers:
                    - { service-id: "wv:@imps.example.com", url: "http://127.0.0.1:%d/", our-password: "", peer-password: "" }
                admin: { listen: "127.0.0.1:%d" }
                storage: { url: memory }
                cluster: %s
                log: { level: warn }
                """.formatted(
                        sipPort,
                        limits.sip(),
                        FreePorts.tcp(),
                        sspPort,
                        limits.ssp(),
                        domain.addresses().getFirst().getPort(),
                        FreePorts.tcp(),
                        cluster);
    }

    InetSocketAddress sip() {
        return sip(0);
    }

    InetSocketAddress sip(int node) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), sipPorts[node]);
    }

    ServerProcess process() {
        return processes.getFirst();
    }

    /** Of all nodes. */
    Duration cpu() {
        return processes.stream().map(ServerProcess::cpu).reduce(Duration.ZERO, Duration::plus);
    }

    /** Has the domain send that. */
    void write(Primitive request) {
        domain.execute(
                new SspCommand.SendRequest(new SspRequestId("d" + requests.incrementAndGet()), GATEWAY, request));
    }

    /** Who hears the answers to what the domain sends, and what has failed; on an event loop. */
    void onAnswer(Consumer<SspEvent> listener) {
        answers = listener;
    }

    private void take(SspEvent event) {
        switch (event) {
            case SspEvent.RequestReceived received ->
                domain.execute(new SspCommand.Answer(received.transaction(), taken));
            case SspEvent.PeerUp opened -> up.countDown();
            case SspEvent.ResponseReceived answered -> answers.accept(answered);
            case SspEvent.RequestFailed failed -> answers.accept(failed);
            default -> {
                // The load tells what was lost: it counts the answers.
            }
        }
    }

    @Override
    public void close() throws IOException {
        processes.reversed().forEach(ServerProcess::close);
        domain.close();
        stores.close();
        for (Path configuration : configurations) {
            Files.deleteIfExists(configuration);
        }
    }
}
