package org.impsiwf.gateway.admin;

import java.util.Optional;
import java.util.function.Supplier;
import org.impsiwf.gateway.trace.TraceRecorder;

/**
 * What the admin server shows.
 *
 * @param metrics the page for Prometheus
 * @param reload absent where the configuration is read once
 * @param further pages of the program's own
 */
public record AdminViews(
        Supplier<Phase> phase,
        PeerView peers,
        SessionView sessions,
        TraceRecorder traces,
        Supplier<String> metrics,
        Optional<Reload> reload,
        Optional<FurtherPages> further) {

    public AdminViews(
            Supplier<Phase> phase,
            PeerView peers,
            SessionView sessions,
            TraceRecorder traces,
            Supplier<String> metrics,
            Optional<Reload> reload) {
        this(phase, peers, sessions, traces, metrics, reload, Optional.empty());
    }

    /** Of a program that cannot be told to read its configuration again. */
    public AdminViews(
            Supplier<Phase> phase,
            PeerView peers,
            SessionView sessions,
            TraceRecorder traces,
            Supplier<String> metrics) {
        this(phase, peers, sessions, traces, metrics, Optional.empty(), Optional.empty());
    }
}
