package org.impsiwf.gateway.flows;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.Random;
import org.impsiwf.testkit.sip.SipMessage;
import org.impsiwf.testkit.sip.SipTransport;
import org.impsiwf.testkit.sip.SipUserAgent;
import org.impsiwf.testkit.user.SipMsrpUser;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Malformed and unwanted SIP, SDP, multipart and CPIM, next to people who talk. */
class SipStormTest {
    private static final String SIP = "iwf_sip_total";
    private static final String NOTED = "iwf_noted_total";
    private static final String BOB = "sip:bob@imps.example.com";
    private static final int GUSTS = 200;

    @AutoClose
    private final Storm storm = new Storm();

    SipStormTest() throws IOException {}

    private static String message(int number, String transport, String more) {
        return "MESSAGE " + BOB + " SIP/2.0\r\nVia: SIP/2.0/" + transport + " 127.0.0.1:9;branch=z9hG4bKstorm" + number
                + "\r\nFrom: <sip:mallory@ims.example.com>;tag=" + number + "\r\nTo: <" + BOB
                + ">\r\nCall-ID: storm-" + number + "\r\n" + more;
    }

    private static void datagram(InetSocketAddress to, byte[] bytes) throws Exception {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.send(new DatagramPacket(bytes, bytes.length, to));
        }
    }

    @Test
    void datagramsOfNoiseAreDropped() throws Exception {
        InetSocketAddress udp = storm.scene().sip(SipTransport.UDP);
        storm.rages(
                GUSTS,
                number -> {
                    byte[] noise = new byte[300];
                    new Random(number).nextBytes(noise);
                    noise[0] = 'X';
                    datagram(udp, noise);
                },
                SIP,
                "dropped",
                "drops a message");
    }

    @Test
    void malformedDatagramsAreRefused() throws Exception {
        InetSocketAddress udp = storm.scene().sip(SipTransport.UDP);
        storm.rages(
                GUSTS,
                number -> datagram(
                        udp,
                        message(number, "UDP", "CSeq: many MESSAGE\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n")
                                .getBytes(ISO_8859_1)),
                SIP,
                "malformed",
                "refuses MESSAGE");
    }

    @Test
    void aStreamThatAnnouncesAGigabyteIsRefusedAndClosed() throws Exception {
        InetSocketAddress tcp = storm.scene().sip(SipTransport.TCP);
        storm.rages(
                GUSTS,
                number -> assertThat(Storm.answerTo(
                                tcp,
                                message(
                                                number,
                                                "TCP",
                                                "CSeq: 1 MESSAGE\r\nMax-Forwards: 70\r\nContent-Type: text/plain\r\n"
                                                        + "Content-Length: 1073741824\r\n\r\nhello")
                                        .getBytes(ISO_8859_1)))
                        .startsWith("SIP/2.0 513"),
                SIP,
                "malformed",
                "refuses MESSAGE");
    }

    @Test
    void streamsOfNoiseAreClosed() throws Exception {
        InetSocketAddress tcp = storm.scene().sip(SipTransport.TCP);
        storm.rages(
                GUSTS,
                number -> Storm.answerTo(tcp, ("noise " + number + "\r\nmore: noise\r\n\r\n").getBytes(UTF_8)),
                SIP,
                "dropped",
                "drops a message");
    }

    @Test
    void aWrongDigestIsChallengedAgainEachTime() throws Exception {
        try (SipUserAgent mallory = SipUserAgent.start(SipUserAgent.Settings.of(
                "dave@" + Scene.SIP_DOMAIN,
                "guessed",
                SipTransport.TCP,
                storm.scene().sip(SipTransport.TCP)))) {
            storm.rages(
                    GUSTS,
                    number -> {
                        SipMessage answer = mallory.ask(
                                mallory.newRequest("MESSAGE", BOB).withBody("text/plain", "I am dave " + number));
                        assertThat(answer.status()).isIn(401, 403);
                        Storm.hasNoSecret(answer.latin1());
                    },
                    SIP,
                    "detail=\"401\",event=\"sip.answered\"",
                    "refuses MESSAGE");
        }
    }

    @Test
    void malformedDescriptionsAreRefused() throws Exception {
        SipMsrpUser dave = storm.scene().user("dave", SipTransport.TCP);
        storm.rages(
                GUSTS,
                number -> assertThat(dave.agent()
                                .sendAnsweringChallenge(dave.agent()
                                        .newRequest("INVITE", BOB)
                                        .withBody("application/sdp", "v=0\r\nm=message x TCP/MSRP\r\na=path:" + number))
                                .expectsFinal()
                                .status())
                        .isIn(400, 488),
                SIP,
                "event=\"sip.answered\"",
                "refuses INVITE");
    }

    @Test
    void malformedMultipartIsRefused() throws Exception {
        SipMsrpUser dave = storm.scene().user("dave", SipTransport.TCP);
        storm.rages(
                GUSTS,
                number -> assertThat(dave.agent()
                                .sendAnsweringChallenge(dave.agent()
                                        .newRequest("INVITE", BOB)
                                        .withBody("multipart/mixed;boundary=b" + number, "no boundary at all"))
                                .expectsFinal()
                                .status())
                        .isIn(400, 415, 488),
                SIP,
                "event=\"sip.answered\"",
                "refuses INVITE");
    }

    @Test
    void malformedCpimIsRefused() throws Exception {
        SipMsrpUser dave = storm.scene().user("dave", SipTransport.TCP);
        storm.rages(
                GUSTS,
                number -> assertThat(dave.message(BOB, "message/cpim", ("From <no colon> " + number).getBytes(UTF_8))
                                .status())
                        .isEqualTo(400),
                NOTED,
                "malformed-content",
                "malformed content");
    }

    @Test
    void unknownRecipientsAreRefused() throws Exception {
        SipMsrpUser dave = storm.scene().user("dave", SipTransport.TCP);
        storm.rages(
                GUSTS,
                number -> assertThat(dave.message("sip:bob@elsewhere" + number + ".example.org", "anybody?")
                                .status())
                        .isEqualTo(404),
                NOTED,
                "unserved-address",
                "unserved address");
    }

    @Test
    void nobodySpeaksForAForeignDomain() throws Exception {
        SipMsrpUser dave = storm.scene().user("dave", SipTransport.TCP);
        storm.rages(
                GUSTS,
                number -> assertThat(dave.agent()
                                .ask(dave.agent()
                                        .newRequest("MESSAGE", BOB)
                                        .replacing("From", "<sip:carol@ims.example.com>;tag=c" + number)
                                        .withBody("text/plain", "I am carol"))
                                .status())
                        .isEqualTo(403),
                SIP,
                "detail=\"403\",event=\"sip.answered\"",
                "refuses MESSAGE");
    }

    @Test
    void clientsThatVanishInMidRequestAreForgotten() throws Exception {
        InetSocketAddress tcp = storm.scene().sip(SipTransport.TCP);
        storm.rages(
                GUSTS,
                number -> Storm.vanishesAfter(
                        tcp, message(number, "TCP", "CSeq: 1 MES").getBytes(ISO_8859_1)));
    }
}
