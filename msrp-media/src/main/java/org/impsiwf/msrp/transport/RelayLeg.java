package org.impsiwf.msrp.transport;

import java.util.concurrent.atomic.AtomicBoolean;
import org.impsiwf.msrp.event.MsrpCommand.Recipient;
import org.impsiwf.msrp.message.MsrpStatus;
import org.impsiwf.msrp.session.OutgoingMessage;
import org.impsiwf.msrp.session.RelayedContent;

/**
 * A message that is relayed, on its way to one recipient. The recipient's session runs it, the relay is told of its progress and
 * of its end; either may be on another thread.
 */
final class RelayLeg {
    private final Relay relay;
    private final Recipient recipient;
    private final RelayedContent content;
    /** Whether the relay has been asked to look at this leg and has not done so yet. */
    private final AtomicBoolean toBeSeen = new AtomicBoolean();

    private volatile OutgoingMessage message;
    private volatile MsrpConnection connection;

    RelayLeg(Relay relay, Recipient recipient) {
        this.relay = relay;
        this.recipient = recipient;
        this.content = relay.contentFor(this::moved);
    }

    String messageId() {
        return recipient.messageId();
    }

    RelayedContent content() {
        return content;
    }

    /** How far the recipient's connection has taken it. */
    long taken() {
        return content.taken();
    }

    /** Whether the recipient has all that has come. */
    boolean starving() {
        OutgoingMessage underWay = message;
        return underWay != null && underWay.parked();
    }

    void start(MsrpEndpoint endpoint) {
        endpoint.find(recipient.session())
                .ifPresentOrElse(
                        session -> session.order(() -> session.outbox().relay(this)),
                        () -> ended(MsrpStatus.NO_SUCH_SESSION));
    }

    /** The recipient's session has taken it up. */
    void started(OutgoingMessage underWay, MsrpConnection on) {
        connection = on;
        message = underWay;
    }

    /** More has come. */
    void wake() {
        OutgoingMessage underWay = message;
        if (underWay != null && underWay.unpark()) {
            connection.send(underWay);
        }
    }

    /**
     * Nothing more of it is to get there.
     *
     * @param missed whether the recipient is to blame, not the sender
     */
    void breakOff(MsrpEndpoint endpoint, boolean missed) {
        endpoint.find(recipient.session())
                .ifPresent(session -> session.order(() -> session.outbox().breakOff(this, missed)));
    }

    private void moved() {
        if (relay.waitsFor(this) && toBeSeen.compareAndSet(false, true)) {
            relay.look(() -> toBeSeen.set(false));
        }
    }

    /**
     * The recipient has taken all of it, or gets no more: its connection reads no further.
     *
     * @param status 200, or why not
     */
    void ended(int status) {
        MsrpConnection on = connection;
        if (on == null) {
            relay.ended(this, status);
        } else {
            on.run(() -> relay.ended(this, status));
        }
    }
}
