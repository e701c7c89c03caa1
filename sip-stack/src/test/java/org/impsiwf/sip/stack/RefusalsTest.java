package org.impsiwf.sip.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.impsiwf.sip.event.SipCommand;
import org.impsiwf.sip.event.SipCommand.Response;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.sip.resolve.Transport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is refused at the door, each with the answer and the headers that the clause asks for. */
class RefusalsTest {

    private static final String BOB = "sip:bob@ims.example.com";
    private static EdgeUnderTest iwf;

    @BeforeAll
    static void start() {
        iwf = new EdgeUnderTest("udp:127.0.0.1:0");
    }

    @AfterAll
    static void stop() {
        iwf.close();
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of("RFC 3261 §8.2.1 unknown method", "DANCE", BOB, "", "", 501, "Allow", "MESSAGE"),
                Arguments.of("RFC 3515 §2.4.1 nobody to refer to", "REFER", BOB, "", "", 400, "Server", ""),
                Arguments.of("RFC 3261 §8.2.2.1 scheme", "MESSAGE", "urn:service:sos", "", "", 416, "Server", ""),
                Arguments.of(
                        "RFC 3261 §8.2.2.3 extension",
                        "MESSAGE",
                        BOB,
                        "Require: levitation\r\n",
                        "",
                        420,
                        "Unsupported",
                        "levitation"),
                Arguments.of("RFC 3261 §15.1.2 no dialog", "BYE", BOB, "", "", 481, "Server", ""),
                Arguments.of("RFC 6086 §4.2.2 INFO without dialog", "INFO", BOB, "", "", 481, "Server", ""),
                Arguments.of("RFC 6665 §4.1.3 no subscription", "NOTIFY", BOB, "Event: x\r\n", "", 481, "Server", ""),
                Arguments.of("RFC 3265 of old, no state", "NOTIFY", BOB, "", "", 481, "Server", ""),
                Arguments.of(
                        "RFC 3262 §3 nothing to PRACK", "PRACK", BOB, "RAck: 1 1 INVITE\r\n", "", 481, "Server", ""),
                Arguments.of(
                        "RFC 6665 §4.2.1.1 no package", "SUBSCRIBE", BOB, "", "", 489, "Allow-Events", "conference"),
                Arguments.of("RFC 3261 §8.2.1 nothing published", "PUBLISH", BOB, "", "", 405, "Allow", "MESSAGE"),
                Arguments.of(
                        "RFC 3261 §20.12 encoding",
                        "MESSAGE",
                        BOB,
                        "Content-Type: text/plain\r\nContent-Encoding: secret\r\n",
                        "x",
                        415,
                        "Accept-Encoding",
                        "gzip"),
                Arguments.of("RFC 3261 §20.15 no type", "MESSAGE", BOB, "", "x", 400, "Server", ""),
                Arguments.of("RFC 3261 §11 OPTIONS", "OPTIONS", BOB, "", "", 200, "Accept", "application/sdp"));
    }

    @ParameterizedTest(name = "{0}: {1} gets {5}")
    @MethodSource("refusals")
    void isAnsweredAsTheClauseSays(
            String clause,
            String method,
            String uri,
            String headers,
            String body,
            int status,
            String header,
            String value) {
        try (var alice = WirePeer.udp(iwf.on(Transport.UDP))) {
            var caller = Requests.Caller.of(alice);
            alice.send(caller.request(method, uri, 1, "", caller.contact() + headers, body));
            RawMessage answer = alice.awaitFinal(method);
            assertThat(answer.status()).as(clause).isEqualTo(status);
            assertThat(String.join(",", answer.all(header))).contains(value);
        }
    }

    @Test
    void aRequestThatMayTravelNoFurtherGets483_RFC3261_16_3() {
        try (var alice = WirePeer.udp(iwf.on(Transport.UDP))) {
            var caller = Requests.Caller.of(alice);
            alice.send(caller.message("x").replace("Max-Forwards: 70", "Max-Forwards: 0"));
            assertThat(alice.awaitFinal("MESSAGE").status()).isEqualTo(483);
        }
    }

    @Test
    void aRequestThatCameByTwoWaysGets482OnTheSecond_RFC3261_8_2_2_2() {
        try (var alice = WirePeer.udp(iwf.on(Transport.UDP))) {
            var caller = Requests.Caller.of(alice);
            String first = caller.message("once");
            alice.send(first);
            var received = iwf.await(SipEvent.MessageReceived.class);
            alice.send(first.replace("branch=z9hG4bK", "branch=z9hG4bKother"));
            assertThat(alice.awaitFinal("MESSAGE").status()).isEqualTo(482);
            iwf.edge.execute(new SipCommand.AnswerMessage(received.transaction(), Response.of(200)));
            assertThat(alice.awaitFinal("MESSAGE").status()).isEqualTo(200);
        }
    }

    @Test
    void aRequestInADialogThatNobodyKnowsGets481_RFC3261_12_2_2() {
        try (var alice = WirePeer.udp(iwf.on(Transport.UDP))) {
            var caller = Requests.Caller.of(alice);
            for (String method : new String[] {"BYE", "INVITE", "UPDATE", "OPTIONS", "INFO"}) {
                alice.send(caller.request(method, BOB, 7, "nosuchtag", caller.contact(), ""));
                assertThat(alice.awaitFinal(method).status()).as(method).isEqualTo(481);
            }
        }
    }

    @Test
    void anIntervalBelowTheMinimumGets422_RFC4028_9() {
        try (var alice = WirePeer.udp(iwf.on(Transport.UDP))) {
            var caller = Requests.Caller.of(alice);
            alice.send(caller.invite("Session-Expires: 20\r\nSupported: timer\r\n"));
            RawMessage answer = alice.awaitFinal("INVITE");
            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.header("Min-SE")).isEqualTo("90");
        }
    }

    @Test
    void anOfferWithoutMsrpGets488WithAWarning_RFC3261_20_43() {
        try (var alice = WirePeer.udp(iwf.on(Transport.UDP))) {
            var caller = Requests.Caller.of(alice);
            String audio = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
                    + "m=audio 7654 RTP/AVP 0\r\n";
            String headers = caller.contact() + "Content-Type: application/sdp\r\n";
            alice.send(caller.request("INVITE", BOB, 1, "", headers, audio));
            RawMessage answer = alice.awaitFinal("INVITE");
            assertThat(answer.status()).isEqualTo(488);
            assertThat(answer.header("Warning")).startsWith("304 ");
        }
    }

    @Test
    void whatCannotBeReadGets400AndTheListenerGoesOn() {
        try (var alice = WirePeer.udp(iwf.on(Transport.UDP))) {
            var caller = Requests.Caller.of(alice);
            alice.send(caller.message("x").replace("CSeq: 1 MESSAGE", "CSeq: one MESSAGE"));
            assertThat(alice.await(m -> m.status() >= 200).status()).isEqualTo(400);
            alice.sendBytes(new byte[1200]);
            alice.send("(".repeat(60_000));
            alice.send("MESSAGE " + BOB + " SIP/2.0\r\nFrom: " + "<".repeat(30_000) + "\r\n\r\n");
            alice.send("MESSAGE " + BOB + " SIP/2.0\r\n" + "Via: SIP/2.0/UDP x,".repeat(3_000) + "\r\n\r\n");
            alice.send(Requests.Caller.of(alice).request("OPTIONS", BOB, 1, "", "", ""));
            assertThat(alice.awaitFinal("OPTIONS").status()).isEqualTo(200);
        }
    }

    @Test
    void moreWaitingRequestsThanTheLimitGet503WithRetryAfter() {
        var few = new SipLimits(
                65_536,
                65_536,
                2,
                100,
                10,
                SipLimits.DEFAULT.idleBeforeEviction(),
                SipLimits.DEFAULT.idleConnection(),
                SipLimits.DEFAULT.connectTimeout(),
                SipLimits.DEFAULT.handshakeTimeout(),
                SipLimits.DEFAULT.writeTimeout(),
                2,
                Duration.ofSeconds(7));
        try (var busy = new EdgeUnderTest(
                        config -> config.withLimits(few), Optional.empty(), List.of("127.0.0.1"), "udp:127.0.0.1:0");
                var alice = WirePeer.udp(busy.on(Transport.UDP))) {
            for (int i = 0; i < 2; i++) {
                alice.send(Requests.Caller.of(alice).message("waits"));
                busy.await(SipEvent.MessageReceived.class);
            }
            alice.send(Requests.Caller.of(alice).message("too many"));
            RawMessage answer = alice.awaitFinal("MESSAGE");
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("Retry-After")).isEqualTo("7");
        }
    }

    @Test
    void anUntrustedSourceIsAskedForADigest_RFC3261_22_2() {
        try (var strict = new EdgeUnderTest(config -> config, Optional.empty(), List.of(), "udp:127.0.0.1:0");
                var alice = WirePeer.udp(strict.on(Transport.UDP))) {
            alice.send(Requests.Caller.of(alice).message("who am I"));
            RawMessage answer = alice.awaitFinal("MESSAGE");
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.header("WWW-Authenticate")).contains("realm=\"ims.example.com\"");
            assertThat(strict.edge.snapshot().waitingRequests()).isZero();
        }
    }

    @Test
    void aDrainingEdgeRefusesNewOnesAndLetsRunningOnesFinish() {
        var draining = new EdgeUnderTest("udp:127.0.0.1:0");
        try (draining;
                var alice = WirePeer.udp(draining.on(Transport.UDP))) {
            alice.send(Requests.Caller.of(alice).message("runs"));
            var running = draining.await(SipEvent.MessageReceived.class);
            var drained = Thread.ofVirtual().start(() -> draining.edge.drain(Duration.ofSeconds(20)));
            Awaitility.await().until(() -> {
                alice.send(Requests.Caller.of(alice).message("new"));
                return alice.awaitFinal("MESSAGE").status() == 503;
            });
            assertThat(drained.isAlive()).isTrue();
            draining.edge.execute(new SipCommand.AnswerMessage(running.transaction(), Response.of(200)));
            assertThat(alice.await(m -> m.status() == 200).status()).isEqualTo(200);
            Awaitility.await().until(() -> !drained.isAlive());
        }
    }
}
