package org.impsiwf.sip.stack;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.sip.InvalidArgumentException;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import org.impsiwf.sip.event.SipCommand.Response;
import org.impsiwf.sip.event.SipTransactionId;
import org.impsiwf.sip.resolve.Transport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests that wait for our final answer, by id, which names the node that has the transaction. Each has an end of our own, so
 * that a lost answer of the gateway leaks nothing. Any thread.
 */
final class ServerTransactions {

    private static final Logger LOG = LoggerFactory.getLogger(ServerTransactions.class);

    /** Before the client's Timer F at 32 s; a later answer would come to nobody (RFC 4320 §4.1). */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    /** A re-INVITE has no Timer F; its usage gives it up before. */
    private static final Duration LONGEST_INVITE = Duration.ofSeconds(200);

    /** A request with all that its answer needs. */
    record Waiting(
            ServerTransaction transaction, SIPRequest request, SipPoint point, Instant since, boolean admitted) {}

    private final Map<SipTransactionId, Waiting> waiting = new ConcurrentHashMap<>();

    /** Which of them another node was asked to answer. */
    private final Map<SipTransactionId, String> handedOver = new ConcurrentHashMap<>();

    private final AtomicLong next = new AtomicLong();
    private final String prefix;
    private final OtherNodes others;
    private final ResponseMaker maker;
    private final Observer observer;
    private final Admission admission;
    private final InstantSource clock;

    ServerTransactions(
            ResponseMaker maker, Observer observer, Admission admission, OtherNodes others, InstantSource clock) {
        this.prefix = others.prefix().before(Tokens.next());
        this.others = others;
        this.maker = maker;
        this.observer = observer;
        this.admission = admission;
        this.clock = clock;
    }

    /** @param admitted whether it holds a place of {@link Admission}, given back with the answer */
    SipTransactionId keep(ServerTransaction transaction, SIPRequest request, SipPoint point, boolean admitted) {
        var id = new SipTransactionId(prefix + '-' + Long.toString(next.incrementAndGet(), 36));
        waiting.put(id, new Waiting(transaction, request, point, clock.instant(), admitted));
        return id;
    }

    /** A request that another node has handed over waits here under the id that it has there. */
    void keep(SipTransactionId id, ServerTransaction elsewhere, SIPRequest request, SipPoint point) {
        waiting.put(id, new Waiting(elsewhere, request, point, clock.instant(), false));
    }

    /** Answers, by the node that has it; an id that was answered before is nobody's any more, so a repeat does nothing. */
    void answer(SipTransactionId id, Response response) {
        take(id).ifPresentOrElse(
                        found -> send(found, maker.of(found.request(), response)),
                        () -> others.of(id.value())
                                .ifPresent(node -> others.tell(node, new SipLetter.Answer(id, response))));
    }

    /** The answer that another node has made to a request that was handed over to it. */
    void answered(SipTransactionId id, SIPResponse response) {
        take(id).ifPresent(found -> send(found, response));
    }

    /** Another node answers that request. */
    void handedOver(SipTransactionId id, String node) {
        handedOver.put(id, node);
        Waiting found = waiting.get(id);
        if (found == null) {
            handedOver.remove(id); // answered meanwhile
        } else if (found.transaction() instanceof TransactionElsewhere) {
            take(id); // from one node to the next: the answer does not come by here
        }
    }

    /** That node did not take it. */
    void takenBack(SipTransactionId id) {
        handedOver.remove(id);
    }

    /** The requests that a node was to answer. */
    List<SipTransactionId> leftBy(String node) {
        return handedOver.entrySet().stream()
                .filter(entry -> entry.getValue().equals(node))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The request of an id that waits. */
    Optional<Waiting> find(SipTransactionId id) {
        return Optional.ofNullable(waiting.get(id));
    }

    /** For an answer that is made elsewhere: the request leaves the list. */
    Optional<Waiting> take(SipTransactionId id) {
        Waiting found = waiting.remove(id);
        handedOver.remove(id);
        if (found != null && found.admitted()) {
            admission.leave();
        }
        return Optional.ofNullable(found);
    }

    /** Over a connection the peer may be slow to take it, so the caller does not wait. */
    private void send(Waiting found, SIPResponse response) {
        if (found.point().transport() == Transport.UDP) {
            sendNow(found.transaction(), found.point(), response);
        } else {
            Thread.ofVirtual().name("sip-answer").start(() -> sendNow(found.transaction(), found.point(), response));
        }
    }

    /** Sends a response of a transaction; false when it could not be sent, which is logged and counted. */
    boolean sendNow(ServerTransaction transaction, SipPoint point, SIPResponse response) {
        try {
            // Seen before it leaves: what answers it may be there before the call returns.
            observer.sent(response, point, peerOf(response));
            transaction.sendResponse(response);
            return true;
        } catch (SipException | InvalidArgumentException | RuntimeException e) {
            observer.count("sip.failure", "response");
            LOG.info("could not send {}: {}", response.getFirstLine().strip(), e.toString());
            return false;
        }
    }

    /** Outside the transaction, which ended with the first 2xx (RFC 3261 §13.3.1.4). */
    static void sendApart(LiveInvites.Sent sent) {
        if (sent.transaction() instanceof TransactionElsewhere elsewhere) {
            elsewhere.repeat(sent.response());
        } else {
            sendApart(sent.point(), (SIPResponse) sent.response().clone());
        }
    }

    static void sendApart(SipPoint point, SIPResponse response) {
        try {
            point.provider().sendResponse(response);
        } catch (SipException | RuntimeException e) {
            LOG.info("could not send a 2xx apart from its transaction: {}", e.toString());
        }
    }

    /** Sends the response to a request that gets no further than the door: one counter, and one line when it is refused. */
    void sendFromDoor(ServerTransaction transaction, SipPoint point, SIPResponse response) {
        observer.count("sip.answered", Integer.toString(response.getStatusCode()));
        if (response.getStatusCode() >= 400) {
            LOG.info(
                    "refuses {} from {}: {} {}",
                    transaction.getRequest().getMethod(),
                    peerOf(response),
                    response.getStatusCode(),
                    response.getReasonPhrase());
        }
        sendNow(transaction, point, response);
    }

    static String peerOf(SIPResponse response) {
        var via = response.getTopmostVia();
        String host = via.getReceived() != null ? via.getReceived() : via.getHost();
        return host + ':' + (via.getRPort() > 0 ? via.getRPort() : via.getPort());
    }

    /** Ends what waited too long: never 408, which a client of a non-INVITE must not get (RFC 4320 §4.2). */
    void sweep() {
        Instant now = clock.instant();
        waiting.forEach((id, found) -> {
            Duration longest = found.request().getMethod().equals("INVITE") ? LONGEST_INVITE : LONGEST_WAIT;
            if (found.since().isBefore(now.minus(longest)) && found.transaction() instanceof TransactionElsewhere) {
                take(id); // its node ends it
            } else if (found.since().isBefore(now.minus(longest))) {
                LOG.warn("nobody answered a {} in time", found.request().getMethod());
                observer.count("sip.failure", "unanswered");
                answer(id, Response.of(504));
            }
        });
    }

    int waiting() {
        return waiting.size();
    }
}
