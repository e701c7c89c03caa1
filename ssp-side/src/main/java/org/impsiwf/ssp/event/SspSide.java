package org.impsiwf.ssp.event;

/** The SSP edge as the rest of the gateway sees it. */
public interface SspSide {

    /** Takes an order and returns at once; its outcome comes back as an event. Safe from any thread. */
    void execute(SspCommand command);

    /** Where events go; called on the edge's own threads, one peer's events in order; must not block for long. */
    @FunctionalInterface
    interface Listener {
        void on(SspEvent event);
    }
}
