package org.impsiwf.gateway.groups;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.impsiwf.gateway.groups.GroupScene.ALICE;
import static org.impsiwf.gateway.groups.GroupScene.BOB;
import static org.impsiwf.gateway.groups.GroupScene.ROOM;
import static org.impsiwf.gateway.groups.GroupScene.create;
import static org.impsiwf.gateway.groups.GroupScene.join;
import static org.impsiwf.gateway.groups.GroupScene.message;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageResponse;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A message into a group is accepted when each domain has it, or it is kept for that domain. */
@Tag("tx:SendMessage")
class ImmediateDeliveryTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final GroupScene scene = new GroupScene();
    private final List<String> taken = new CopyOnWriteArrayList<>();

    @BeforeEach
    void aliceAndBobAreInTheRoom() {
        scene.asks(create(ALICE, ROOM));
        scene.peerAsks(join(BOB, ROOM, "Bob"));
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private Optional<Primitive> takes(Primitive request) {
        if (request instanceof SendMessageRequest message) {
            taken.add(new String(message.content().orElseThrow().data().bytes(), UTF_8));
        }
        return Optional.of(Status.of(200));
    }

    private int says(String text) {
        return ((SendMessageResponse) scene.asks(message(ALICE, text, ROOM)))
                .statusInfo()
                .statusCode();
    }

    @Test
    void senderIsAnsweredWhenTheOtherDomainHasTheMessage() {
        CountDownLatch mayAnswer = new CountDownLatch(1);
        List<String> order = new CopyOnWriteArrayList<>();
        scene.peerAnswers = request -> {
            awaitQuietly(mayAnswer);
            order.add("taken");
            return takes(request);
        };

        CompletableFuture<Integer> answer = CompletableFuture.supplyAsync(() -> {
            int status = says("hi");
            order.add("answered");
            return status;
        });
        scene.toPeer(SendMessageRequest.class);
        mayAnswer.countDown();

        assertThat(answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join())
                .isEqualTo(200);
        assertThat(order).containsExactly("taken", "answered");
    }

    @Test
    void whatADomainDoesNotTakeIsKeptAndNothingOvertakesIt() {
        AtomicBoolean up = new AtomicBoolean();
        scene.peerAnswers = request -> up.get() ? takes(request) : Optional.empty();

        assertThat(says("one")).isEqualTo(200);
        up.set(true);
        assertThat(says("two")).isEqualTo(200);

        await().atMost(PATIENCE).until(() -> taken.size() == 2);
        assertThat(taken).containsExactly("one", "two");
        assertThat(says("three")).isEqualTo(200);
        await().atMost(PATIENCE).until(() -> taken.size() == 3);
        assertThat(taken).containsExactly("one", "two", "three");
    }

    @Test
    void refusalForGoodIsNotRepeated() {
        scene.peerAnswers = request -> {
            takes(request);
            return Optional.of(Status.of(531));
        };

        assertThat(says("one")).isEqualTo(200);
        scene.peerAnswers = this::takes;
        assertThat(says("two")).isEqualTo(200);

        assertThat(taken).containsExactly("one", "two");
    }

    @Test
    void messagesOfSeveralSendersReachADomainOnceEach() {
        scene.peerAnswers = this::takes;
        List<CompletableFuture<Integer>> answers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            String text = "m" + i;
            answers.add(CompletableFuture.supplyAsync(() -> says(text)));
        }

        assertThat(answers).allMatch(answer -> answer.join() == 200);
        assertThat(taken).hasSize(50).doesNotHaveDuplicates();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
