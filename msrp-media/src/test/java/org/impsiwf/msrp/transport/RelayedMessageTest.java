package org.impsiwf.msrp.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.impsiwf.msrp.event.MsrpCommand;
import org.impsiwf.msrp.event.MsrpEvent;
import org.impsiwf.msrp.event.MsrpEvent.MessageBegun;
import org.impsiwf.msrp.event.MsrpEvent.RelayedMessageMissed;
import org.impsiwf.msrp.message.Continuation;
import org.impsiwf.msrp.message.MsrpFrame;
import org.impsiwf.msrp.session.RelayLimits;
import org.impsiwf.msrp.transport.RoomPeer.Got;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Large messages of a chat room, which leave while they come in (RFC 7701 §6.1). */
class RelayedMessageTest {
    private static final int WINDOW = 256 * 1024;
    private static final long MOST = 64L << 20;
    private static final RelayLimits LIMITS = RelayLimits.of(64 * 1024, MOST).withWindow(WINDOW);
    private static final byte[] SENDERS_HEAD =
            "From: <sip:ann@example.com>\r\nTo: <sip:room@example.com>\r\n\r\nContent-Type: image/png\r\n\r\n"
                    .getBytes(UTF_8);

    private ChatRoom room = new ChatRoom(LIMITS);

    @AfterEach
    void nothingIsLeft() {
        room.close();
        await().untilAsserted(() -> {
            MsrpSnapshot left = room.node.endpoint.snapshot();
            assertThat(left.idle()).as("%s", left).isTrue();
            assertThat(left.partialBytes()).isZero();
        });
        room.node.close();
    }

    private static byte[] message(int bytes) {
        byte[] content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        byte[] message = new byte[SENDERS_HEAD.length + bytes];
        System.arraycopy(SENDERS_HEAD, 0, message, 0, SENDERS_HEAD.length);
        System.arraycopy(content, 0, message, SENDERS_HEAD.length, bytes);
        return message;
    }

    /** What the recipients are to get of it. */
    private static byte[] relayed(byte[] message) {
        byte[] head = ChatRoom.HEAD.getBytes(UTF_8);
        byte[] relayed = new byte[head.length + message.length - SENDERS_HEAD.length];
        System.arraycopy(head, 0, relayed, 0, head.length);
        System.arraycopy(message, SENDERS_HEAD.length, relayed, head.length, message.length - SENDERS_HEAD.length);
        return relayed;
    }

    private static Got got(CompletableFuture<Got> reading) {
        return reading.orTimeout(3, TimeUnit.MINUTES).join();
    }

    private static CompletableFuture<Void> inBackground(Runnable task) {
        return CompletableFuture.runAsync(task, work -> Thread.ofVirtual().start(work));
    }

    /** What is answered to the chunk that began after so many octets. */
    private static CompletableFuture<Optional<Integer>> answerInBackground(RoomPeer sender, int octets) {
        return CompletableFuture.supplyAsync(
                () -> sender.answer(RoomPeer.transaction(octets)),
                work -> Thread.ofVirtual().start(work));
    }

    @Test
    @DisplayName("RFC 7701 §6.1: 20 MB reach three members octet for octet, while a window of them is held at most")
    void memoryDoesNotGrowWithTheMessage() {
        RoomPeer ann = room.enter("ann");
        List<RoomPeer> others = List.of(room.enter("bob"), room.enter("cid"), room.enter("dan"));
        byte[] message = message(20 << 20);
        AtomicLong mostHeld = new AtomicLong();
        List<CompletableFuture<Got>> reading =
                others.stream().map(RoomPeer::reads).toList();
        CompletableFuture<Void> sending = inBackground(() -> ann.sendAll("large-1", message, 1 << 20));
        CompletableFuture<Optional<Integer>> answer = answerInBackground(ann, 20 << 20);
        room.relay(room.begun(), others);
        await().atMost(Duration.ofMinutes(3)).pollInterval(Duration.ofMillis(5)).until(() -> {
            MsrpSnapshot now = room.node.endpoint.snapshot();
            mostHeld.accumulateAndGet(now.relayedBytes() + now.partialBytes(), Math::max);
            return sending.isDone();
        });
        for (CompletableFuture<Got> one : reading) {
            Got got = got(one);
            assertThat(got.end()).isEqualTo(Continuation.COMPLETE);
            assertThat(got.octets()).isEqualTo(relayed(message));
        }
        MsrpEvent.MessageRelayed relayed = room.relayed();
        assertThat(relayed.taken()).isEqualTo(3);
        assertThat(relayed.missed()).isZero();
        assertThat(answer).as("nobody has answered yet").isNotDone();
        room.answer(relayed, 200);
        assertThat(answer.orTimeout(1, TimeUnit.MINUTES).join()).contains(200);
        // The window, the budget that it is set off against, and what one read of a socket may bring.
        assertThat(mostHeld.get()).isPositive().isLessThan(3L * WINDOW);
    }

    @Test
    @DisplayName("RFC 7701 §6.4: who takes nothing goes without the rest, and the others get all of it")
    void aSlowMemberIsDropped() {
        VirtualTime time = restart();
        RoomPeer ann = room.enter("ann");
        RoomPeer quick = room.enter("quick");
        RoomPeer slow = room.enter("slow");
        byte[] message = message(24 << 20);
        CompletableFuture<Got> reading = quick.reads();
        CompletableFuture<Void> sending = inBackground(() -> ann.sendAll("large-1", message, 1 << 20));
        room.relay(room.begun(), List.of(quick, slow));
        // With the clock standing still nobody is dropped: in the end all wait for the one that reads nothing.
        await().atMost(Duration.ofMinutes(2))
                .during(Duration.ofSeconds(1))
                .until(() -> room.node.endpoint.snapshot().relayedBytes() > LIMITS.resumeAt());
        assertThat(room.node.count(MsrpCount.RELAY_DROPPED)).isZero();
        await().until(() -> {
            time.advance(Duration.ofMillis(250));
            return room.node.count(MsrpCount.RELAY_DROPPED) > 0;
        });
        RelayedMessageMissed missed = room.node.events.await(RelayedMessageMissed.class, e -> true);
        assertThat(missed.session().value()).isEqualTo("slow");
        assertThat(missed.status()).isEqualTo(408);
        assertThat(got(reading).octets()).isEqualTo(relayed(message));
        sending.orTimeout(1, TimeUnit.MINUTES).join();
        ends(1, 1, 200);
        assertThat(ann.answer(RoomPeer.transaction(24 << 20))).contains(200);
        // What has reached it ends with the flag that says so.
        assertThat(got(slow.reads()).end()).isEqualTo(Continuation.ABORTED);
    }

    private VirtualTime restart() {
        VirtualTime time = new VirtualTime();
        room.node.close();
        room = new ChatRoom(LIMITS, Optional.of(time));
        return time;
    }

    /** The first octets come in, and are relayed to these. */
    private void begins(RoomPeer sender, byte[] message, int octets, RoomPeer... recipients) {
        sender.send("large-1", message, 0, octets, '+');
        room.relay(room.begun(), List.of(recipients));
        assertThat(sender.answer(RoomPeer.transaction(0))).contains(200);
    }

    /** It is over, with so many that have all of it and so many that do not; the sender is to get this answer. */
    private void ends(int taken, int missed, int answer) {
        MsrpEvent.MessageRelayed relayed = room.relayed();
        assertThat(List.of(relayed.taken(), relayed.missed())).isEqualTo(List.of(taken, missed));
        room.answer(relayed, answer);
    }

    private CompletableFuture<Got> halfWay(RoomPeer ann, byte[] message, RoomPeer bob) {
        CompletableFuture<Got> reading = bob.reads();
        begins(ann, message, message.length / 2, bob);
        return reading;
    }

    @Test
    @DisplayName("RFC 4975 §7.1.1: when the sender gives the message up, so do we")
    void anAbortIsRelayed() {
        RoomPeer ann = room.enter("ann");
        byte[] message = message(300_000);
        CompletableFuture<Got> reading = halfWay(ann, message, room.enter("bob"));
        ann.send("large-1", message, message.length / 2, 10, '#');
        Got got = got(reading);
        assertThat(got.end()).isEqualTo(Continuation.ABORTED);
        assertThat(relayed(message)).startsWith(got.octets());
        assertThat(ann.answer(RoomPeer.transaction(message.length / 2))).contains(200);
    }

    @Test
    @DisplayName("RFC 7701 §6.1: a sender who dies in the middle has given the message up")
    void aSenderDies() {
        RoomPeer ann = room.enter("ann");
        byte[] message = message(300_000);
        CompletableFuture<Got> reading = halfWay(ann, message, room.enter("bob"));
        ann.peer().close();
        assertThat(got(reading).end()).isEqualTo(Continuation.ABORTED);
    }

    @Test
    void aRecipientDiesAndTheOthersGetAll() {
        RoomPeer ann = room.enter("ann");
        RoomPeer bob = room.enter("bob");
        RoomPeer cid = room.enter("cid");
        byte[] message = message(300_000);
        CompletableFuture<Got> reading = bob.reads();
        begins(ann, message, message.length / 2, bob, cid);
        cid.peer().close();
        room.node.events.await(
                MsrpEvent.SessionFailed.class, e -> e.session().value().equals("cid"));
        ann.send("large-1", message, message.length / 2, message.length - message.length / 2, '$');
        assertThat(got(reading).octets()).isEqualTo(relayed(message));
        ends(1, 1, 200);
        assertThat(ann.answer(RoomPeer.transaction(message.length / 2))).contains(200);
    }

    @Test
    void whenNobodyIsLeftTheSenderHearsOfItBeforeTheEnd() {
        RoomPeer ann = room.enter("ann");
        RoomPeer bob = room.enter("bob");
        byte[] message = message(300_000);
        begins(ann, message, 100_000, bob);
        bob.peer().close();
        ends(0, 1, 408);
        ann.send("large-1", message, 100_000, 100_000, '+');
        assertThat(ann.answer(RoomPeer.transaction(100_000))).contains(408);
    }

    @Test
    void aRecipientThatWantsNoMoreOfItIsNotMissed() {
        RoomPeer ann = room.enter("ann");
        RoomPeer bob = room.enter("bob");
        byte[] message = message(300_000);
        ann.send("large-1", message, 0, 150_000, '+');
        room.relay(room.begun(), List.of(bob));
        bob.peer().respond((MsrpFrame.Request) bob.peer().next(), 413);
        RelayedMessageMissed missed = room.node.events.await(RelayedMessageMissed.class, e -> true);
        assertThat(missed.status()).isEqualTo(413);
        ann.send("large-1", message, 150_000, message.length - 150_000, '$');
        ends(0, 0, 200);
        assertThat(ann.answer(RoomPeer.transaction(150_000))).contains(200);
    }

    @Test
    @DisplayName("RFC 7701 §6.3: a refusal answers the first chunk, and what was on its way behind it")
    void aMessageIsRefusedAtItsFirstChunk() {
        RoomPeer ann = room.enter("ann");
        byte[] message = message(300_000);
        ann.send("large-1", message, 0, 100_000, '+');
        MessageBegun begun = room.begun();
        assertThat(begun.head().bytes()).isEqualTo(SENDERS_HEAD);
        assertThat(begun.size()).hasValue(message.length);
        room.node.execute(new MsrpCommand.AnswerMessage(begun.session(), begun.exchange(), 403, Optional.empty()));
        assertThat(ann.answer(RoomPeer.transaction(0))).contains(403);
        ann.send("large-1", message, 100_000, 100_000, '+');
        assertThat(ann.answer(RoomPeer.transaction(100_000))).contains(403);
    }

    @Test
    @DisplayName("RFC 4975 §10.5: 413 at the first chunk of a message over the limit")
    void aMessageOverTheLimitIsRefusedAtItsFirstChunk() {
        RoomPeer ann = room.enter("ann");
        ann.sendHead("large-1", MOST + 1, 0);
        ann.peer().sendOctets(new byte[32 * 1024]);
        assertThat(ann.answer(RoomPeer.transaction(0))).contains(413);
    }

    @Test
    void aMessageThatIsCollectedComesAsAWhole() {
        RoomPeer ann = room.enter("ann");
        byte[] message = message(300_000);
        ann.send("large-1", message, 0, 150_000, '+');
        MessageBegun begun = room.begun();
        room.node.execute(new MsrpCommand.CollectMessage(begun.session(), begun.exchange()));
        assertThat(ann.answer(RoomPeer.transaction(0))).contains(200);
        ann.send("large-1", message, 150_000, message.length - 150_000, '$');
        MsrpEvent.MessageReceived received = room.node.events.await(MsrpEvent.MessageReceived.class, e -> true);
        assertThat(received.content().bytes()).isEqualTo(message);
        room.node.answer(received, 200);
        assertThat(ann.answer(RoomPeer.transaction(150_000))).contains(200);
    }

    @Test
    void aMessageTooLargeToBeCollectedIsRefused_413() {
        RoomPeer ann = room.enter("ann");
        byte[] message = message(2 << 20);
        ann.send("large-1", message, 0, 100_000, '+');
        MessageBegun begun = room.begun();
        room.node.execute(new MsrpCommand.CollectMessage(begun.session(), begun.exchange()));
        assertThat(ann.answer(RoomPeer.transaction(0))).contains(413);
    }

    @Test
    void aMessageThatNobodyDecidesAboutIsRefused_408() {
        VirtualTime time = restart();
        RoomPeer ann = room.enter("ann");
        ann.send("large-1", message(300_000), 0, 100_000, '+');
        room.begun();
        CompletableFuture<Optional<Integer>> answer = answerInBackground(ann, 0);
        // The alarm is set when the event has been told: it may be after the first step.
        await().atMost(Duration.ofMinutes(1)).until(() -> {
            time.advance(Duration.ofSeconds(2));
            return answer.isDone();
        });
        assertThat(answer.join()).contains(408);
    }

    @Test
    @DisplayName("RFC 7701 §6.1: the chunk reception timer gives the message up")
    void aSenderThatFallsSilentHasGivenUp() {
        VirtualTime time = restart();
        RoomPeer ann = room.enter("ann");
        CompletableFuture<Got> reading = halfWay(ann, message(300_000), room.enter("bob"));
        // Nothing of ours waits for a response, whose own timer is shorter.
        await().during(Duration.ofMillis(500))
                .until(() -> room.node.count(MsrpCount.REQUEST_SENT) > 0
                        && room.node.count(MsrpCount.REQUEST_SENT) == room.node.count(MsrpCount.RESPONSE_RECEIVED));
        time.advance(Duration.ofSeconds(61));
        assertThat(got(reading).end()).isEqualTo(Continuation.ABORTED);
    }

    @Test
    @DisplayName("RFC 4975 §7.1.1: short messages pass a large one that is on its way")
    void aShortMessagePassesALargeOne() {
        RoomPeer ann = room.enter("ann");
        RoomPeer bob = room.enter("bob");
        byte[] message = message(300_000);
        begins(ann, message, 150_000, bob);
        room.node.send("bob", "short-1", "hello".getBytes(UTF_8));
        List<String> ended = new ArrayList<>();
        while (!ended.contains("short-1")) {
            var part = bob.peer().next(MsrpFrame.Send.class);
            part.body().release();
            if (part.continuation() == Continuation.COMPLETE) {
                ended.add(part.messageId());
            }
        }
        assertThat(ended).containsExactly("short-1");
        ann.peer().close();
    }
}
