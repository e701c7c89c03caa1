package org.impsiwf.gateway.runtime;

import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import org.impsiwf.gateway.metrics.GatewayMetrics;
import org.impsiwf.mapping.State;
import org.impsiwf.mapping.event.Command;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.MailboxKey;
import org.impsiwf.msrp.event.MsrpSessionId;
import org.impsiwf.msrp.transport.MsrpCount;
import org.impsiwf.msrp.transport.MsrpWatcher;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.server.Counted;
import org.impsiwf.ssp.server.SspCounters;

/** Turns what the edges and the runtime see into metrics, traces and the list of live conversations. */
final class GatewayObserver implements InterworkingRuntime.Observer, MsrpWatcher, SspCounters {

    private final GatewayMetrics metrics;
    private final ConversationTrace trace;
    private final LiveConversations live;
    private final InstantSource clock;

    GatewayObserver(GatewayMetrics metrics, ConversationTrace trace, LiveConversations live, InstantSource clock) {
        this.metrics = metrics;
        this.trace = trace;
        this.live = live;
        this.clock = clock;
    }

    @Override
    public void routed(Event event, MailboxKey key) {
        trace.routed(event, key);
    }

    @Override
    public void lost(Event event) {
        metrics.noted("unclaimed-event");
    }

    @Override
    public void decided(MailboxKey key, Event event, Optional<State> next) {
        live.decided(key, next, clock.instant());
    }

    @Override
    public void noted(Command.Noted what) {
        metrics.noted(label(what));
    }

    @Override
    public void count(MsrpCount what) {
        metrics.msrp(label(what), "");
    }

    @Override
    public boolean traces() {
        return trace.on();
    }

    @Override
    public void frame(boolean received, Optional<MsrpSessionId> session, String startLine, int bodyBytes) {
        session.ifPresent(id -> trace.msrp(received, id, startLine, bodyBytes));
    }

    @Override
    public void count(Counted what, Optional<ServiceId> peer, String detail) {
        metrics.ssp(label(what), detail);
    }

    private static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
