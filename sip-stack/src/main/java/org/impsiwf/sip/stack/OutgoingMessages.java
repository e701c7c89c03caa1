package org.impsiwf.sip.stack;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.impsiwf.sip.event.NameAddr;
import org.impsiwf.sip.event.SipCommand.SendMessage;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.sip.event.SipEvent.FinalResponse;
import org.impsiwf.sip.event.SipSide;
import org.impsiwf.sip.event.SipUri;
import org.impsiwf.sip.trust.TrustDomain;

/** Sends MESSAGE (RFC 3428) over the ways there are until one of them answers, each on a virtual thread of its own. */
final class OutgoingMessages {

    /** For the whole of it, all ways together. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** For one way while there are others. */
    private static final Duration PATIENCE_PER_WAY = Duration.ofSeconds(8);

    private final ClientTransactions client;
    private final Ways ways;
    private final TrustDomain trust;
    private final SipSide.Listener listener;
    private final InstantSource clock;

    /** An order with an id of one before is the same order. */
    private final RecentlySeen orders;

    private final AtomicInteger inFlight = new AtomicInteger();

    OutgoingMessages(
            ClientTransactions client, Ways ways, TrustDomain trust, SipSide.Listener listener, InstantSource clock) {
        this.client = client;
        this.ways = ways;
        this.trust = trust;
        this.listener = listener;
        this.clock = clock;
        this.orders = new RecentlySeen(clock);
    }

    void send(SendMessage order) {
        if (orders.remember(RecentlySeen.hash(17, order.request().value()), 0).isPresent()) {
            return;
        }
        inFlight.incrementAndGet();
        Thread.ofVirtual().name("sip-message").start(() -> {
            FinalResponse answer;
            try {
                answer = walk(order);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                answer = ReceivedResponse.made(503, "Stopped");
            } finally {
                inFlight.decrementAndGet();
            }
            listener.on(new SipEvent.MessageAnswered(order.request(), answer));
        });
    }

    private FinalResponse walk(SendMessage order) throws InterruptedException {
        OutgoingRequest request = request(order);
        List<Ways.Way> open = ways.to(order.target(), request.size());
        if (open.isEmpty()) {
            return ReceivedResponse.made(480, "Nobody there");
        }
        Instant end = clock.instant().plus(PATIENCE);
        FinalResponse last = ReceivedResponse.made(503, "No way left");
        while (!open.isEmpty() && clock.instant().isBefore(end)) {
            Ways.Way way = open.getFirst();
            open = open.subList(1, open.size());
            Outcome outcome = attempt(request, order, way, patience(end, open.isEmpty()));
            switch (outcome) {
                case Outcome.Unsayable(String cause) -> {
                    return ReceivedResponse.made(400, cause);
                }
                case Outcome.Unreachable u -> ways.failed(way.hop());
                case Outcome.TimedOut t -> {
                    ways.failed(way.hop());
                    last = ReceivedResponse.made(408, "No answer");
                }
                case Outcome.Answered(ReceivedResponse response) -> {
                    last = response.asFinal();
                    if (response.status() == 503) {
                        ways.failed(way.hop());
                    } else {
                        ways.reached(way.hop());
                    }
                    open = Ways.leftAfter(way, response.status(), open);
                }
            }
        }
        return last;
    }

    private Duration patience(Instant end, boolean isLast) {
        Duration left = Duration.between(clock.instant(), end);
        return isLast || left.compareTo(PATIENCE_PER_WAY) < 0 ? left : PATIENCE_PER_WAY;
    }

    private Outcome attempt(OutgoingRequest request, SendMessage order, Ways.Way way, Duration patience)
            throws InterruptedException {
        var identity = trust.outgoing(order.sender(), Peers.isTrusted(trust, way.hop()));
        ClientExchange exchange = client.send(
                request.towards(way.requestUri(), way.routes()).from(identity.from(), identity.headers()),
                way.hop(),
                (tag, status) -> {});
        try {
            return exchange.outcome().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            client.forget(exchange);
            return new Outcome.TimedOut();
        } catch (ExecutionException e) {
            throw new IllegalStateException("an outcome never fails", e);
        }
    }

    private static OutgoingRequest request(SendMessage order) {
        String callId = order.callId().orElseGet(() -> Tokens.next() + Tokens.next());
        return new OutgoingRequest(
                "MESSAGE",
                order.target(),
                List.of(),
                order.sender().from(),
                Tokens.next(),
                NameAddr.of(withoutHeaders(order.target())),
                "",
                callId,
                1,
                order.headers(),
                Optional.of(order.body()),
                false,
                Optional.empty());
    }

    static SipUri withoutHeaders(SipUri uri) {
        int question = uri.value().indexOf('?', Math.max(0, uri.value().indexOf('@')));
        return question < 0 ? uri : new SipUri(uri.value().substring(0, question));
    }

    int inFlight() {
        return inFlight.get();
    }
}
