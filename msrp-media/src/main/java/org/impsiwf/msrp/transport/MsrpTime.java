package org.impsiwf.msrp.transport;

import java.time.Duration;
import java.time.Instant;

/** The clock and the alarms of the MSRP edge. Safe from any thread. */
public interface MsrpTime {

    Instant now();

    /** Runs the task once, on any thread. It must not block. */
    Alarm after(Duration delay, Runnable task);

    /** Something that is going to happen. */
    @FunctionalInterface
    interface Alarm {
        /** Without effect if it happened already. */
        void cancel();
    }
}
