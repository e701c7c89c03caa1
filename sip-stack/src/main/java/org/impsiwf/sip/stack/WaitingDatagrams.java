package org.impsiwf.sip.stack;

import gov.nist.javax.sip.stack.DatagramQueuedMessageDispatch;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.LongSupplier;

/**
 * Datagrams that wait for a thread to parse them. One that has waited for too long is passed over: its sender has repeated it in the
 * meantime (RFC 3261 §17.1.1.2), so to answer it would only keep its repeats waiting, too. Safe from any thread.
 */
final class WaitingDatagrams extends LinkedBlockingQueue<DatagramQueuedMessageDispatch> {

    private static final long serialVersionUID = 1;

    private final transient LongSupplier millis;
    private final long longest;
    private final transient Runnable tooOld;

    /**
     * @param most at a time; {@link #offer} refuses more
     * @param longest that one may wait
     * @param millis the clock by which reception times are, too
     * @param tooOld told of each that is passed over
     */
    WaitingDatagrams(int most, Duration longest, LongSupplier millis, Runnable tooOld) {
        super(most);
        this.longest = longest.toMillis();
        this.millis = millis;
        this.tooOld = tooOld;
    }

    @Override
    public DatagramQueuedMessageDispatch take() throws InterruptedException {
        DatagramQueuedMessageDispatch next = super.take();
        while (next.packet.getLength() > 0 && millis.getAsLong() - next.getReceptionTime() > longest) {
            tooOld.run();
            next = super.take();
        }
        return next;
    }
}
