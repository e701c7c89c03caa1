package org.impsiwf.msrp.event;

/** The MSRP edge as the rest of the gateway sees it. */
public interface MsrpSide {

    /** Takes an order and returns at once; its outcome comes back as an event. Safe from any thread. */
    void execute(MsrpCommand command);

    /** Where events go; called on an event loop, so it must hand over and return. */
    @FunctionalInterface
    interface Listener {
        void on(MsrpEvent event);
    }
}
