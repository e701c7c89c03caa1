package org.impsiwf.sip.stack;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.impsiwf.sip.dialog.UsageEvent;
import org.impsiwf.sip.event.SipCommand.Sender;
import org.impsiwf.sip.event.SipEvent.FinalResponse;
import org.impsiwf.sip.event.SipUri;
import org.impsiwf.sip.trust.TrustDomain;

/** Takes an INVITE of ours along the ways there are until one shows a sign of life. */
final class OutgoingInvites {

    /** For one way to show any, while there are others. */
    private static final Duration PATIENCE_PER_WAY = Duration.ofSeconds(4);

    /** Timer B (RFC 3261 §17.1.1.2), and a little for the stack to say so itself. */
    private static final Duration PATIENCE = Duration.ofSeconds(33);

    private final ClientTransactions client;
    private final Ways ways;
    private final TrustDomain trust;
    private final BiConsumer<String, UsageEvent> usages;

    /** @param usages takes an event for the usage of a tag */
    OutgoingInvites(ClientTransactions client, Ways ways, TrustDomain trust, BiConsumer<String, UsageEvent> usages) {
        this.client = client;
        this.ways = ways;
        this.trust = trust;
        this.usages = usages;
    }

    /** Starts; what comes of it are events of the usage. */
    void send(String tag, LiveInvites.Live live, Sender sender, SipUri target) {
        OutgoingRequest invite = live.invite;
        Thread.ofVirtual().name("sip-invite").start(() -> {
            try {
                walk(tag, live, invite, sender, target);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                refused(tag, invite, ReceivedResponse.made(503, "Stopped"));
            }
        });
    }

    private void walk(String tag, LiveInvites.Live live, OutgoingRequest invite, Sender sender, SipUri target)
            throws InterruptedException {
        List<Ways.Way> open = ways.to(target, invite.size());
        FinalResponse last =
                open.isEmpty() ? ReceivedResponse.made(480, "Nobody there") : ReceivedResponse.made(503, "No way left");
        while (!open.isEmpty() && !live.cancelled) {
            Ways.Way way = open.getFirst();
            open = open.subList(1, open.size());
            Optional<FinalResponse> refusal =
                    attempt(tag, live, invite, sender, way, open.isEmpty() ? PATIENCE : PATIENCE_PER_WAY);
            if (refusal.isEmpty()) {
                return;
            }
            last = refusal.get();
            if (!last.synthetic()) {
                open = Ways.leftAfter(way, last.status(), open);
            }
        }
        refused(tag, invite, live.cancelled ? ReceivedResponse.made(487, "Cancelled") : last);
    }

    /** Empty once the way was taken: everything else comes as events. */
    private Optional<FinalResponse> attempt(
            String tag, LiveInvites.Live live, OutgoingRequest invite, Sender sender, Ways.Way way, Duration patience)
            throws InterruptedException {
        var identity = trust.outgoing(sender, Peers.isTrusted(trust, way.hop()));
        OutgoingRequest towards =
                invite.towards(way.requestUri(), way.routes()).from(identity.from(), identity.headers());
        // Known before it leaves: a CANCEL may be due before the call returns.
        ClientExchange exchange = client.send(
                towards,
                way.hop(),
                (early, status) -> usages.accept(tag, new UsageEvent.Progressed(status, early)),
                begun -> live.attempt = begun);
        try {
            exchange.signOfLife().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            client.forget(exchange);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a sign of life never fails", e);
        }
        if (exchange.hadProvisional()) {
            ways.reached(way.hop());
            exchange.outcome().thenAccept(outcome -> finished(tag, invite, outcome));
            return Optional.empty();
        }
        return rejected(way, exchange.outcome().join());
    }

    private Optional<FinalResponse> rejected(Ways.Way way, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Answered(ReceivedResponse response)
            when response.status() < 300 -> {
                ways.reached(way.hop());
                yield Optional.empty(); // the listener gave the 2xx to the usage itself
            }
            case Outcome.Answered(ReceivedResponse response) -> {
                if (response.status() == 503) {
                    ways.failed(way.hop());
                } else {
                    ways.reached(way.hop());
                }
                yield Optional.of(response.asFinal());
            }
            case Outcome.TimedOut t -> {
                ways.failed(way.hop());
                yield Optional.of(ReceivedResponse.made(408, "No answer"));
            }
            case Outcome.Unreachable u -> {
                ways.failed(way.hop());
                yield Optional.of(ReceivedResponse.made(503, "Not reachable"));
            }
            case Outcome.Unsayable(String cause) -> Optional.of(ReceivedResponse.made(400, cause));
        };
    }

    private void finished(String tag, OutgoingRequest invite, Outcome outcome) {
        switch (outcome) {
            case Outcome.Answered(ReceivedResponse response) when response.status() < 300 -> {} // see above
            case Outcome.Answered(ReceivedResponse response) -> refused(tag, invite, response);
            case Outcome.TimedOut t -> refused(tag, invite, ReceivedResponse.made(408, "No final answer"));
            case Outcome.Unreachable u -> refused(tag, invite, ReceivedResponse.made(503, "Connection lost"));
            case Outcome.Unsayable(String cause) -> refused(tag, invite, ReceivedResponse.made(400, cause));
        }
    }

    private void refused(String tag, OutgoingRequest invite, ReceivedResponse response) {
        usages.accept(
                tag,
                new UsageEvent.Refused(
                        invite.cseq(),
                        response.asFinal(),
                        response.message().value("Min-SE").flatMap(ReceivedMessage::seconds)));
    }

    private void refused(String tag, OutgoingRequest invite, FinalResponse response) {
        usages.accept(tag, new UsageEvent.Refused(invite.cseq(), response, Optional.empty()));
    }
}
