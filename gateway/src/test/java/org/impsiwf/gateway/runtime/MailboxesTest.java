package org.impsiwf.gateway.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailboxesTest {

    private static boolean toOne(Object key) {
        return false;
    }

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void closeThreads() {
        threads.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void handlesTheLettersOfAKeyInOrderAndNeverTwoAtOnce(boolean inPlace) throws Exception {
        int letters = 2_000;
        Map<String, List<Integer>> handled = new ConcurrentHashMap<>();
        Map<String, AtomicInteger> inside = new ConcurrentHashMap<>();
        AtomicInteger overlaps = new AtomicInteger();
        Mailboxes<String, Integer> mailboxes =
                new Mailboxes<>(threads, inPlace, MailboxesTest::toOne, (key, letter) -> {
                    AtomicInteger here = inside.computeIfAbsent(key, k -> new AtomicInteger());
                    if (here.incrementAndGet() != 1) {
                        overlaps.incrementAndGet();
                    }
                    handled.computeIfAbsent(key, k -> new ArrayList<>()).add(letter);
                    Thread.onSpinWait();
                    here.decrementAndGet();
                });
        List<Thread> senders = new ArrayList<>();
        for (String key : List.of("a", "b", "c")) {
            senders.add(Thread.ofVirtual().start(() -> {
                for (int i = 0; i < letters; i++) {
                    mailboxes.post(key, i);
                }
            }));
        }
        for (Thread sender : senders) {
            sender.join();
        }
        await().until(() -> mailboxes.busy() == 0);
        assertThat(overlaps).hasValue(0);
        assertThat(handled)
                .hasSize(3)
                .allSatisfy((key, seen) -> assertThat(seen).hasSize(letters).isSorted());
    }

    @Test
    void aLetterThatFailsDoesNotStopTheNext() {
        List<String> handled = new ArrayList<>();
        Mailboxes<String, String> mailboxes =
                new Mailboxes<>(Runnable::run, false, MailboxesTest::toOne, (key, letter) -> {
                    if (letter.equals("bad")) {
                        throw new IllegalStateException("as the test wants it");
                    }
                    handled.add(letter);
                });
        mailboxes.post("a", "bad");
        mailboxes.post("a", "good");
        assertThat(handled).containsExactly("good");
        assertThat(mailboxes.busy()).isZero();
    }

    @Test
    void inPlaceALetterIsHandledByWhoPostsIt() {
        List<Thread> handlers = new ArrayList<>();
        Mailboxes<String, String> mailboxes = new Mailboxes<>(
                threads, true, MailboxesTest::toOne, (key, letter) -> handlers.add(Thread.currentThread()));
        mailboxes.post("a", "letter");
        assertThat(handlers).containsExactly(Thread.currentThread());
    }

    @Test
    void aLetterThatIsForwardedWaitsForNobody() {
        List<Thread> handlers = new CopyOnWriteArrayList<>();
        Mailboxes<String, String> mailboxes = new Mailboxes<>(
                threads, true, MailboxesTest::toOne, (key, letter) -> handlers.add(Thread.currentThread()));
        mailboxes.forward("a", "letter");
        await().until(() -> mailboxes.busy() == 0);
        assertThat(handlers).hasSize(1).doesNotContain(Thread.currentThread());
    }

    @Test
    void aLetterThatLeadsToManyIsHandledOnAThreadOfItsOwnAndSoAreThose() {
        int many = 100;
        AtomicReference<Mailboxes<String, Integer>> self = new AtomicReference<>();
        List<Thread> handlers = new CopyOnWriteArrayList<>();
        self.set(new Mailboxes<>(threads, true, "all"::equals, (key, letter) -> {
            handlers.add(Thread.currentThread());
            if (key.equals("all")) {
                IntStream.range(0, many).forEach(i -> self.get().forward("member " + i, letter));
            }
        }));
        self.get().post("all", 1);
        await().until(() -> self.get().busy() == 0);
        assertThat(handlers).hasSize(1 + many).doesNotContain(Thread.currentThread());
        assertThat(Set.copyOf(handlers)).hasSize(1);
    }

    @Test
    void whoPostsIsNotKeptByLettersThatComeMeanwhile() {
        int letters = 1_000;
        AtomicReference<Mailboxes<String, Integer>> self = new AtomicReference<>();
        List<Integer> handled = new CopyOnWriteArrayList<>();
        List<Integer> byThePoster = new CopyOnWriteArrayList<>();
        Thread poster = Thread.currentThread();
        self.set(new Mailboxes<>(threads, true, MailboxesTest::toOne, (key, letter) -> {
            handled.add(letter);
            if (Thread.currentThread().equals(poster)) {
                byThePoster.add(letter);
            }
            if (letter < letters) {
                self.get().post(key, letter + 1);
            }
        }));
        self.get().post("a", 1);
        await().until(() -> self.get().busy() == 0);
        assertThat(handled).hasSize(letters).isSorted();
        assertThat(byThePoster).hasSizeLessThan(letters);
    }
}
