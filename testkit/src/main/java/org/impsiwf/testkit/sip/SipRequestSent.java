package org.impsiwf.testkit.sip;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.impsiwf.testkit.Inbox;

/** A request of ours and what comes back for it. */
public final class SipRequestSent {
    private static final long T1_MILLIS = 500;
    private static final long T2_MILLIS = 4_000;
    private static final int REPEATS = 7;

    private final SipUserAgent agent;
    private final SipMessage request;
    private final InetSocketAddress to;
    private final boolean repeats;
    private final Inbox<SipMessage> responses;

    /** The ACK of each 2xx, by the tag of who gave it: an INVITE that was forked has several. */
    private final Map<String, SipMessage> acks = new ConcurrentHashMap<>();

    private final AtomicInteger finals = new AtomicInteger();
    private volatile boolean answered;

    SipRequestSent(SipUserAgent agent, SipMessage request, InetSocketAddress to, boolean repeats) {
        this.agent = agent;
        this.request = request;
        this.to = to;
        this.repeats = repeats;
        this.responses = new Inbox<>(agent.uri(), SipMessage::toString);
    }

    /** As it left, with our Via. */
    public SipMessage request() {
        return request;
    }

    /** The final response, whatever it says. */
    public SipMessage expectsFinal() {
        return responses.take("a final response to " + request, m -> m.status() >= 200, SipUserAgent.PATIENCE);
    }

    /** A response of that status; an earlier provisional one is passed over. */
    public SipMessage expects(int status) {
        SipMessage response = responses.take(
                status + " to " + request, m -> m.status() == status || m.status() >= 200, SipUserAgent.PATIENCE);
        if (response.status() != status) {
            throw new AssertionError(
                    agent.uri() + " expected " + status + " to " + request + ", got " + response.startLine());
        }
        return response;
    }

    /** Waits for the first response but 100; if it is a challenge it is taken and given, else left for the reader. */
    Optional<SipMessage> challengeOrElse(Duration bound) {
        SipMessage first = responses.take("a response to " + request, m -> m.status() > 100, bound);
        if (agent.challenged(first)) {
            return Optional.of(first);
        }
        responses.put(first);
        return Optional.empty();
    }

    /** From now on hands each response to that reader as it comes, repeats included. */
    public void readBy(Consumer<SipMessage> reader) {
        responses.handsTo(reader);
    }

    /** How many final responses came, repeats included. */
    public int finals() {
        return finals.get();
    }

    /** Asks to give up the INVITE (RFC 3261 §9.1); the caller awaits its 487. */
    public SipMessage cancels() {
        SipMessage cancel = SipMessage.request("CANCEL", request.requestUri())
                .with("Via", request.headers("Via").getFirst())
                .with("Max-Forwards", "70")
                .with("From", request.header("From").orElseThrow())
                .with("To", request.header("To").orElseThrow())
                .with("Call-ID", request.callId())
                .with("CSeq", request.cseqNumber() + " CANCEL");
        return agent.sendUnder(request.branch(), cancel).expectsFinal();
    }

    /** Sends the ACK of a 2xx, now and whenever the 2xx comes again (RFC 3261 §13.2.2.4). */
    void acknowledge(SipMessage message) {
        acks.put(message.tag("To"), message);
        agent.transmit(message, agent.target(message));
    }

    void start(ScheduledExecutorService timer) {
        agent.transmit(request, to);
        if (repeats) {
            repeat(timer, T1_MILLIS, REPEATS);
        }
    }

    void answered(SipMessage response) {
        answered = true;
        if (response.status() >= 200) {
            finals.incrementAndGet();
            if (request.method().equals("INVITE")) {
                acknowledgeFinal(response);
            }
        }
        responses.put(response);
    }

    private void acknowledgeFinal(SipMessage response) {
        if (response.status() >= 300) {
            SipMessage refusalAck = SipMessage.request("ACK", request.requestUri())
                    .with("Via", request.headers("Via").getFirst())
                    .with("Max-Forwards", "70")
                    .with("From", request.header("From").orElseThrow())
                    .with("To", response.header("To").orElse(""))
                    .with("Call-ID", request.callId())
                    .with("CSeq", request.cseqNumber() + " ACK");
            agent.transmit(refusalAck, to);
        } else {
            Optional.ofNullable(acks.get(response.tag("To"))).ifPresent(ack -> agent.transmit(ack, agent.target(ack)));
        }
    }

    private void repeat(ScheduledExecutorService timer, long millis, int left) {
        timer.schedule(
                () -> {
                    if (!answered && left > 0) {
                        agent.transmit(request, to);
                        repeat(timer, Math.min(2 * millis, T2_MILLIS), left - 1);
                    }
                },
                millis,
                TimeUnit.MILLISECONDS);
    }

    /** The final response, empty when the bound is over. */
    Optional<SipMessage> pollFinal(Duration bound) {
        return responses.poll(m -> m.status() >= 200, bound);
    }

    /** Whether a final response came within the bound. */
    public boolean finishesWithin(Duration bound) {
        return pollFinal(bound).isPresent();
    }
}
