package org.impsiwf.gateway.admin;

import java.util.function.Supplier;
import org.impsiwf.gateway.trace.TraceRecorder;

/**
 * What the admin server shows.
 *
 * @param metrics the page for Prometheus
 */
public record AdminViews(
        Supplier<Phase> phase, PeerView peers, SessionView sessions, TraceRecorder traces, Supplier<String> metrics) {}
