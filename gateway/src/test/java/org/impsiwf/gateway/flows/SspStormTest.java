package org.impsiwf.gateway.flows;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Malformed HTTP and XML, unknown sessions and wrong log-ins, next to people who talk. */
class SspStormTest {
    private static final String SSP = "iwf_ssp_total";
    private static final int GUSTS = 200;
    private static final String ROOT = "<WV-SSP-Message xmlns=\"http://www.openmobilealliance.org/DTD/WV-SSP1.3\">";

    @AutoClose
    private final Storm storm = new Storm();

    SspStormTest() throws IOException {}

    private InetSocketAddress ssp() {
        URI url = storm.scene().sspUrl();
        return new InetSocketAddress(url.getHost(), url.getPort());
    }

    private static byte[] post(byte[] body) {
        byte[] head = ("POST / HTTP/1.1\r\nHost: iwf.example.com\r\nContent-Type: application/vnd.wv.ssp+xml\r\n"
                        + "Connection: close\r\nContent-Length: " + body.length + "\r\n\r\n")
                .getBytes(ISO_8859_1);
        byte[] whole = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, whole, head.length, body.length);
        return whole;
    }

    static List<byte[]> badXml() {
        String bomb = "<?xml version='1.0'?><!DOCTYPE b [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\">"
                + "<!ENTITY c \"&b;&b;&b;&b;&b;&b;\">]>" + ROOT + "<Session sessionID=\"&c;\"/></WV-SSP-Message>";
        String external = "<?xml version='1.0'?><!DOCTYPE b [<!ENTITY f SYSTEM \"file:///etc/hostname\">]>" + ROOT
                + "<Session sessionID=\"x\">&f;</Session></WV-SSP-Message>";
        String deep = ROOT + "<Session>".repeat(5_000) + "</Session>".repeat(5_000) + "</WV-SSP-Message>";
        String wrongEncoding = "<?xml version='1.0' encoding='UTF-8'?>" + ROOT + "</WV-SSP-Message>";
        return List.of(
                "not XML at all".getBytes(UTF_8),
                bomb.getBytes(UTF_8),
                external.getBytes(UTF_8),
                deep.getBytes(UTF_8),
                wrongEncoding.getBytes(UTF_16LE),
                new byte[] {(byte) 0xff, 0, (byte) 0xfe, 3},
                "<other/>".getBytes(UTF_8));
    }

    @ParameterizedTest
    @MethodSource("badXml")
    void whatIsNoSspMessageIsRefused(byte[] body) throws Exception {
        InetSocketAddress to = ssp();
        storm.rages(
                GUSTS,
                number -> assertThat(Storm.answerTo(to, post(body))).startsWith("HTTP/1.1 400"),
                SSP,
                "message-malformed",
                "no SSP message");
    }

    @Test
    void aGigabyteIsRefusedBeforeItComes() throws Exception {
        InetSocketAddress to = ssp();
        storm.rages(
                GUSTS,
                number -> assertThat(Storm.answerTo(
                                to,
                                ("POST / HTTP/1.1\r\nHost: iwf.example.com\r\nContent-Type: application/vnd.wv.ssp+xml\r\n"
                                                + "Content-Length: 1073741824\r\n\r\n")
                                        .getBytes(ISO_8859_1)))
                        .startsWith("HTTP/1.1 413"),
                SSP,
                "post-refused",
                "413");
    }

    @Test
    void malformedHttpIsRefused() throws Exception {
        InetSocketAddress to = ssp();
        storm.rages(
                GUSTS,
                number -> assertThat(
                                Storm.answerTo(to, ("noise " + number + "\r\nno colon\r\n\r\n").getBytes(ISO_8859_1)))
                        .startsWith("HTTP/1.1 4"),
                SSP,
                "post-refused",
                "refused");
    }

    @Test
    void clientsThatVanishInAPostAreForgotten() throws Exception {
        InetSocketAddress to = ssp();
        storm.rages(
                GUSTS,
                number -> Storm.vanishesAfter(
                        to,
                        "POST / HTTP/1.1\r\nHost: iwf.example.com\r\nContent-Length: 500\r\n\r\n<WV"
                                .getBytes(ISO_8859_1)));
    }

    @Test
    void messagesForUnknownSessionsAreRefused() throws Exception {
        InetSocketAddress to = ssp();
        storm.rages(
                GUSTS,
                number -> Storm.hasNoSecret(Storm.answerTo(
                        to,
                        post((ROOT + "<Session sessionID=\"guess" + number + "@imps.example.com\"><Transaction"
                                        + " mode=\"Request\" transactionID=\"1\"><LogoutRequest/></Transaction>"
                                        + "</Session></WV-SSP-Message>")
                                .getBytes(UTF_8)))),
                SSP,
                "session-unknown",
                "session");
    }

    @Test
    void aLogInThatNobodyAskedForOpensNoSessionAndEndsNone() throws Exception {
        InetSocketAddress to = ssp();
        storm.rages(
                GUSTS,
                number -> Storm.answerTo(
                        to,
                        post((ROOT + "<SetupTransaction mode=\"Response\" transactionID=\"f" + number + "\">"
                                        + "<LoginRequest serviceID=\"wv:@imps.example.com\" timeToLive=\"86400\">"
                                        + "<PasswordDigest encoding=\"base64\">Z3Vlc3NlZA==</PasswordDigest>"
                                        + "</LoginRequest></SetupTransaction></WV-SSP-Message>")
                                .getBytes(UTF_8))),
                SSP,
                "hang-up",
                "LoginRequest outside a login");
    }
}
