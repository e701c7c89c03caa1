package org.impsiwf.sip.stack;

import gov.nist.javax.sip.message.SIPRequest;
import java.text.ParseException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import javax.sip.SipException;
import org.impsiwf.sip.dialog.Dialog;
import org.impsiwf.sip.dialog.TimerTerms;
import org.impsiwf.sip.event.Body;
import org.impsiwf.sip.event.SipUri;
import org.impsiwf.sip.resolve.Hop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends requests within dialogs (RFC 3261 §12.2.1.1). */
final class DialogRequests {

    private static final Logger LOG = LoggerFactory.getLogger(DialogRequests.class);
    private static final Duration PATIENCE = Duration.ofSeconds(33);

    /** RFC 3261 §12.2, RFC 3311 §5.1, RFC 6665 §8.2.1: what has a Contact. */
    private static final Set<String> TARGET_REFRESHES = Set.of("INVITE", "UPDATE", "NOTIFY");

    private final ClientTransactions client;
    private final Ways ways;
    private final SipPoints points;
    private final RequestMaker maker;
    private final BoundedNetwork network;
    private final Observer observer;

    DialogRequests(
            ClientTransactions client,
            Ways ways,
            SipPoints points,
            RequestMaker maker,
            BoundedNetwork network,
            Observer observer) {
        this.client = client;
        this.ways = ways;
        this.points = points;
        this.maker = maker;
        this.network = network;
        this.observer = observer;
    }

    /** RFC 4028 §4, §5: what a request says of the session timer. */
    static Map<String, String> timerHeaders(TimerTerms terms) {
        var headers = new LinkedHashMap<String, String>();
        terms.sessionExpires().ifPresent(interval -> headers.put("Session-Expires", "" + interval.toSeconds()));
        terms.minimum().ifPresent(least -> headers.put("Min-SE", Long.toString(least.toSeconds())));
        return headers;
    }

    List<Hop> hops(Dialog dialog, Optional<String> flow) {
        return ways.inside(dialog, flow, 0);
    }

    /**
     * Sends on a virtual thread; {@code done} gets the outcome of the first hop that could be reached.
     *
     * @param focus what the Contact says, where the method has one
     */
    void send(
            Dialog dialog,
            Optional<String> flow,
            String method,
            long cseq,
            Map<String, String> headers,
            Optional<Body> body,
            Optional<SipUri> focus,
            Consumer<Outcome> done) {
        OutgoingRequest request = request(dialog, method, cseq, headers, body, focus);
        Thread.ofVirtual().name("sip-dialog").start(() -> done.accept(walk(request, dialog, flow)));
    }

    private Outcome walk(OutgoingRequest request, Dialog dialog, Optional<String> flow) {
        Outcome last =
                new Outcome.Unreachable("no address for " + dialog.route().nextHop());
        for (Hop hop : ways.inside(dialog, flow, request.size())) {
            last = attempt(request, hop);
            if (!(last instanceof Outcome.Unreachable)) {
                ways.reached(hop);
                return last;
            }
            ways.failed(hop);
        }
        return last;
    }

    private Outcome attempt(OutgoingRequest request, Hop hop) {
        ClientExchange exchange = client.send(request, hop, (tag, status) -> {});
        try {
            return exchange.outcome().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // An INVITE transaction has no end of its own once it had a provisional response.
            client.cancel(exchange);
            client.forget(exchange);
            return new Outcome.TimedOut();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Unreachable("stopped");
        } catch (ExecutionException e) {
            throw new IllegalStateException("an outcome never fails", e);
        }
    }

    private static OutgoingRequest request(
            Dialog dialog,
            String method,
            long cseq,
            Map<String, String> headers,
            Optional<Body> body,
            Optional<SipUri> focus) {
        Dialog.Route route = dialog.route();
        return new OutgoingRequest(
                method,
                route.requestUri(),
                route.routes(),
                dialog.local(),
                dialog.localTag(),
                dialog.remote(),
                dialog.remoteTag(),
                dialog.callId(),
                cseq,
                headers,
                body,
                TARGET_REFRESHES.contains(method),
                focus);
    }

    /** ACK for a 2xx: no transaction, nothing comes back (RFC 3261 §13.2.2.4). */
    void ack(Dialog dialog, Optional<String> flow, long cseq) {
        OutgoingRequest request = request(dialog, "ACK", cseq, Map.of(), Optional.empty(), Optional.empty());
        for (Hop hop : ways.inside(dialog, flow, request.size())) {
            Optional<SipPoint> point = points.towards(hop);
            if (point.isPresent() && sent(request, point.get(), hop)) {
                return;
            }
        }
        LOG.info("could not send ACK to {}", dialog.route().nextHop());
    }

    private boolean sent(OutgoingRequest request, SipPoint point, Hop hop) {
        try {
            SIPRequest ack = maker.make(request, point, hop);
            network.expecting(hop.serverName(), () -> point.provider().sendRequest(ack));
            observer.sent(ack, hop);
            return true;
        } catch (SipException | ParseException | RuntimeException e) {
            LOG.info("could not send ACK to {}: {}", hop, e.toString());
            return false;
        }
    }

    /** CANCEL for our INVITE, as far as it got. */
    void cancel(LiveInvites.Live live) {
        ClientExchange attempt = live.attempt;
        if (attempt != null) {
            client.cancel(attempt);
        }
    }
}
