package org.impsiwf.sip.event;

/** The SIP edge as the rest of the gateway sees it. */
public interface SipSide {

    /** Takes an order and returns at once; its outcome comes back as an event. Safe from any thread. */
    void execute(SipCommand command);

    /** Where events go; called on the edge's own threads, one usage's events in order; must not block for long. */
    @FunctionalInterface
    interface Listener {
        void on(SipEvent event);
    }
}
