package org.impsiwf.sip.sdp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.impsiwf.sip.event.MessageMedia;
import org.impsiwf.sip.event.MessageMedia.Direction;
import org.impsiwf.sip.event.MessageMedia.Setup;
import org.impsiwf.sip.sdp.SdpSession.Described;
import org.impsiwf.sip.sdp.SdpSession.Received;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SdpSessionTest {

    private static final SdpSession NEW = SdpSession.start("4711");

    private static final MessageMedia OURS = new MessageMedia(
            false,
            "192.0.2.1",
            2855,
            List.of("msrp://192.0.2.1:2855/s1;tcp"),
            List.of("message/cpim", "text/plain"),
            List.of("text/plain"),
            OptionalLong.of(100_000),
            Setup.PASSIVE,
            Direction.SENDRECV,
            Optional.empty(),
            false);

    private static final String CHAT = """
            m=message 7394 TCP/MSRP *
            a=accept-types:message/cpim text/plain
            a=accept-wrapped-types:text/html
            a=max-size:5000
            a=path:msrp://198.51.100.7:7394/2s93i9ek2a;tcp
            a=setup:active
            a=msrp-cema
            """;

    private static byte[] sdp(String... media) {
        String session = """
                v=0
                o=ann 2890844526 2890844527 IN IP4 198.51.100.7
                s=-
                c=IN IP4 198.51.100.7
                t=0 0
                """;
        return (session + String.join("", media)).replace("\n", "\r\n").getBytes(UTF_8);
    }

    private static Received offered(SdpSession session, byte[] sdp) throws SdpException {
        return session.receiveOffer(sdp, SdpPolicy.DEFAULT);
    }

    private static SdpException refusal(byte[] sdp) {
        return catchThrowableOfType(SdpException.class, () -> offered(NEW, sdp));
    }

    private static String text(Described described) {
        return new String(described.sdp(), UTF_8);
    }

    @Test
    @DisplayName("RFC 4975 §8: an MSRP offer gives path, types, size, setup and the RFC 6714 mark")
    void readsWhatAnMsrpOfferSays() throws Exception {
        assertThat(offered(NEW, sdp(CHAT)).media())
                .isEqualTo(new MessageMedia(
                        false,
                        "198.51.100.7",
                        7394,
                        List.of("msrp://198.51.100.7:7394/2s93i9ek2a;tcp"),
                        List.of("message/cpim", "text/plain"),
                        List.of("text/html"),
                        OptionalLong.of(5000),
                        Setup.ACTIVE,
                        Direction.SENDRECV,
                        Optional.empty(),
                        true));
    }

    @Test
    @DisplayName("RFC 3264 §6: the answer has the offer's m= lines in order, the ones not taken with port 0")
    void answersEveryOfferedLineInOrder() throws Exception {
        var offer = offered(
                NEW, sdp("m=audio 49170/2 RTP/AVP 0 8\n", CHAT, "m=message 7395 TCP/MSRP *\na=path:msrp://h/2;tcp\n"));
        assertThat(text(offer.next().answer(OURS)).lines().filter(line -> line.startsWith("m=")))
                .containsExactly("m=audio 0 RTP/AVP 0 8", "m=message 2855 TCP/MSRP *", "m=message 0 TCP/MSRP *");
    }

    @Test
    @DisplayName("RFC 4566 §5: our own description has all mandatory lines, in order, with CRLF")
    void writesAWholeDescription() {
        assertThat(text(NEW.offer(OURS))).isEqualTo("""
                v=0
                o=- 4711 1 IN IP4 192.0.2.1
                s=-
                c=IN IP4 192.0.2.1
                t=0 0
                m=message 2855 TCP/MSRP *
                a=accept-types:message/cpim text/plain
                a=accept-wrapped-types:text/plain
                a=max-size:100000
                a=path:msrp://192.0.2.1:2855/s1;tcp
                a=setup:passive
                """.replace("\n", "\r\n"));
    }

    @Test
    @DisplayName("RFC 3264 §8: the same description again keeps the o= version, a changed one adds exactly one")
    void versionGrowsByOneWithEveryChangeOnly() {
        var first = NEW.offer(OURS);
        var same = first.next().offer(OURS);
        var held = new MessageMedia(
                false,
                OURS.host(),
                OURS.port(),
                OURS.path(),
                OURS.acceptTypes(),
                OURS.acceptWrappedTypes(),
                OURS.maxSize(),
                OURS.setup(),
                Direction.INACTIVE,
                OURS.fingerprint(),
                OURS.msrpCema());
        var changed = same.next().offer(held);
        assertThat(same.sdp()).isEqualTo(first.sdp());
        assertThat(text(changed)).contains("o=- 4711 2 IN").contains("a=inactive");
    }

    @Test
    @DisplayName("RFC 3264 §8: our re-offer mirrors the lines that were refused before")
    void reofferKeepsRefusedLines() throws Exception {
        var answered =
                offered(NEW, sdp("m=audio 49170 RTP/AVP 0\n", CHAT)).next().answer(OURS);
        assertThat(text(answered.next().offer(OURS)).lines().filter(line -> line.startsWith("m=")))
                .containsExactly("m=audio 0 RTP/AVP 0", "m=message 2855 TCP/MSRP *");
    }

    @Test
    @DisplayName("RFC 3264 §8: a re-offer with fewer lines is malformed")
    void refusesAReofferThatLostALine() throws Exception {
        var session = offered(NEW, sdp("m=audio 49170 RTP/AVP 0\n", CHAT)).next();
        assertThat(catchThrowableOfType(SdpException.class, () -> offered(session, sdp(CHAT)))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aReofferWithAnotherLineChangesOurVersion() throws Exception {
        var answered = offered(NEW, sdp(CHAT)).next().answer(OURS);
        var again = offered(answered.next(), sdp(CHAT, "m=audio 4000 RTP/AVP 0\n"))
                .next()
                .answer(OURS);
        assertThat(text(again)).contains("o=- 4711 2 IN").contains("m=audio 0 RTP/AVP 0");
    }

    @Test
    void aReofferKeepsTheLineInUseEvenWhenAnEarlierOneBecomesAcceptable() throws Exception {
        String off = "m=message 0 TCP/MSRP *\n";
        String on = "m=message 9000 TCP/MSRP *\na=path:msrp://h:9000/x;tcp\na=accept-types:*\n";
        var session = offered(NEW, sdp(off, CHAT)).next();
        assertThat(offered(session, sdp(on, CHAT)).media().port()).isEqualTo(7394);
    }

    @Test
    @DisplayName("RFC 5547 §8: a chat line is preferred to a file transfer line before it")
    void prefersChatToFileTransfer() throws Exception {
        String file =
                "m=message 9000 TCP/MSRP *\na=path:msrp://h:9000/x;tcp\na=accept-types:*\na=file-selector:size:1\n";
        assertThat(offered(NEW, sdp(file, CHAT)).media().port()).isEqualTo(7394);
        assertThat(offered(NEW, sdp(file)).media().port()).isEqualTo(9000);
    }

    @Test
    @DisplayName("RFC 3261 §20.43: no m=message at all is 488 with Warning 304")
    void refusesAnOfferWithoutMessageMedia_488() {
        var refusal = refusal(sdp("m=audio 49170 RTP/AVP 0\n"));
        assertThat(refusal.status()).isEqualTo(488);
        assertThat(refusal.warning("iwf.example.com"))
                .contains("304 iwf.example.com \"only m=message is spoken here\"");
    }

    @Test
    @DisplayName("RFC 3261 §20.43: m=message over another transport is 488 with Warning 302")
    void refusesAnOfferOverAnotherTransport_488() {
        var refusal = refusal(sdp("m=message 5060 sip sip:ann@example.com\n"));
        assertThat(refusal.status()).isEqualTo(488);
        assertThat(refusal.warningCode()).hasValue(302);
    }

    @Test
    void refusesTlsWhereThePolicyHasNone_488() {
        var plainOnly = new SdpPolicy(true, false, 10_000, 100);
        var refusal = catchThrowableOfType(
                SdpException.class, () -> NEW.receiveOffer(sdp(CHAT.replace("TCP/MSRP", "TCP/TLS/MSRP")), plainOnly));
        assertThat(refusal.warningCode()).hasValue(302);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=path:\n", "a=path:http://h/x;tcp\n", "a=path:msrp://h:99/x\n", "a=accept-types:*\n"})
    @DisplayName("RFC 4975 §8: m=message without a usable path is 488 with Warning 305")
    void refusesMediaWithoutAPath_488(String attribute) {
        assertThat(refusal(sdp("m=message 9 TCP/MSRP *\n" + attribute)).warningCode())
                .hasValue(305);
    }

    @Test
    @DisplayName("RFC 4572 §5: TLS media carries the fingerprint, of the line or of the session")
    void readsFingerprints() throws Exception {
        String tls = CHAT.replace("TCP/MSRP", "TCP/TLS/MSRP").replace("msrp://", "msrps://");
        assertThat(offered(NEW, sdp("a=fingerprint:SHA-256 AB:CD\n", tls)).media())
                .matches(MessageMedia::secure)
                .matches(media -> media.fingerprint().equals(Optional.of("SHA-256 AB:CD")));
        assertThat(offered(NEW, sdp("a=fingerprint:SHA-256 AB:CD\n", tls, "a=fingerprint:SHA-256 EF:01\n"))
                        .media()
                        .fingerprint())
                .contains("SHA-256 EF:01");
    }

    @Test
    void anAnswerThatChangesTheTransportOfTheOfferIsOurMistake() throws Exception {
        var session =
                offered(NEW, sdp(CHAT.replace("TCP/MSRP", "TCP/TLS/MSRP"))).next();
        assertThatThrownBy(() -> session.answer(OURS)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("RFC 5118 §4.9: IPv6 and IPv4 media in one description each keep their own address")
    void readsIpv6Connections() throws Exception {
        byte[] mixed =
                sdp("m=audio 40000 RTP/AVP 0\n", CHAT.replace("TCP/MSRP *\n", "TCP/MSRP *\nc=IN IP6 2001:db8::7\n"));
        assertThat(offered(NEW, mixed).media().host()).isEqualTo("2001:db8::7");
    }

    @Test
    void writesIpv6AddressesAsIp6() {
        var media = new MessageMedia(
                false,
                "[2001:db8::1]",
                2855,
                List.of("msrp://[2001:db8::1]:2855/s1;tcp"),
                List.of("*"),
                List.of(),
                OptionalLong.empty(),
                Setup.UNSPECIFIED,
                Direction.SENDRECV,
                Optional.empty(),
                false);
        assertThat(text(NEW.offer(media))).contains("c=IN IP6 2001:db8::1\r\n").doesNotContain("a=setup");
    }

    @Test
    @DisplayName("RFC 4566 §5: bare LF ends a line too")
    void readsLinesThatEndWithLineFeedOnly() throws Exception {
        byte[] lf = new String(sdp(CHAT), UTF_8).replace("\r\n", "\n").getBytes(UTF_8);
        assertThat(offered(NEW, lf).media()).isEqualTo(offered(NEW, sdp(CHAT)).media());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "v=1\n",
                "v=0\ns=-\n",
                "v=0\no=- 1 1 IN IP4 h\n",
                "v=0\no=- x 1 IN IP4 h\ns=-\n",
                "v=0\no=- 1 1 IN IP4 ::1\ns=-\n",
                "v=0\no=- 1 1 ATM NSAP h\ns=-\n",
                "v=0\no=- 1 1 IN IP4 h\ns=-\ny=unknown type\n",
                "v=0\no=- 1 1 IN IP4 h\ns=-\nnonsense\n",
                "v=0\no=- 1 1 IN IP4 h\ns=-\nm=message 70000 TCP/MSRP *\n",
                "v=0\no=- 1 1 IN IP4 h\ns=-\nm=message -1 TCP/MSRP *\n",
                "v=0\no=- 1 1 IN IP4 h\ns=-\nm=message 9 TCP/MSRP\n",
                "v=0\no=- 1 1 IN IP4 h\ns=-\nm=message 9 TCP/MSRP *\na=path:msrp://h/x;tcp\na=max-size:many\n",
                "v=0\no=- 1 1 IN IP4 h\ns=-\nm=message 9 TCP/MSRP *\na=path:msrp://h/x;tcp\na=setup:maybe\n",
                "v=0\no=- 1 1 IN IP4 h\ns=-\nt=0\n"
            })
    @DisplayName("RFC 4566 §5: what breaks the grammar is 400")
    void refusesMalformedDescriptions_400(String text) {
        assertThat(refusal(text.getBytes(UTF_8)).status()).isEqualTo(400);
    }

    @Test
    void refusesTooManyLinesAndBytesUnread_413() {
        assertThat(refusal(sdp("a=x\n".repeat(600))).status()).isEqualTo(413);
        assertThat(refusal(sdp("a=" + "x".repeat(40_000) + "\n")).status()).isEqualTo(413);
    }

    @Test
    @DisplayName("RFC 3264 §6: an answer must have as many lines as our offer, and take ours")
    void checksAnAnswerAgainstOurOffer() throws Exception {
        var session = NEW.offer(OURS).next();
        assertThat(session.receiveAnswer(sdp(CHAT), SdpPolicy.DEFAULT).media().port())
                .isEqualTo(7394);
        assertThat(answerRefusal(session, sdp(CHAT, CHAT)).status()).isEqualTo(400);
        assertThat(answerRefusal(session, sdp("m=message 0 TCP/MSRP *\n")).status())
                .isEqualTo(488);
        assertThat(answerRefusal(session, sdp(CHAT.replace("TCP/MSRP", "TCP/TLS/MSRP")))
                        .status())
                .isEqualTo(400);
    }

    private static SdpException answerRefusal(SdpSession session, byte[] sdp) {
        return catchThrowableOfType(SdpException.class, () -> session.receiveAnswer(sdp, SdpPolicy.DEFAULT));
    }

    @Test
    void aLineEndInAValueOfOursIsOurMistakeAndNeverSent() {
        var media = new MessageMedia(
                false,
                "192.0.2.1",
                2855,
                List.of("msrp://192.0.2.1:2855/s1;tcp\r\na=x"),
                List.of("*"),
                List.of(),
                OptionalLong.empty(),
                Setup.PASSIVE,
                Direction.SENDRECV,
                Optional.empty(),
                false);
        assertThatThrownBy(() -> NEW.offer(media)).isInstanceOf(IllegalArgumentException.class);
    }
}
