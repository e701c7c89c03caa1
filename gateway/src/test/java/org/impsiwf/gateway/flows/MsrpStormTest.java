package org.impsiwf.gateway.flows;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.impsiwf.msrp.event.MsrpCommand.HostPort;
import org.impsiwf.testkit.msrp.MsrpFrame;
import org.impsiwf.testkit.sip.SipTransport;
import org.impsiwf.testkit.user.Talk;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Malformed MSRP frames and CPIM, foreign sessions and clients that vanish, next to people who talk. */
class MsrpStormTest {
    private static final String MSRP = "iwf_msrp_total";
    private static final String BOB = "sip:bob@imps.example.com";
    private static final int GUSTS = 200;

    @AutoClose
    private final Storm storm = new Storm();

    MsrpStormTest() throws IOException {}

    private InetSocketAddress msrp() {
        HostPort at = storm.scene().gateway().msrpAddresses().getFirst();
        return new InetSocketAddress(at.host(), at.port());
    }

    private static byte[] frame(InetSocketAddress to, int number, String session, String fields, String end) {
        String id = "storm%04d".formatted(number);
        return ("MSRP " + id + " SEND\r\nTo-Path: msrp://127.0.0.1:" + to.getPort() + "/" + session + ";tcp\r\n"
                        + "From-Path: msrp://127.0.0.1:9/storm" + number + ";tcp\r\nMessage-ID: m" + id + "\r\n"
                        + fields
                        + (end.isEmpty() ? "" : "-------" + id + end))
                .getBytes(UTF_8);
    }

    @Test
    void noiseEndsItsOwnConnection() throws Exception {
        InetSocketAddress to = msrp();
        storm.rages(
                GUSTS,
                number -> Storm.answerTo(
                        to, ("noise " + number + "\r\n").repeat(20).getBytes(UTF_8)),
                MSRP,
                "connection-unreadable",
                "closed");
    }

    @Test
    void framesForNoSessionAreRefusedWith481() throws Exception {
        InetSocketAddress to = msrp();
        storm.rages(
                GUSTS,
                number -> {
                    try (var socket = new Socket(to.getAddress(), to.getPort())) {
                        socket.setSoTimeout(20_000);
                        socket.getOutputStream().write(frame(to, number, "nosuchsession", "", "$\r\n"));
                        byte[] answer = socket.getInputStream().readNBytes(18);
                        assertThat(new String(answer, UTF_8)).isEqualTo("MSRP storm%04d 481".formatted(number));
                    }
                },
                MSRP,
                "request-refused",
                "");
    }

    @Test
    void clientsThatVanishInAFrameAreForgotten() throws Exception {
        InetSocketAddress to = msrp();
        storm.rages(
                GUSTS,
                number -> Storm.vanishesAfter(
                        to, frame(to, number, "nosuchsession", "Content-Type: text/plain\r\n\r\nhalf a sent", "")));
    }

    @Test
    void aGigabyteIsRefusedWith413BeforeItComes() throws Exception {
        Talk dave = storm.scene().user("dave", SipTransport.TCP).invites(BOB);
        storm.rages(
                GUSTS,
                number -> {
                    MsrpFrame send = dave.msrp()
                            .send("giga" + number)
                            .with("Byte-Range", "1-5/1073741824")
                            .with("Content-Type", "text/plain")
                            .withBody("first".getBytes(UTF_8), '+');
                    assertThat(dave.msrp()
                                    .expectsResponse(dave.msrp().sendFrame(send))
                                    .status())
                            .isEqualTo(413);
                },
                MSRP,
                "refused",
                "413");
        dave.byes();
    }

    @Test
    void reportsOnMessagesThatNobodySentAreIgnored() throws Exception {
        Talk dave = storm.scene().user("dave", SipTransport.TCP).invites(BOB);
        storm.rages(
                GUSTS,
                number -> dave.msrp()
                        .sendFrame(dave.msrp()
                                .request("REPORT")
                                .with("Message-ID", "nobody" + number)
                                .with("Byte-Range", "1-5/5")
                                .with("Status", "000 200 OK")));
        dave.sends("the session stands");
        dave.byes();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Byte-Range: 5-1/3\r\n",
                "Byte-Range: one-two/three\r\n",
                "Success-Report: perhaps\r\n",
                "Failure-Report: \r\n",
                "Status: 000\r\n",
                "no colon at all\r\n",
                ": no name\r\n"
            })
    void malformedHeaderFieldsHarmNobodyElse(String field) throws Exception {
        InetSocketAddress to = msrp();
        storm.rages(GUSTS, number -> Storm.vanishesAfter(to, frame(to, number, "nosuchsession", field, "$\r\n")));
    }

    @Test
    void malformedCpimIsRefused() throws Exception {
        Talk dave = storm.scene().user("dave", SipTransport.TCP).invites(BOB);
        storm.rages(
                GUSTS,
                number -> {
                    byte[] broken = ("From <no colon> " + number).getBytes(UTF_8);
                    MsrpFrame send = dave.msrp()
                            .send("cpim" + number)
                            .with("Byte-Range", "1-" + broken.length + "/" + broken.length)
                            .with("Content-Type", "message/cpim")
                            .withBody(broken, '$');
                    assertThat(dave.msrp()
                                    .expectsResponse(dave.msrp().sendFrame(send))
                                    .status())
                            .isEqualTo(400);
                },
                "iwf_noted_total",
                "malformed-content",
                "malformed content");
        dave.byes();
    }
}
