package org.impsiwf.sip.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.impsiwf.sip.event.SipCommand;
import org.impsiwf.sip.event.SipCommand.Response;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.sip.resolve.Transport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Content-Encoding on the wire (RFC 3261 §20.12): unpacked, and never past the limit. */
class PackedBodiesTest {

    private EdgeUnderTest iwf;

    @BeforeEach
    void start() {
        iwf = new EdgeUnderTest("udp:127.0.0.1:0");
    }

    @AfterEach
    void stop() {
        iwf.close();
    }

    private static byte[] packed(String coding, byte[] plain) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (OutputStream out = coding.equals("gzip") ? new GZIPOutputStream(bytes) : new DeflaterOutputStream(bytes)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }

    private static void send(WirePeer alice, String coding, byte[] plain) throws IOException {
        byte[] body = packed(coding, plain);
        String head = Requests.Caller.of(alice)
                .message("")
                .replace("Content-Length: 0", "Content-Encoding: " + coding + "\r\nContent-Length: " + body.length);
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(body);
        alice.sendBytes(bytes.toByteArray());
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate"})
    void aPackedMessageIsUnpacked(String coding) throws Exception {
        try (var alice = WirePeer.udp(iwf.on(Transport.UDP))) {
            String text = "Grüße ".repeat(100);
            send(alice, coding, text.getBytes(StandardCharsets.UTF_8));
            var received = iwf.await(SipEvent.MessageReceived.class);
            var body = received.body().orElseThrow();
            assertThat(new String(body.bytes(), StandardCharsets.UTF_8)).isEqualTo(text);
            assertThat(body.contentType()).isEqualTo("text/plain");
            iwf.edge.execute(new SipCommand.AnswerMessage(received.transaction(), Response.of(200)));
            assertThat(alice.awaitFinal("MESSAGE").status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate"})
    void aBombOf16MegabytesInADatagramGets413(String coding) throws Exception {
        try (var alice = WirePeer.udp(iwf.on(Transport.UDP))) {
            send(alice, coding, new byte[16 * 1024 * 1024]);
            assertThat(alice.awaitFinal("MESSAGE").status()).isEqualTo(413);
            assertThat(iwf.events).isEmpty();
            assertThat(iwf.edge.snapshot().waitingRequests()).isZero();
        }
    }
}
