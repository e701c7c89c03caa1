package org.impsiwf.msrp.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Arrays;
import org.impsiwf.msrp.event.MsrpEvent.MessageReceived;
import org.impsiwf.msrp.event.MsrpEvent.SessionFailed;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Messages of a raw far end that has connected to us: chunks, repeats, limits (RFC 4975 §5.1, §7.3). */
class ReceivedMessagesTest {

    @AutoClose
    private final RawFarEnd far = new RawFarEnd();

    @Test
    void declaredTotalThatIsTooLargeIsRefusedAtTheFirstChunk_413() {
        far.bind();
        far.peer.send(far.send("tran1", "m-1234", "1-5/100001", "hello", "+"));
        far.answered("tran1", 413);
        far.peer.send(far.send("tran2", "m-1234", "6-10/100001", "hello", "+"));
        far.answered("tran2", 413);
    }

    @Test
    void longChunkWhoseTotalIsTooLargeIsRefusedBeforeItsEnd_413() {
        far.bind();
        String frame = far.send("tran1", "m-1234", "1-*/200000", "x".repeat(150_000), "#");
        byte[] octets = frame.replace("\n", "\r\n").getBytes(UTF_8);
        far.peer.sendOctets(Arrays.copyOf(octets, 60_000));
        far.answered("tran1", 413);
        far.peer.sendOctets(Arrays.copyOfRange(octets, 60_000, octets.length));
        far.peer.send(far.bodiless("tran2"));
        far.answered("tran2", 200);
    }

    @Test
    void messageOfUnknownTotalIsRefusedWhenItGetsTooLarge_413() {
        far.bind();
        int chunk = 20_000;
        for (int i = 0; i < 5; i++) {
            far.peer.send(far.send("tran" + i, "m-1234", (i * chunk + 1) + "-*/*", "x".repeat(chunk), "+"));
            far.answered("tran" + i, 200);
        }
        far.peer.send(far.send("tran5", "m-1234", "100001-*/*", "x", "$"));
        far.answered("tran5", 413);
        assertThat(far.node.endpoint.snapshot().partialMessages()).isZero();
    }

    @Test
    void chunksInAnyOrderMakeTheMessage() {
        far.bind();
        far.peer.send(far.send("tran1", "m-1234", "7-11/11", "world", "$"));
        far.answered("tran1", 200);
        assertThat(far.node.endpoint.snapshot().partialMessages()).isEqualTo(1);
        far.peer.send(far.send("tran2", "m-1234", "1-6/11", "hello ", "+"));
        MessageReceived received = far.node.events.next(MessageReceived.class);
        assertThat(received.content().bytes()).asString(UTF_8).isEqualTo("hello world");
        far.node.answer(received, 200);
        far.answered("tran2", 200);
    }

    @Test
    void abortedMessageIsForgotten() {
        far.bind();
        far.peer.send(far.send("tran1", "m-1234", "1-5/11", "hello", "+"));
        far.answered("tran1", 200);
        far.peer.send(far.send("tran2", "m-1234", "6-*/11", " wor", "#"));
        far.answered("tran2", 200);
        assertThat(far.node.endpoint.snapshot().partialMessages()).isZero();
        assertThat(far.node.events.drain()).isEmpty();
    }

    @Test
    void repeatOfAnAcceptedMessageIsAnsweredButNotHandedOverAgain() {
        far.bind();
        far.peer.send(far.send("tran1", "m-1234", "1-5/5", "hello", "$"));
        far.node.answer(far.node.events.next(MessageReceived.class), 200);
        far.answered("tran1", 200);
        far.peer.send(far.send("tran2", "m-1234", "1-5/5", "hello", "$"));
        far.answered("tran2", 200);
        assertThat(far.node.events.drain()).isEmpty();
    }

    @Test
    void repeatOfAMessageThatWaitsGetsTheSameAnswer() {
        far.bind();
        far.peer.send(far.send("tran1", "m-1234", "1-5/5", "hello", "$"));
        MessageReceived received = far.node.events.next(MessageReceived.class);
        far.peer.send(far.send("tran2", "m-1234", "1-5/5", "hello", "$"));
        await().until(() -> far.node.count(MsrpCount.MESSAGE_REPEATED) == 1);
        far.node.answer(received, 408);
        far.answered("tran1", 408);
        far.answered("tran2", 408);
        // It was refused, so its sender may try again.
        far.peer.send(far.send("tran3", "m-1234", "1-5/5", "hello", "$"));
        far.node.answer(far.node.events.next(MessageReceived.class), 200);
        far.answered("tran3", 200);
    }

    @Test
    void secondAnswerToAMessageDoesNothing() {
        far.bind();
        far.peer.send(far.send("tran1", "m-1234", "1-5/5", "hello", "$"));
        MessageReceived received = far.node.events.next(MessageReceived.class);
        far.node.answer(received, 200);
        far.node.answer(received, 403);
        far.answered("tran1", 200);
        far.peer.send(far.bodiless("tran2"));
        far.answered("tran2", 200);
    }

    @Test
    void closedSessionRefusesWhatWaits() {
        far.bind();
        far.peer.send(far.send("tran1", "m-1234", "1-5/5", "hello", "$"));
        far.node.events.next(MessageReceived.class);
        far.node.closeSession("s1");
        far.answered("tran1", 481);
    }

    @Test
    void nothingMoreIsReadWhileTooManyMessagesWait() {
        far.bind();
        for (int i = 0; i < 40; i++) {
            far.peer.send(far.send("tran" + i, "m-12" + (10 + i), "1-5/5", "hello", "$"));
        }
        await().until(() -> far.node.count(MsrpCount.READING_PAUSED) == 1);
        for (int i = 0; i < 40; i++) {
            far.node.answer(far.node.events.next(MessageReceived.class), 200);
            far.answered("tran" + i, 200);
        }
    }

    @Test
    void farEndThatVanishesMidMessageFailsTheSessionAndLeavesNothing() {
        far.bind();
        far.peer.send(far.send("tran1", "m-1234", "1-5/50", "hello", "+"));
        far.answered("tran1", 200);
        String begun = far.send("tran2", "m-1234", "6-*/50", "half of it", "$");
        far.peer.sendOctets(
                begun.substring(0, begun.length() - 20).replace("\n", "\r\n").getBytes(UTF_8));
        far.peer.close();
        assertThat(far.node.events.next(SessionFailed.class).cause()).contains("connection");
    }
}
