package org.impsiwf.sip.stack;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.impsiwf.sip.event.InviteUsageId;
import org.impsiwf.sip.resolve.Hop;

/** Tells trace and counters of each message. Any thread. */
final class Observer {

    private final SipTrace trace;
    private final boolean tracing;
    private final SipCounters counters;
    private final InstantSource clock;
    private final Function<String, Optional<InviteUsageId>> usageOfTag;

    /** @param usageOfTag the usage that one of a message's tags names, of those alive on this node */
    Observer(
            SipTrace trace,
            SipCounters counters,
            InstantSource clock,
            Function<String, Optional<InviteUsageId>> usageOfTag) {
        this.trace = trace;
        this.tracing = !trace.equals(SipTrace.NONE); // the text of a message costs too much to make it for nobody
        this.counters = counters;
        this.clock = clock;
        this.usageOfTag = usageOfTag;
    }

    void count(String name, String detail) {
        counters.count(name, detail);
    }

    void sent(SIPRequest request, Hop hop) {
        counters.count("sip.sent.request", request.getMethod());
        if (tracing) {
            String host = hop.host().indexOf(':') >= 0 ? '[' + hop.host() + ']' : hop.host();
            seen(request, true, hop.transport().name().toLowerCase(Locale.ROOT) + ':' + host + ':' + hop.port());
        }
    }

    void sent(SIPResponse response, SipPoint point, String peer) {
        counters.count("sip.sent.response", Integer.toString(response.getStatusCode()));
        if (tracing) {
            seen(response, true, point.transportName() + ':' + peer);
        }
    }

    void received(SIPMessage message, SipPoint point, String peer) {
        counters.count(
                message instanceof SIPRequest ? "sip.received.request" : "sip.received.response",
                message instanceof SIPResponse response
                        ? Integer.toString(response.getStatusCode())
                        : known(message.getCSeq().getMethod()));
        if (tracing) {
            seen(message, false, point.transportName() + ':' + peer);
        }
    }

    /** Keeps a peer's inventions out of the names of counters. */
    private static String known(String method) {
        return RequestDoor.METHODS.contains(method) ? method : "other";
    }

    private void seen(SIPMessage message, boolean sent, String peer) {
        var usage = usageOfTag.apply(message.getToTag()).or(() -> usageOfTag.apply(message.getFromTag()));
        trace.seen(new SipTrace.Seen(
                clock.instant(),
                sent,
                message.getFirstLine().strip(),
                message.getCallId().getCallId(),
                peer,
                usage));
    }
}
