package org.impsiwf.gateway.admin;

import java.util.Optional;
import java.util.function.Supplier;
import org.impsiwf.gateway.trace.TraceRecorder;

/**
 * What the admin server shows.
 *
 * @param metrics the page for Prometheus
 * @param storage how it stands with the database; absent where there is none to speak of
 * @param reload absent where the configuration is read once
 * @param further pages of the program's own
 * @param cluster absent in a program that always runs alone
 */
public record AdminViews(
        Supplier<Phase> phase,
        PeerView peers,
        SessionView sessions,
        TraceRecorder traces,
        Supplier<String> metrics,
        Optional<Supplier<? extends Enum<?>>> storage,
        Optional<Reload> reload,
        Optional<FurtherPages> further,
        Optional<ClusterView> cluster) {

    public AdminViews(
            Supplier<Phase> phase,
            PeerView peers,
            SessionView sessions,
            TraceRecorder traces,
            Supplier<String> metrics,
            Optional<Reload> reload) {
        this(phase, peers, sessions, traces, metrics, Optional.empty(), reload, Optional.empty(), Optional.empty());
    }

    /** Of a program that cannot be told to read its configuration again. */
    public AdminViews(
            Supplier<Phase> phase,
            PeerView peers,
            SessionView sessions,
            TraceRecorder traces,
            Supplier<String> metrics) {
        this(phase, peers, sessions, traces, metrics, Optional.empty());
    }

    public AdminViews withStorage(Supplier<? extends Enum<?>> other) {
        return new AdminViews(phase, peers, sessions, traces, metrics, Optional.of(other), reload, further, cluster);
    }

    public AdminViews withCluster(ClusterView other) {
        return new AdminViews(phase, peers, sessions, traces, metrics, storage, reload, further, Optional.of(other));
    }
}
