package org.impsiwf.gateway.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.impsiwf.gateway.admin.PeerView;

/**
 * The meters of one gateway. Names are what {@code docs/operations.md} lists. Values of a label come from the network in
 * part, so their number is bounded: further ones count as {@code other}.
 */
public final class GatewayMetrics implements AutoCloseable {

    /** Distinct details that one event may have. */
    private static final int MOST_DETAILS = 100;

    /** Which way a message goes. */
    public enum Direction {
        SIP_TO_IMPS,
        IMPS_TO_SIP
    }

    /** What its sender was told. */
    public enum Outcome {
        ACCEPTED,
        REFUSED,
        FAILED
    }

    private record Concluded(Direction direction, Outcome outcome) {}

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics garbage = new JvmGcMetrics();
    private final EventCounters sip = edge("iwf.sip");
    private final EventCounters msrp = edge("iwf.msrp");
    private final EventCounters ssp = edge("iwf.ssp");
    private final EventCounters noted =
            new EventCounters((what, detail) -> registry.counter("iwf.noted", "what", what), MOST_DETAILS);
    private final ConcurrentHashMap<Concluded, Timer> messages = new ConcurrentHashMap<>();
    private final MultiGauge peersUp;
    private final MultiGauge peersWaiting;

    public GatewayMetrics() {
        // A bug that made a new meter per message must not take the heap.
        registry.config().meterFilter(mostMeters(registry, 10_000));
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        garbage.bindTo(registry);
        peersUp = MultiGauge.builder("iwf.peer.up")
                .description("1 while the SSP session pair with the peer is open")
                .register(registry);
        peersWaiting = MultiGauge.builder("iwf.peer.waiting")
                .description("Requests that wait for the peer")
                .register(registry);
    }

    private static MeterFilter mostMeters(MeterRegistry registry, int most) {
        return new MeterFilter() {
            @Override
            public MeterFilterReply accept(Meter.Id id) {
                return registry.getMeters().size() < most ? MeterFilterReply.NEUTRAL : MeterFilterReply.DENY;
            }
        };
    }

    /** Something happened on the SIP side, such as {@code response} with {@code 481}. */
    public void sip(String event, String detail) {
        sip.count(event, detail);
    }

    /** Something happened on the MSRP side. */
    public void msrp(String event, String detail) {
        msrp.count(event, detail);
    }

    /** Something happened on the SSP side. */
    public void ssp(String event, String detail) {
        ssp.count(event, detail);
    }

    private EventCounters edge(String name) {
        return new EventCounters(
                (event, detail) -> registry.counter(name, "event", event, "detail", detail), MOST_DETAILS);
    }

    /** The mapping remarked something, such as a refusal and its cause; named by our own code. */
    public void noted(String what) {
        noted.count(what, "");
    }

    /** This node goes on with what another one, which is gone, had in hand. */
    public void takenOver() {
        registry.counter("iwf.cluster.takeovers").increment();
    }

    /** A message is concluded: its sender was told, so much after its arrival. */
    public void message(Direction direction, Outcome outcome, Duration took) {
        messages.computeIfAbsent(new Concluded(direction, outcome), this::timer).record(took);
    }

    private Timer timer(Concluded message) {
        return Timer.builder("iwf.message")
                .description("From a message's arrival to the answer that its sender got")
                .tag("direction", label(message.direction()))
                .tag("outcome", label(message.outcome()))
                .serviceLevelObjectives(
                        Duration.ofMillis(10),
                        Duration.ofMillis(100),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(32))
                .register(registry);
    }

    /** A number that is looked up when the page is fetched, such as {@code iwf.conversations}. */
    public void gauge(String name, String description, LongSupplier value) {
        Gauge.builder(name, value, LongSupplier::getAsLong)
                .description(description)
                .strongReference(true)
                .register(registry);
    }

    /** Entries of a store. */
    public void store(String store, LongSupplier size) {
        Gauge.builder("iwf.store.entries", size, LongSupplier::getAsLong)
                .description("Entries in a store of shared state")
                .tag("store", store)
                .strongReference(true)
                .register(registry);
    }

    /** The page for Prometheus, with the peers as they are now. */
    public String scrape(List<PeerView.Peer> peers) {
        peersUp.register(
                peers.stream()
                        .map(peer -> MultiGauge.Row.of(
                                Tags.of("peer", peer.serviceId()), peer.state() == PeerView.State.UP ? 1 : 0))
                        .toList(),
                true);
        peersWaiting.register(
                peers.stream()
                        .map(peer -> MultiGauge.Row.of(Tags.of("peer", peer.serviceId()), peer.waiting()))
                        .toList(),
                true);
        return registry.scrape();
    }

    private static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public void close() {
        garbage.close();
        registry.close();
    }
}
