package org.impsiwf.gateway.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.impsiwf.store.time.VirtualTime;
import org.junit.jupiter.api.Test;

class TraceRecorderTest {

    private final VirtualTime time = new VirtualTime();
    private final TraceRecorder recorder = new TraceRecorder(3, 4, Duration.ofMinutes(10), time);

    private void record(String conversation, String text) {
        recorder.record(conversation, new TraceEntry(time.instant(), "alice", "iwf", text));
    }

    @Test
    void keepsTheOrderOfMessages() {
        record("c", "one");
        record("c", "two");

        assertThat(recorder.trace("c").orElseThrow()).map(TraceEntry::text).containsExactly("one", "two");
        assertThat(recorder.trace("other")).isEmpty();
    }

    @Test
    void ordersByTimeWhatSeveralThreadsRecorded() {
        recorder.record("c", new TraceEntry(time.instant().plusMillis(2), "iwf", "alice", "200 OK"));
        recorder.record("c", new TraceEntry(time.instant(), "alice", "iwf", "INVITE"));

        assertThat(recorder.trace("c").orElseThrow()).map(TraceEntry::text).containsExactly("INVITE", "200 OK");
    }

    @Test
    void forgetsTheOldestMessagesOfALongConversation() {
        IntStream.rangeClosed(1, 9).forEach(i -> record("c", "m" + i));

        assertThat(recorder.trace("c").orElseThrow()).map(TraceEntry::text).containsExactly("m6", "m7", "m8", "m9");
    }

    @Test
    void forgetsTheConversationThatWasSilentLongest() {
        record("a", "x");
        record("b", "x");
        record("c", "x");
        record("a", "x");
        recorder.trace("b"); // looking is no use
        record("d", "x");

        assertThat(recorder.conversations(10)).containsExactly("d", "a", "c");
        assertThat(recorder.conversations(2)).containsExactly("d", "a");
    }

    @Test
    void forgetsWhatIsTooOld() {
        record("a", "x");
        time.advance(Duration.ofMinutes(9));
        record("b", "x");
        time.advance(Duration.ofMinutes(2));

        assertThat(recorder.trace("a")).isEmpty();
        assertThat(recorder.trace("b")).isPresent();
    }

    @Test
    void remembersNothingWhenSwitchedOff() {
        var off = new TraceRecorder(0, 4, Duration.ofMinutes(10), time);
        off.record("a", new TraceEntry(time.instant(), "alice", "iwf", "x"));

        assertThat(off.conversations(10)).isEmpty();
    }

    @Test
    void staysBoundedWhenManyRecordAtOnce() {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int t = 0; t < 16; t++) {
                String conversation = "c" + t;
                threads.submit(() -> IntStream.range(0, 500).forEach(i -> record(conversation, "m" + i)));
            }
        }
        assertThat(recorder.conversations(100)).hasSize(3);
        assertThat(recorder.conversations(100))
                .allSatisfy(c -> assertThat(recorder.trace(c).orElseThrow()).hasSizeLessThanOrEqualTo(4));
    }
}
