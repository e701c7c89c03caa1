package org.impsiwf.msrp.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.impsiwf.msrp.transport.RawFarEnd.FAR;

import java.util.ArrayList;
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
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A raw far end connects to us: what RFC 4975 §7.3 answers to right and wrong requests. */
class PassiveSessionTest {

    @AutoClose
    private final RawFarEnd far = new RawFarEnd();

    @Test
    void sendWithoutABodyBindsTheSession() {
        far.bind();
        assertThat(far.node.count(MsrpCount.MESSAGE_RECEIVED)).isZero();
    }

    @Test
    void responseGoesOneHopBackAndNamesUs_RFC4975_7_2() {
        far.node.connect("s1", false, FAR, Optional.empty());
        far.peer.send(far.bodiless("bind").replace("From-Path: ", "From-Path: msrp://relay.example.com:1/r;tcp "));
        MsrpFrame.Response response = far.peer.next(MsrpFrame.Response.class);
        assertThat(response.toPath().toString()).isEqualTo("msrp://relay.example.com:1/r;tcp");
        assertThat(response.fromPath().toString()).isEqualTo(far.path);
    }

    @Test
    void messageThatComesBeforeTheFarEndIsKnownIsHandedOverAfterwards() {
        far.peer.send(far.send("early1", "m-early", "1-5/5", "hello", "$"));
        await().until(() -> far.node.count(MsrpCount.MESSAGE_RECEIVED) == 1);
        assertThat(far.node.events.drain()).isEmpty();
        far.node.connect("s1", false, FAR, Optional.empty());
        far.node.events.next(SessionConnected.class);
        far.node.answer(far.node.events.next(MessageReceived.class), 200);
        far.answered("early1", 200);
    }

    @Test
    void whoeverClaimsASessionOfAnotherIsTurnedAway() {
        far.peer.send(far.send("claim1", "m-claim", "1-5/5", "hello", "$"));
        await().until(() -> far.node.count(MsrpCount.MESSAGE_RECEIVED) == 1);
        far.node.connect("s1", false, "msrp://right.example.com:9/right;tcp", Optional.empty());
        far.answered("claim1", 481);
        assertThat(far.node.events.drain()).isEmpty();
    }

    @Test
    void unknownSession_481() {
        far.bind();
        String known = far.path;
        far.path = far.path.replace(";tcp", "x;tcp");
        far.peer.send(far.send("tran1", "m-1234", "1-1/1", "x", "$"));
        far.answered("tran1", 481);
        far.path = known;
    }

    @ParameterizedTest
    @ValueSource(strings = {"msrps://", "msrp://other", "two"})
    void toPathThatIsNotExactlyOurs_481(String wrong) {
        far.bind();
        String known = far.path;
        far.path = switch (wrong) {
            case "two" -> far.path + " msrp://beyond.example.com:1/x;tcp";
            case "msrps://" -> far.path.replace("msrp://", "msrps://");
            default -> far.path.replace("127.0.0.1", "other.example.com");
        };
        far.peer.send(far.send("tran1", "m-1234", "1-1/1", "x", "$"));
        far.answered("tran1", 481);
        far.path = known;
    }

    @Test
    void spoofedFromPath_481() {
        far.bind();
        far.peer.send(far.send("tran1", "m-1234", "1-1/1", "x", "$").replace("/far1", "/other"));
        far.answered("tran1", 481);
        assertThat(far.node.events.drain()).isEmpty();
    }

    @Test
    void sessionThatIsBoundToAnotherConnection_506() {
        far.bind();
        try (RawPeer second = RawPeer.to(far.node)) {
            second.send(far.send("tran2", "m-1234", "1-1/1", "x", "$"));
            MsrpFrame.Response response = second.next(MsrpFrame.Response.class);
            assertThat(response.status()).isEqualTo(506);
        }
        assertThat(far.node.events.drain()).isEmpty();
    }

    @Test
    void unknownMethod_501() {
        far.bind();
        far.peer.send("MSRP tran1 DANCE\nTo-Path: %s\nFrom-Path: %s\n-------tran1$\n".formatted(far.path, FAR));
        far.answered("tran1", 501);
    }

    @Test
    void malformedRequest_400AndTheConnectionGoesOn() {
        far.bind();
        far.peer.send(far.send("tran1", "m-1234", "wrong", "x", "$"));
        far.answered("tran1", 400);
        far.peer.send(far.send("tran2", "m-2345", "1-1/1", "x", "$"));
        far.node.answer(far.node.events.next(MessageReceived.class), 200);
        far.answered("tran2", 200);
    }

    @Test
    void reportIsNeverAnswered_RFC4975_7_1_2() {
        far.bind();
        String report = "MSRP %s REPORT\nTo-Path: %s\nFrom-Path: %s\nMessage-ID: nobody\n%s-------%s$\n";
        far.peer.send(report.formatted("tran1", far.path, FAR, "Status: 000 200 OK\n", "tran1"));
        far.peer.send(
                report.formatted("tran2", far.path.replace(";tcp", "x;tcp"), FAR, "Status: 000 200 OK\n", "tran2"));
        far.peer.send(report.formatted("tran3", far.path, FAR, "Status: none\n", "tran3"));
        far.peer.send(far.bodiless("tran4"));
        far.answered("tran4", 200);
        assertThat(far.node.events.drain()).isEmpty();
    }

    @Test
    void requestWithFailureReportNoGetsNoAnswerWhateverIsWrong() {
        far.bind();
        String send =
                far.send("tran1", "m-1234", "1-1/1", "x", "$").replace("Byte-Range", "Failure-Report: no\nByte-Range");
        far.peer.send(send.replace(";tcp", "x;tcp"));
        far.peer.send(send.replace("text/plain", "wrong"));
        far.peer.send(send);
        far.node.answer(far.node.events.next(MessageReceived.class), 415);
        far.peer.send(far.bodiless("tran4"));
        far.answered("tran4", 200);
    }

    @Test
    void floodOfWrongFramesIsAnsweredAndHurtsNobodyElse() {
        far.bind();
        Random random = new Random(7);
        try (RawPeer hostile = RawPeer.to(far.node)) {
            int answers = 0;
            for (int i = 0; i < 2_000; i++) {
                String frame = switch (random.nextInt(4)) {
                    case 0 -> far.send("hos" + i, "m-1234", "1-1/1", "x", "$").replace(";tcp", "x;tcp");
                    case 1 -> far.send("hos" + i, "m-1234", "9-1/1", "x", "$");
                    case 2 -> far.send("hos" + i, "m-1234", "1-1/1", "x", "$");
                    default ->
                        "MSRP hos%d DANCE\nTo-Path: %s\nFrom-Path: %s\n-------hos%d$\n".formatted(i, far.path, FAR, i);
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
        far.peer.send(far.send("tran1", "m-1234", "1-5/5", "hello", "$"));
        far.node.answer(far.node.events.next(MessageReceived.class), 200);
        far.answered("tran1", 200);
    }

    @Test
    void connectionKilledMidMessageRefusesItBeforeTheSessionFails_408() {
        far.bind();
        far.node.send("s1", "m-out1", new byte[90_000]);
        far.node.send("s1", "m-out2", "x".getBytes(UTF_8));
        far.peer.next(MsrpFrame.Send.class);
        far.peer.close();
        List<String> refused = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            MessageRefused event = far.node.events.next(MessageRefused.class);
            assertThat(event.status()).isEqualTo(408);
            refused.add(event.messageId());
        }
        assertThat(refused).containsExactlyInAnyOrder("m-out1", "m-out2");
        far.node.events.next(SessionFailed.class);
    }

    @Test
    void refusalMidMessageStopsIt_413() {
        far.bind();
        int size = 20_000_000; // more than the sockets take unread
        far.node.send("s1", "m-out1", new byte[size]);
        MsrpFrame.Send first = far.peer.next(MsrpFrame.Send.class);
        far.peer.respond(first, 413);
        assertThat(far.node.events.next(MessageRefused.class).status()).isEqualTo(413);
        far.node.send("s1", "m-out2", "x".getBytes(UTF_8));
        long octets = 0;
        Continuation end = first.continuation();
        MsrpFrame.Send next = first;
        while (!next.messageId().equals("m-out2")) {
            octets += next.body().readableBytes();
            end = next.continuation();
            next = far.peer.next(MsrpFrame.Send.class);
        }
        assertThat(octets).isLessThan(size);
        // "#" where the refusal came within a chunk, "+" where it came between two.
        assertThat(end).isIn(Continuation.ABORTED, Continuation.MORE);
        far.peer.respond(next, 200);
        far.node.events.next(MessageAccepted.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {481, 506})
    void farEndThatNoLongerKnowsTheSessionEndsIt(int status) {
        far.bind();
        far.node.send("s1", "m-out1", "x".getBytes(UTF_8));
        far.peer.respond(far.peer.next(MsrpFrame.Send.class), status);
        assertThat(far.node.events.next(MessageRefused.class).status()).isEqualTo(status);
        assertThat(far.node.events.next(SessionFailed.class).cause()).contains(Integer.toString(status));
    }

    @Test
    void successReportsOfPartsMakeOneForTheWhole() {
        far.bind();
        far.node.send("s1", "m-out1", "0123456789".getBytes(UTF_8), SuccessReport.YES, FailureReport.YES);
        far.peer.respond(far.peer.next(MsrpFrame.Send.class), 200);
        far.node.events.next(MessageAccepted.class);
        for (String range : List.of("6-10/10", "1-3/10", "3-5/10")) {
            assertThat(far.node.events.drain()).isEmpty();
            far.peer.send(
                    "MSRP repo REPORT\nTo-Path: %s\nFrom-Path: %s\nMessage-ID: m-out1\nByte-Range: %s\nStatus: 000 200 OK\n-------repo$\n"
                            .formatted(far.path, FAR, range));
            far.peer.send(far.bodiless("sync"));
            far.answered("sync", 200);
        }
        assertThat(far.node.events.next(ReportReceived.class).status()).isEqualTo(200);
    }

    @Test
    void failureReportComesBackToTheSender() {
        far.bind();
        far.node.send("s1", "m-out1", "0123456789".getBytes(UTF_8));
        far.peer.respond(far.peer.next(MsrpFrame.Send.class), 200);
        far.node.events.next(MessageAccepted.class);
        far.peer.send(
                "MSRP repo REPORT\nTo-Path: %s\nFrom-Path: %s\nMessage-ID: m-out1\nByte-Range: 1-10/10\nStatus: 000 403 No\n-------repo$\n"
                        .formatted(far.path, FAR));
        assertThat(far.node.events.next(ReportReceived.class))
                .isEqualTo(new ReportReceived(new MsrpSessionId("s1"), "m-out1", 403, Optional.of("No")));
    }

    @Test
    void ordersForASessionThatIsGoneAreAnsweredTruthfully() {
        far.node.send("nobody", "m-1234", "x".getBytes(UTF_8));
        assertThat(far.node.events.next(MessageRefused.class).status()).isEqualTo(481);
        far.node.connect("nobody", true, FAR, Optional.empty());
        far.node.events.next(SessionFailed.class);
        far.node.execute(new MsrpCommand.SendReport(new MsrpSessionId("nobody"), "m-1234", 200, Optional.empty()));
        far.node.closeSession("nobody");
        assertThat(far.node.events.drain()).isEmpty();
    }
}
