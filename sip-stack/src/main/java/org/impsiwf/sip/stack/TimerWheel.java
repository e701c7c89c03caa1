package org.impsiwf.sip.stack;

import gov.nist.javax.sip.SipStackImpl;
import gov.nist.javax.sip.stack.SIPStackTimerTask;
import gov.nist.javax.sip.stack.timers.SipTimer;
import java.util.Properties;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * JAIN-SIP's timers. Each transaction sets some, nearly all of which end half a minute later or are cancelled: a sorted queue
 * pays for each with its length and a wake-up, a wheel with a place in a list. A task runs up to two ticks late, never early;
 * all run on one thread. Made by JAIN-SIP by name.
 */
public final class TimerWheel implements SipTimer {

    private static final Logger LOG = LoggerFactory.getLogger(TimerWheel.class);

    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** A power of two; 41 s in all, so that the timers of RFC 3261 §17 go once round at most. */
    private static final int SLOTS = 2048;

    /** A task and the tick that it is due at; a cancelled one keeps its place but not its task. */
    private static final class Timer {
        private final long periodTicks;
        private volatile SIPStackTimerTask task;
        private long due;
        private Timer next;

        Timer(SIPStackTimerTask task, long due, long periodTicks) {
            this.task = task;
            this.due = due;
            this.periodTicks = periodTicks;
        }
    }

    /** What was set since the last tick. Only the wheel's own thread touches the slots. */
    private final ConcurrentLinkedQueue<Timer> set = new ConcurrentLinkedQueue<>();

    private final Timer[] slots = new Timer[SLOTS];
    private final LongSupplier nanoTime;
    private final long start;
    private long turned;
    private volatile Thread thread;

    public TimerWheel() {
        this(System::nanoTime);
    }

    TimerWheel(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
    }

    @Override
    public void start(SipStackImpl stack, Properties properties) {
        Thread turning = Thread.ofPlatform().daemon().name("sip-timers").unstarted(this::turn);
        thread = turning;
        turning.start();
    }

    @Override
    public void stop() {
        Thread turning = thread;
        thread = null;
        LockSupport.unpark(turning);
    }

    @Override
    public boolean isStarted() {
        return thread != null;
    }

    @Override
    public boolean schedule(SIPStackTimerTask task, long delay) {
        return set(task, delay, 0);
    }

    @Override
    public boolean scheduleWithFixedDelay(SIPStackTimerTask task, long delay, long period) {
        return set(task, delay, Math.max(1, ticks(period)));
    }

    private boolean set(SIPStackTimerTask task, long delay, long periodTicks) {
        var timer = new Timer(task, now() + ticks(delay) + 1, periodTicks);
        task.setSipTimerTask(timer);
        return set.add(timer);
    }

    @Override
    public boolean cancel(SIPStackTimerTask task) {
        if (!(task.getSipTimerTask() instanceof Timer timer) || timer.task == null) {
            return false;
        }
        task.cleanUpBeforeCancel();
        task.setSipTimerTask(null);
        timer.task = null;
        return true;
    }

    private long now() {
        return (nanoTime.getAsLong() - start) / TICK_NANOS;
    }

    /** Rounded up: early would be a retransmission that nobody needs. */
    private static long ticks(long millis) {
        return (TimeUnit.MILLISECONDS.toNanos(millis) + TICK_NANOS - 1) / TICK_NANOS;
    }

    private void turn() {
        while (Thread.currentThread().equals(thread)) {
            turnToNow();
            LockSupport.parkNanos(TICK_NANOS - (nanoTime.getAsLong() - start) % TICK_NANOS);
        }
    }

    /** Runs what is due; on the wheel's own thread. */
    void turnToNow() {
        for (long now = now(); turned < now; ) {
            turned++;
            placeNew();
            runDue((int) turned & (SLOTS - 1));
        }
    }

    private void placeNew() {
        for (Timer timer = set.poll(); timer != null; timer = set.poll()) {
            place(timer);
        }
    }

    /** One that is due already goes into the slot that is next. */
    private void place(Timer timer) {
        int slot = (int) Math.max(timer.due, turned) & (SLOTS - 1);
        timer.next = slots[slot];
        slots[slot] = timer;
    }

    private void runDue(int slot) {
        Timer timer = slots[slot];
        slots[slot] = null;
        while (timer != null) {
            Timer next = timer.next;
            if (timer.due > turned) {
                place(timer); // a later round
            } else {
                run(timer);
            }
            timer = next;
        }
    }

    private void run(Timer timer) {
        SIPStackTimerTask task = timer.task;
        if (task == null) {
            return;
        }
        try {
            task.runTask();
        } catch (RuntimeException | StackOverflowError e) {
            LOG.error("a timer of the SIP stack failed", e);
        }
        if (timer.periodTicks > 0) {
            timer.due = turned + timer.periodTicks;
            place(timer);
        }
    }
}
