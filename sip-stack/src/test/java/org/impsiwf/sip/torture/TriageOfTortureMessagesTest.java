package org.impsiwf.sip.torture;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.impsiwf.sip.wire.Triage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TriageOfTortureMessagesTest {

    static List<TortureMessage> messages() {
        return Stream.of("rfc4475.txt", "rfc5118.txt")
                .flatMap(file -> TortureMessage.all(file).stream())
                .toList();
    }

    private static byte[] bytes(TortureMessage message) {
        return message.bytes("192.0.2.77:5070", "UDP");
    }

    @Test
    @DisplayName("RFC 4475, RFC 5118: every clause has a message of our own")
    void everyClauseHasAMessage() {
        var clauses = messages().stream().map(TortureMessage::clause).distinct();
        assertThat(clauses).hasSize(13 + 19 + 1 + 15 + 1 + 10);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void whatIsRefusedHereMayBeRefusedAndWhatIsTakenMayBeTaken(TortureMessage message) {
        switch (Triage.of(bytes(message), true)) {
            case Triage.Refuse(byte[] request, Triage.Refusal refusal) -> {
                assertThat(message.expected()).contains(Integer.toString(refusal.status()));
                assertThat(Triage.of(request, true)).isEqualTo(new Triage.Take(request));
                assertThat(new String(request, ISO_8859_1)).contains("\r\nVia: SIP/2.0/UDP 192.0.2.77:5070;branch=");
            }
            case Triage.Drop(String why) ->
                assertThat(message.expected()).as(why).containsExactly("none");
            case Triage.Take(byte[] taken) -> assertThat(taken).isNotEmpty();
        }
    }

    @Test
    @DisplayName("RFC 3261 §8.2.6.2: a refused request keeps what its response copies")
    void aRefusedRequestKeepsWhatTheResponseCopies() {
        String text = """
                NOTIFY sip:a@b SIP/2.0
                v: SIP/2.0/UDP h:5070 ; branch=z9hG4bKx;junk="(";rport, SIP/2.0/TCP [2001:db8::1];branch=z9hG4bKy
                f: "open <sip:ann@torture.example>;tag=f
                t: zoe <sip:zoe@torture.example>;tag=t
                i: call@h
                CSeq: 17 NOTIFY
                CSeq: 18 NOTIFY
                l: 7

                content""".replace("\n", "\r\n");
        var refused = (Triage.Refuse) Triage.of(text.getBytes(ISO_8859_1), true);
        assertThat(new String(refused.message(), ISO_8859_1))
                .contains(
                        "Via: SIP/2.0/UDP h:5070;branch=z9hG4bKx;rport\r\n",
                        "Via: SIP/2.0/TCP [2001:db8::1];branch=z9hG4bKy\r\n",
                        "From: <sip:ann@torture.example>;tag=f\r\n",
                        "To: <sip:zoe@torture.example>;tag=t\r\n",
                        "Call-ID: call@h\r\n",
                        "CSeq: 17 NOTIFY\r\n");
    }

    @Test
    @DisplayName(
            "RFC 3261 §18.3: on a stream the body of a refused request is skipped by its length, in a datagram it is gone")
    void keepsTheFramingOfAStream() {
        byte[] twoCallIds =
                "BYE sip:a@b SIP/2.0\r\nVia: SIP/2.0/TCP h\r\nContent-Length: 7\r\n\r\ncontent".getBytes(ISO_8859_1);
        assertThat(refusedText(Triage.of(twoCallIds, false))).contains("Content-Length: 7\r\n");
        assertThat(refusedText(Triage.of(twoCallIds, true))).contains("Content-Length: 0\r\n");
    }

    private static String refusedText(Triage triage) {
        return new String(((Triage.Refuse) triage).message(), ISO_8859_1);
    }

    @Test
    @DisplayName("RFC 3261 §17.1.1.3: a malformed ACK is dropped, and so is what nobody could be told")
    void dropsWhatHasNoAnswer() {
        String ack = "ACK sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP h\r\nCSeq: 1 ACK\r\n\r\n";
        assertThat(Triage.of(ack.getBytes(ISO_8859_1), true)).isInstanceOf(Triage.Drop.class);
        for (String nothing : List.of("hello", "GET / HTTP/1.1\r\nHost: x\r\n\r\n", "INVITE sip:a@b SIP/2.0\r\n\r\n")) {
            assertThat(Triage.of(nothing.getBytes(ISO_8859_1), true))
                    .as(nothing)
                    .isInstanceOf(Triage.Drop.class);
        }
    }

    @Test
    @DisplayName("RFC 5626 §4.4.1: a keep-alive is left to the stack")
    void takesKeepAlives() {
        byte[] keepAlive = "\r\n\r\n".getBytes(ISO_8859_1);
        assertThat(Triage.of(keepAlive, true)).isEqualTo(new Triage.Take(keepAlive));
    }

    @ParameterizedTest
    @ValueSource(longs = {7, 4475})
    void anyDamageGivesAMessageOrARefusalOrNothing(long seed) {
        var random = new Random(seed);
        var all = messages();
        for (int run = 0; run < 2_000; run++) {
            byte[] bytes = bytes(all.get(random.nextInt(all.size())));
            for (int hits = random.nextInt(1, 8); hits > 0; hits--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            if (Triage.of(bytes, random.nextBoolean()) instanceof Triage.Refuse refused) {
                assertThat(Triage.of(refused.message(), false))
                        .as("seed %d run %d", seed, run)
                        .isEqualTo(new Triage.Take(refused.message()));
            }
        }
    }
}
