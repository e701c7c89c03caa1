package org.impsiwf.testkit.sip;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A request of the gateway. What comes twice gets the answer again, and its reader sees it once. */
public final class SipRequestReceived {
    private static final Logger LOG = LoggerFactory.getLogger(SipRequestReceived.class);
    private static final long T1_MILLIS = 500;
    private static final int REPEATS = 7;

    private final SipUserAgent agent;
    private final SipMessage message;
    private final SipWire.Back back;
    private final String tag = SipUserAgent.random();
    private final AtomicInteger repeats = new AtomicInteger();
    private volatile SipMessage last;
    private volatile boolean acknowledged;

    SipRequestReceived(SipUserAgent agent, SipMessage message, SipWire.Back back) {
        this.agent = agent;
        this.message = message;
        this.back = back;
    }

    public SipMessage message() {
        return message;
    }

    /** How often it came again. */
    public int repeats() {
        return repeats.get();
    }

    public void answers(int status, String reason) {
        answers(response(status, reason));
    }

    public void answers(int status, String reason, Map<String, String> headers) {
        answers(response(status, reason).with(headers));
    }

    /** A response with the copied headers and our tag, to be completed. */
    public SipMessage response(int status, String reason) {
        return SipMessage.response(message, status, reason, tag);
    }

    /**
     * Sends a response; the final one of an INVITE again and again until the ACK is there: a 2xx always (RFC 3261
     * §13.3.1.4), a refusal where the transport loses messages (§17.2.1, Timer G).
     */
    public void answers(SipMessage response) {
        last = response;
        transmit(response);
        boolean repeats = response.status() < 300 || agent.repeats();
        if (message.method().equals("INVITE") && response.status() >= 200 && repeats) {
            repeatUntilAcknowledged(T1_MILLIS, REPEATS);
        }
    }

    /** Our tag in the dialog that a 2xx makes. */
    String tag() {
        return message.tag("To").isEmpty() ? tag : message.tag("To");
    }

    void repeated() {
        repeats.incrementAndGet();
        SipMessage answer = last;
        if (answer != null) {
            transmit(answer);
        }
    }

    /** Notes the ACK; true the first time, and only for a 2xx. */
    boolean acknowledged() {
        boolean first = !acknowledged;
        acknowledged = true;
        return first && last != null && last.status() < 300;
    }

    private void repeatUntilAcknowledged(long millis, int left) {
        agent.timer()
                .schedule(
                        () -> {
                            if (!acknowledged && left > 0) {
                                transmit(last);
                                repeatUntilAcknowledged(Math.min(2 * millis, 4_000), left - 1);
                            }
                        },
                        millis,
                        TimeUnit.MILLISECONDS);
    }

    private void transmit(SipMessage response) {
        for (int copies = agent.leaving.copies(response); copies > 0; copies--) {
            try {
                back.send(response.bytes());
            } catch (IOException e) {
                LOG.warn("{} could not answer {}: {}", agent.uri(), message, e.toString());
            }
        }
    }
}
