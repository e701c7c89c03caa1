package org.impsiwf.msrp.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.impsiwf.msrp.event.FailureReport;
import org.impsiwf.msrp.event.MsrpCommand;
import org.impsiwf.msrp.event.MsrpEvent.MessageAccepted;
import org.impsiwf.msrp.event.MsrpEvent.MessageReceived;
import org.impsiwf.msrp.event.MsrpEvent.MessageRefused;
import org.impsiwf.msrp.event.MsrpEvent.ReportReceived;
import org.impsiwf.msrp.event.MsrpEvent.SessionConnected;
import org.impsiwf.msrp.event.MsrpEvent.SessionFailed;
import org.impsiwf.msrp.event.MsrpSessionId;
import org.impsiwf.msrp.event.SuccessReport;
import org.impsiwf.msrp.message.Continuation;
import org.impsiwf.msrp.message.MsrpFrame;
import org.impsiwf.msrp.session.MessageLimits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A raw far end connects to us: what RFC 4975 §7.3 answers to right and wrong requests. */
class PassiveSessionTest {
    private static final String FAR = "msrp://far.example.com:9/far1;tcp";

    private final Node node = new Node(
            MsrpSettings.listeningOn("127.0.0.1", 0)
                    .withMessages(
                            MessageLimits.DEFAULT.withMessageBytes(100_000).withUnanswered(8)),
            Optional.empty());
    private String path;
    private RawPeer peer;

    @BeforeEach
    void prepared() {
        path = node.prepare("s1", false).path();
        peer = RawPeer.to(node);
    }

    @AfterEach
    void nothingIsLeft() {
        node.closeSession("s1");
        peer.close();
        await().until(() -> node.endpoint.snapshot().idle());
        await().until(() -> node.endpoint.snapshot().connections() == 0);
        assertThat(node.endpoint.snapshot().partialBytes()).isZero();
        node.close();
    }

    private String send(String transaction, String messageId, String range, String body, String flag) {
        return "MSRP %s SEND\nTo-Path: %s\nFrom-Path: %s\nMessage-ID: %s\nByte-Range: %s\nContent-Type: text/plain\n\n%s\n-------%s%s\n"
                .formatted(transaction, path, FAR, messageId, range, body, transaction, flag);
    }

    private String bodiless(String transaction) {
        return "MSRP %s SEND\nTo-Path: %s\nFrom-Path: %s\nMessage-ID: empty1\nByte-Range: 1-0/0\n-------%s$\n"
                .formatted(transaction, path, FAR, transaction);
    }

    private void bind() {
        node.connect("s1", false, FAR, Optional.empty());
        peer.send(bodiless("bind"));
        assertThat(peer.next(MsrpFrame.Response.class).status()).isEqualTo(200);
        node.events.next(SessionConnected.class);
    }

    private void answered(String transaction, int status) {
        MsrpFrame.Response response = peer.next(MsrpFrame.Response.class);
        assertThat(response.transactionId()).isEqualTo(transaction);
        assertThat(response.status()).as("response to %s", transaction).isEqualTo(status);
    }

    @Test
    void sendWithoutABodyBindsTheSession() {
        bind();
        assertThat(node.count(MsrpCount.MESSAGE_RECEIVED)).isZero();
    }

    @Test
    void responseGoesOneHopBackAndNamesUs_RFC4975_7_2() {
        node.connect("s1", false, FAR, Optional.empty());
        peer.send(bodiless("bind").replace("From-Path: ", "From-Path: msrp://relay.example.com:1/r;tcp "));
        MsrpFrame.Response response = peer.next(MsrpFrame.Response.class);
        assertThat(response.toPath().toString()).isEqualTo("msrp://relay.example.com:1/r;tcp");
        assertThat(response.fromPath().toString()).isEqualTo(path);
    }

    @Test
    void messageThatComesBeforeTheFarEndIsKnownIsHandedOverAfterwards() {
        peer.send(send("early1", "m-early", "1-5/5", "hello", "$"));
        await().until(() -> node.count(MsrpCount.MESSAGE_RECEIVED) == 1);
        assertThat(node.events.drain()).isEmpty();
        node.connect("s1", false, FAR, Optional.empty());
        node.events.next(SessionConnected.class);
        node.answer(node.events.next(MessageReceived.class), 200);
        answered("early1", 200);
    }

    @Test
    void whoeverClaimsASessionOfAnotherIsTurnedAway() {
        peer.send(send("claim1", "m-claim", "1-5/5", "hello", "$"));
        await().until(() -> node.count(MsrpCount.MESSAGE_RECEIVED) == 1);
        node.connect("s1", false, "msrp://right.example.com:9/right;tcp", Optional.empty());
        answered("claim1", 481);
        assertThat(node.events.drain()).isEmpty();
    }

    @Test
    void unknownSession_481() {
        bind();
        String known = path;
        path = path.replace(";tcp", "x;tcp");
        peer.send(send("tran1", "m-1234", "1-1/1", "x", "$"));
        answered("tran1", 481);
        path = known;
    }

    @ParameterizedTest
    @ValueSource(strings = {"msrps://", "msrp://other", "two"})
    void toPathThatIsNotExactlyOurs_481(String wrong) {
        bind();
        String known = path;
        path = switch (wrong) {
            case "two" -> path + " msrp://beyond.example.com:1/x;tcp";
            case "msrps://" -> path.replace("msrp://", "msrps://");
            default -> path.replace("127.0.0.1", "other.example.com");
        };
        peer.send(send("tran1", "m-1234", "1-1/1", "x", "$"));
        answered("tran1", 481);
        path = known;
    }

    @Test
    void spoofedFromPath_481() {
        bind();
        peer.send(send("tran1", "m-1234", "1-1/1", "x", "$").replace("/far1", "/other"));
        answered("tran1", 481);
        assertThat(node.events.drain()).isEmpty();
    }

    @Test
    void sessionThatIsBoundToAnotherConnection_506() {
        bind();
        try (RawPeer second = RawPeer.to(node)) {
            second.send(send("tran2", "m-1234", "1-1/1", "x", "$"));
            MsrpFrame.Response response = second.next(MsrpFrame.Response.class);
            assertThat(response.status()).isEqualTo(506);
        }
        assertThat(node.events.drain()).isEmpty();
    }

    @Test
    void unknownMethod_501() {
        bind();
        peer.send("MSRP tran1 DANCE\nTo-Path: %s\nFrom-Path: %s\n-------tran1$\n".formatted(path, FAR));
        answered("tran1", 501);
    }

    @Test
    void malformedRequest_400AndTheConnectionGoesOn() {
        bind();
        peer.send(send("tran1", "m-1234", "wrong", "x", "$"));
        answered("tran1", 400);
        peer.send(send("tran2", "m-2345", "1-1/1", "x", "$"));
        node.answer(node.events.next(MessageReceived.class), 200);
        answered("tran2", 200);
    }

    @Test
    void reportIsNeverAnswered_RFC4975_7_1_2() {
        bind();
        String report = "MSRP %s REPORT\nTo-Path: %s\nFrom-Path: %s\nMessage-ID: nobody\n%s-------%s$\n";
        peer.send(report.formatted("tran1", path, FAR, "Status: 000 200 OK\n", "tran1"));
        peer.send(report.formatted("tran2", path.replace(";tcp", "x;tcp"), FAR, "Status: 000 200 OK\n", "tran2"));
        peer.send(report.formatted("tran3", path, FAR, "Status: none\n", "tran3"));
        peer.send(bodiless("tran4"));
        answered("tran4", 200);
        assertThat(node.events.drain()).isEmpty();
    }

    @Test
    void requestWithFailureReportNoGetsNoAnswerWhateverIsWrong() {
        bind();
        String send =
                send("tran1", "m-1234", "1-1/1", "x", "$").replace("Byte-Range", "Failure-Report: no\nByte-Range");
        peer.send(send.replace(";tcp", "x;tcp"));
        peer.send(send.replace("text/plain", "wrong"));
        peer.send(send);
        node.answer(node.events.next(MessageReceived.class), 415);
        peer.send(bodiless("tran4"));
        answered("tran4", 200);
    }

    @Test
    void declaredTotalThatIsTooLargeIsRefusedAtTheFirstChunk_413() {
        bind();
        peer.send(send("tran1", "m-1234", "1-5/100001", "hello", "+"));
        answered("tran1", 413);
        peer.send(send("tran2", "m-1234", "6-10/100001", "hello", "+"));
        answered("tran2", 413);
    }

    @Test
    void longChunkWhoseTotalIsTooLargeIsRefusedBeforeItsEnd_413() {
        bind();
        String frame = send("tran1", "m-1234", "1-*/200000", "x".repeat(150_000), "#");
        byte[] octets = frame.replace("\n", "\r\n").getBytes(UTF_8);
        peer.sendOctets(Arrays.copyOf(octets, 60_000));
        answered("tran1", 413);
        peer.sendOctets(Arrays.copyOfRange(octets, 60_000, octets.length));
        peer.send(bodiless("tran2"));
        answered("tran2", 200);
    }

    @Test
    void messageOfUnknownTotalIsRefusedWhenItGetsTooLarge_413() {
        bind();
        int chunk = 20_000;
        for (int i = 0; i < 5; i++) {
            peer.send(send("tran" + i, "m-1234", (i * chunk + 1) + "-*/*", "x".repeat(chunk), "+"));
            answered("tran" + i, 200);
        }
        peer.send(send("tran5", "m-1234", "100001-*/*", "x", "$"));
        answered("tran5", 413);
        assertThat(node.endpoint.snapshot().partialMessages()).isZero();
    }

    @Test
    void chunksInAnyOrderMakeTheMessage() {
        bind();
        peer.send(send("tran1", "m-1234", "7-11/11", "world", "$"));
        answered("tran1", 200);
        assertThat(node.endpoint.snapshot().partialMessages()).isEqualTo(1);
        peer.send(send("tran2", "m-1234", "1-6/11", "hello ", "+"));
        MessageReceived received = node.events.next(MessageReceived.class);
        assertThat(received.content().bytes()).asString(UTF_8).isEqualTo("hello world");
        node.answer(received, 200);
        answered("tran2", 200);
    }

    @Test
    void abortedMessageIsForgotten() {
        bind();
        peer.send(send("tran1", "m-1234", "1-5/11", "hello", "+"));
        answered("tran1", 200);
        peer.send(send("tran2", "m-1234", "6-*/11", " wor", "#"));
        answered("tran2", 200);
        assertThat(node.endpoint.snapshot().partialMessages()).isZero();
        assertThat(node.events.drain()).isEmpty();
    }

    @Test
    void repeatOfAnAcceptedMessageIsAnsweredButNotHandedOverAgain() {
        bind();
        peer.send(send("tran1", "m-1234", "1-5/5", "hello", "$"));
        node.answer(node.events.next(MessageReceived.class), 200);
        answered("tran1", 200);
        peer.send(send("tran2", "m-1234", "1-5/5", "hello", "$"));
        answered("tran2", 200);
        assertThat(node.events.drain()).isEmpty();
    }

    @Test
    void repeatOfAMessageThatWaitsGetsTheSameAnswer() {
        bind();
        peer.send(send("tran1", "m-1234", "1-5/5", "hello", "$"));
        MessageReceived received = node.events.next(MessageReceived.class);
        peer.send(send("tran2", "m-1234", "1-5/5", "hello", "$"));
        await().until(() -> node.count(MsrpCount.MESSAGE_REPEATED) == 1);
        node.answer(received, 408);
        answered("tran1", 408);
        answered("tran2", 408);
        // It was refused, so its sender may try again.
        peer.send(send("tran3", "m-1234", "1-5/5", "hello", "$"));
        node.answer(node.events.next(MessageReceived.class), 200);
        answered("tran3", 200);
    }

    @Test
    void secondAnswerToAMessageDoesNothing() {
        bind();
        peer.send(send("tran1", "m-1234", "1-5/5", "hello", "$"));
        MessageReceived received = node.events.next(MessageReceived.class);
        node.answer(received, 200);
        node.answer(received, 403);
        answered("tran1", 200);
        peer.send(bodiless("tran2"));
        answered("tran2", 200);
    }

    @Test
    void closedSessionRefusesWhatWaits() {
        bind();
        peer.send(send("tran1", "m-1234", "1-5/5", "hello", "$"));
        node.events.next(MessageReceived.class);
        node.closeSession("s1");
        answered("tran1", 481);
    }

    @Test
    void nothingMoreIsReadWhileTooManyMessagesWait() {
        bind();
        for (int i = 0; i < 40; i++) {
            peer.send(send("tran" + i, "m-12" + (10 + i), "1-5/5", "hello", "$"));
        }
        await().until(() -> node.count(MsrpCount.READING_PAUSED) == 1);
        for (int i = 0; i < 40; i++) {
            node.answer(node.events.next(MessageReceived.class), 200);
            answered("tran" + i, 200);
        }
    }

    @Test
    void floodOfWrongFramesIsAnsweredAndHurtsNobodyElse() {
        bind();
        Random random = new Random(7);
        try (RawPeer hostile = RawPeer.to(node)) {
            int answers = 0;
            for (int i = 0; i < 2_000; i++) {
                String frame = switch (random.nextInt(4)) {
                    case 0 -> send("hos" + i, "m-1234", "1-1/1", "x", "$").replace(";tcp", "x;tcp");
                    case 1 -> send("hos" + i, "m-1234", "9-1/1", "x", "$");
                    case 2 -> send("hos" + i, "m-1234", "1-1/1", "x", "$");
                    default ->
                        "MSRP hos%d DANCE\nTo-Path: %s\nFrom-Path: %s\n-------hos%d$\n".formatted(i, path, FAR, i);
                };
                hostile.send(frame);
                answers++;
            }
            for (int i = 0; i < answers; i++) {
                assertThat(hostile.next(MsrpFrame.Response.class).status()).isIn(400, 481, 501, 506);
            }
            hostile.sendOctets("nonsense\r\n\r\n".getBytes(UTF_8));
            hostile.awaitClosed();
        }
        peer.send(send("tran1", "m-1234", "1-5/5", "hello", "$"));
        node.answer(node.events.next(MessageReceived.class), 200);
        answered("tran1", 200);
    }

    @Test
    void farEndThatVanishesMidMessageFailsTheSessionAndLeavesNothing() {
        bind();
        peer.send(send("tran1", "m-1234", "1-5/50", "hello", "+"));
        answered("tran1", 200);
        String begun = send("tran2", "m-1234", "6-*/50", "half of it", "$");
        peer.sendOctets(
                begun.substring(0, begun.length() - 20).replace("\n", "\r\n").getBytes(UTF_8));
        peer.close();
        assertThat(node.events.next(SessionFailed.class).cause()).contains("connection");
    }

    @Test
    void connectionKilledMidMessageRefusesItBeforeTheSessionFails_408() {
        bind();
        node.send("s1", "m-out1", new byte[90_000]);
        node.send("s1", "m-out2", "x".getBytes(UTF_8));
        peer.next(MsrpFrame.Send.class);
        peer.close();
        List<String> refused = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            MessageRefused event = node.events.next(MessageRefused.class);
            assertThat(event.status()).isEqualTo(408);
            refused.add(event.messageId());
        }
        assertThat(refused).containsExactlyInAnyOrder("m-out1", "m-out2");
        node.events.next(SessionFailed.class);
    }

    @Test
    void refusalMidMessageStopsIt_413() {
        bind();
        int size = 20_000_000; // more than the sockets take unread
        node.send("s1", "m-out1", new byte[size]);
        MsrpFrame.Send first = peer.next(MsrpFrame.Send.class);
        peer.respond(first, 413);
        assertThat(node.events.next(MessageRefused.class).status()).isEqualTo(413);
        node.send("s1", "m-out2", "x".getBytes(UTF_8));
        long octets = 0;
        Continuation end = first.continuation();
        MsrpFrame.Send next = first;
        while (!next.messageId().equals("m-out2")) {
            octets += next.body().readableBytes();
            end = next.continuation();
            next = peer.next(MsrpFrame.Send.class);
        }
        assertThat(octets).isLessThan(size);
        // "#" where the refusal came within a chunk, "+" where it came between two.
        assertThat(end).isIn(Continuation.ABORTED, Continuation.MORE);
        peer.respond(next, 200);
        node.events.next(MessageAccepted.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {481, 506})
    void farEndThatNoLongerKnowsTheSessionEndsIt(int status) {
        bind();
        node.send("s1", "m-out1", "x".getBytes(UTF_8));
        peer.respond(peer.next(MsrpFrame.Send.class), status);
        assertThat(node.events.next(MessageRefused.class).status()).isEqualTo(status);
        assertThat(node.events.next(SessionFailed.class).cause()).contains(Integer.toString(status));
    }

    @Test
    void successReportsOfPartsMakeOneForTheWhole() {
        bind();
        node.send("s1", "m-out1", "0123456789".getBytes(UTF_8), SuccessReport.YES, FailureReport.YES);
        peer.respond(peer.next(MsrpFrame.Send.class), 200);
        node.events.next(MessageAccepted.class);
        for (String range : List.of("6-10/10", "1-3/10", "3-5/10")) {
            assertThat(node.events.drain()).isEmpty();
            peer.send(
                    "MSRP repo REPORT\nTo-Path: %s\nFrom-Path: %s\nMessage-ID: m-out1\nByte-Range: %s\nStatus: 000 200 OK\n-------repo$\n"
                            .formatted(path, FAR, range));
            peer.send(bodiless("sync"));
            answered("sync", 200);
        }
        assertThat(node.events.next(ReportReceived.class).status()).isEqualTo(200);
    }

    @Test
    void failureReportComesBackToTheSender() {
        bind();
        node.send("s1", "m-out1", "0123456789".getBytes(UTF_8));
        peer.respond(peer.next(MsrpFrame.Send.class), 200);
        node.events.next(MessageAccepted.class);
        peer.send(
                "MSRP repo REPORT\nTo-Path: %s\nFrom-Path: %s\nMessage-ID: m-out1\nByte-Range: 1-10/10\nStatus: 000 403 No\n-------repo$\n"
                        .formatted(path, FAR));
        assertThat(node.events.next(ReportReceived.class))
                .isEqualTo(new ReportReceived(new MsrpSessionId("s1"), "m-out1", 403, Optional.of("No")));
    }

    @Test
    void ordersForASessionThatIsGoneAreAnsweredTruthfully() {
        node.send("nobody", "m-1234", "x".getBytes(UTF_8));
        assertThat(node.events.next(MessageRefused.class).status()).isEqualTo(481);
        node.connect("nobody", true, FAR, Optional.empty());
        node.events.next(SessionFailed.class);
        node.execute(new MsrpCommand.SendReport(new MsrpSessionId("nobody"), "m-1234", 200, Optional.empty()));
        node.closeSession("nobody");
        assertThat(node.events.drain()).isEmpty();
    }
}
