package org.impsiwf.sip.stack;

import static org.assertj.core.api.Assertions.assertThat;

import gov.nist.javax.sip.stack.SIPStackTimerTask;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TimerWheelTest {

    private long nanos = 7;
    private final TimerWheel wheel = new TimerWheel(() -> nanos);
    private final List<String> ran = new ArrayList<>();

    private SIPStackTimerTask task(String name) {
        return new SIPStackTimerTask() {
            @Override
            public void runTask() {
                ran.add(name);
            }

            @Override
            public Object getThreadHash() {
                return name;
            }
        };
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
        wheel.turnToNow();
    }

    @Test
    void runsNothingBeforeItsTimeAndEverythingSoonAfter() {
        for (long delay : new long[] {0, 1, 19, 20, 21, 200, 500, 32_000}) {
            var late = new TimerWheel(() -> nanos);
            ran.clear();
            late.schedule(task("t"), delay);
            nanos += Duration.ofMillis(delay).toNanos() - 1;
            late.turnToNow();
            assertThat(ran).as("before %d ms", delay).isEmpty();

            nanos += Duration.ofMillis(40).toNanos() + 1;
            late.turnToNow();
            assertThat(ran).as("after %d ms", delay).containsExactly("t");
        }
    }

    @Test
    void aDelayOfSeveralRoundsWaitsForItsOwn() {
        wheel.schedule(task("connection"), 180_000);

        for (int second = 0; second < 180; second++) {
            pass(Duration.ofSeconds(1));
            assertThat(ran).isEmpty();
        }
        pass(Duration.ofMillis(40));

        assertThat(ran).containsExactly("connection");
    }

    @Test
    void whatIsRepeatedRunsUntilItIsCancelled() {
        SIPStackTimerTask task = task("retransmit");
        wheel.scheduleWithFixedDelay(task, 500, 500);

        for (int i = 0; i < 4; i++) {
            pass(Duration.ofMillis(540));
        }
        assertThat(ran).hasSize(4);
        assertThat(wheel.cancel(task)).isTrue();
        pass(Duration.ofMinutes(2));

        assertThat(ran).hasSize(4);
        assertThat(wheel.cancel(task)).as("a second time").isFalse();
    }

    @Test
    void aTaskThatFailsDoesNotStopTheOthers() {
        wheel.schedule(
                new SIPStackTimerTask() {
                    @Override
                    public void runTask() {
                        throw new IllegalStateException("of the test");
                    }

                    @Override
                    public Object getThreadHash() {
                        return "failing";
                    }
                },
                10);
        wheel.schedule(task("other"), 10);

        pass(Duration.ofMillis(100));

        assertThat(ran).containsExactly("other");
    }

    @Test
    void turnsByItselfOnceStarted() throws InterruptedException {
        var started = new TimerWheel();
        started.start(null, null);
        var fired = new CountDownLatch(1);
        started.schedule(
                new SIPStackTimerTask() {
                    @Override
                    public void runTask() {
                        fired.countDown();
                    }

                    @Override
                    public Object getThreadHash() {
                        return "real";
                    }
                },
                1);

        assertThat(fired.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(started.isStarted()).isTrue();
        started.stop();
        assertThat(started.isStarted()).isFalse();
    }
}
