package org.impsiwf.sip.body;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.impsiwf.sip.event.Body;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyReaderTest {

    private static final BodyLimits LIMITS = new BodyLimits(10_000, 5, 2);
    private static final String SDP = "v=0\r\ns=-";

    private static ReceivedBody read(String contentType, String body) throws BodyException {
        return read(contentType, List.of(), body.getBytes(UTF_8));
    }

    private static ReceivedBody read(String contentType, List<String> encodings, byte[] body) throws BodyException {
        return BodyReader.read(contentType, encodings, Optional.empty(), body, LIMITS);
    }

    private static int refusal(String contentType, String body) {
        return catchThrowableOfType(BodyException.class, () -> read(contentType, body))
                .status();
    }

    private static String crlf(String text) {
        return text.replace("\n", "\r\n");
    }

    private static String sdpOf(ReceivedBody body) {
        return new String(body.sdp().orElseThrow(), UTF_8);
    }

    @Test
    void takesAPlainSessionDescription() throws Exception {
        assertThat(sdpOf(read("Application/SDP; charset=utf-8", SDP))).isEqualTo(SDP);
    }

    @Test
    void takesAnyOtherBodyAsItIs() throws Exception {
        assertThat(read("text/plain;charset=utf-8", "hello"))
                .isEqualTo(new ReceivedBody(
                        Optional.empty(),
                        List.of(),
                        List.of(new Body("text/plain;charset=utf-8", "hello".getBytes(UTF_8)))));
    }

    @Test
    void anEmptyBodyIsNone() throws Exception {
        assertThat(read("multipart/mixed", "")).isEqualTo(ReceivedBody.NONE);
    }

    private static final String LIST = """
            --b
            Content-Type: application/resource-lists+xml
            Content-Disposition: recipient-list

            <list/>
            """;
    private static final String DESCRIPTION = """
            --b
            content-type:
             application/sdp

            v=0
            s=-
            """;

    @ParameterizedTest
    @CsvSource({"true, mixed", "false, mixed", "true, related", "false, x-unknown"})
    @DisplayName("RFC 2046 §5.1.1, §5.1.7: parts in any order, preamble and epilogue dropped, unknown kinds as mixed")
    void takesMultipartsApart(boolean sdpFirst, String kind) throws Exception {
        String parts = sdpFirst ? DESCRIPTION + LIST : LIST + DESCRIPTION;
        var body = read(
                "multipart/" + kind + ";boundary=\"b\"",
                crlf("no part\n" + parts + "--b--\nepilogue\n--b\n\nnot a part\n"));
        assertThat(sdpOf(body)).isEqualTo(SDP);
        assertThat(body.lists())
                .singleElement()
                .satisfies(list -> assertThat(list.document()).isEqualTo("<list/>".getBytes(UTF_8)));
        assertThat(body.others()).isEmpty();
    }

    @Test
    void aListIsFoundByTheContentIdOfItsPart_RFC2392() throws Exception {
        var body = read(
                "multipart/mixed;boundary=b",
                crlf(LIST.replace("\n\n<list/>", "\nContent-ID: <cn35t8jf02@example.com>\n\n<list/>") + "--b--\n"));
        assertThat(body.lists().getFirst().contentId()).contains("cn35t8jf02@example.com");
    }

    @Test
    void acceptsBareLineFeedsAndAMissingEnd() throws Exception {
        assertThat(sdpOf(read("multipart/mixed; boundary=b", "--b  \nContent-Type: application/sdp\n\nv=0\r\ns=-")))
                .isEqualTo(SDP);
    }

    @Test
    @DisplayName("RFC 2046 §5.1.1: a line that only begins like the delimiter is content")
    void takesOnlyWholeDelimiterLines() throws Exception {
        var body = read("multipart/mixed;boundary=b", crlf("--b\n\n--bc\nx --b\n--b--\n"));
        assertThat(body.others())
                .containsExactly(new Body("text/plain", crlf("--bc\nx --b").getBytes(UTF_8)));
    }

    @Test
    @DisplayName("RFC 2046 §5.1.4: of alternatives the session description, else the last one")
    void picksAnAlternative() throws Exception {
        String rest = "--b\n\nplain\n--b\nContent-Type: text/html\n\n<p>\n--b--\n";
        assertThat(sdpOf(read("multipart/alternative;boundary=b", crlf(DESCRIPTION + rest))))
                .isEqualTo(SDP);
        assertThat(read("multipart/alternative;boundary=b", crlf(rest)).others())
                .containsExactly(new Body("text/html", "<p>".getBytes(UTF_8)));
    }

    @Test
    void walksNestedMultipartsWithinTheLimit() throws Exception {
        String inner = "--o\nContent-Type: multipart/related;boundary=b\n\n" + DESCRIPTION + LIST + "--b--\n--o--\n";
        var body = read("multipart/mixed;boundary=o", crlf(inner));
        assertThat(sdpOf(body)).isEqualTo(SDP);
        assertThat(body.lists()).hasSize(1);
        assertThat(refusal(
                        "multipart/mixed;boundary=x",
                        crlf("--x\nContent-Type: multipart/mixed;boundary=o\n\n" + inner)))
                .isEqualTo(413);
    }

    @Test
    void refusesTooManyPartsAndTooManyBytes_413() {
        assertThat(refusal("multipart/mixed;boundary=b", "--b\n\nx\n".repeat(6)))
                .isEqualTo(413);
        assertThat(refusal("text/plain", "x".repeat(10_001))).isEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(strings = {"multipart/mixed", "multipart/mixed;boundary=\"b", "multipart/mixed;boundary=\"\""})
    @DisplayName("RFC 2046 §5.1: a multipart without a boundary is 400")
    void refusesMultipartsWithoutABoundary_400(String contentType) {
        assertThat(refusal(contentType, "--b\n\nx\n--b--")).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"no delimiter", "--b--", "--b\nno header\n\nx\n--b--"})
    void refusesMultipartsWithoutParts_400(String body) {
        assertThat(refusal("multipart/mixed;boundary=b", body)).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "base64, 'aGVs\nbG8=', hello",
        "QUOTED-PRINTABLE, 'caf=C3=A9 =3D 1=\n more =zz', 'café = 1 more =zz'",
        "8bit, café, café",
        "binary, x, x"
    })
    @DisplayName("RFC 2045 §6: transfer encodings of parts are undone")
    void undoesTransferEncodings(String encoding, String encoded, String plain) throws Exception {
        var body = read(
                "multipart/mixed;boundary=b",
                "--b\nContent-Type: text/x\nContent-Transfer-Encoding: " + encoding + "\n\n" + encoded + "\n--b--");
        assertThat(new String(body.others().getFirst().bytes(), UTF_8)).isEqualTo(plain);
    }

    @Test
    @DisplayName("RFC 2045 §6.4: an unknown transfer encoding is 415")
    void refusesUnknownTransferEncodings_415() {
        assertThat(refusal("multipart/mixed;boundary=b", "--b\nContent-Transfer-Encoding: uuencode\n\nx\n--b--"))
                .isEqualTo(415);
        assertThat(refusal("multipart/mixed;boundary=b", "--b\nContent-Transfer-Encoding: base64\n\nQQ=Q\n--b--"))
                .isEqualTo(400);
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        }
        return out.toByteArray();
    }

    private static byte[] deflate(byte[] plain, boolean bare) throws IOException {
        var out = new ByteArrayOutputStream();
        var deflater = new Deflater(Deflater.BEST_SPEED, bare);
        try (var deflate = new DeflaterOutputStream(out, deflater)) {
            deflate.write(plain);
        }
        deflater.end();
        return out.toByteArray();
    }

    @Test
    @DisplayName(
            "RFC 3261 §20.12: gzip and deflate are undone, also one over the other, deflate with and without header")
    void undoesContentEncodings() throws Exception {
        byte[] plain = "hello".getBytes(UTF_8);
        var expected = new ReceivedBody(Optional.empty(), List.of(), List.of(new Body("text/plain", plain)));
        assertThat(read("text/plain", List.of("gzip"), gzip(plain))).isEqualTo(expected);
        assertThat(read("text/plain", List.of("deflate"), deflate(plain, false)))
                .isEqualTo(expected);
        assertThat(read("text/plain", List.of("Deflate"), deflate(plain, true))).isEqualTo(expected);
        assertThat(read("text/plain", List.of("deflate, x-gzip"), gzip(deflate(plain, false))))
                .isEqualTo(expected);
        assertThat(read("text/plain", List.of("identity"), plain)).isEqualTo(expected);
    }

    @Test
    @DisplayName("RFC 3261 §21.4.13: an unknown encoding is 415, saying which would do")
    void refusesUnknownContentEncodings_415() {
        var refusal =
                catchThrowableOfType(BodyException.class, () -> read("text/plain", List.of("br"), new byte[] {1}));
        assertThat(refusal.status()).isEqualTo(415);
        assertThat(refusal.headers()).singleElement().satisfies(header -> {
            assertThat(header.name()).isEqualTo("Accept-Encoding");
            assertThat(header.value()).contains("deflate");
        });
    }

    @Test
    void refusesABodyThatUnpacksBeyondTheLimit_413() throws Exception {
        byte[] bomb = gzip(new byte[5_000_000]);
        assertThat(bomb.length).isLessThan(LIMITS.maxBytes());
        assertThat(catchThrowableOfType(BodyException.class, () -> read("text/plain", List.of("gzip"), bomb))
                        .status())
                .isEqualTo(413);
    }

    @Test
    void refusesABodyThatIsNotWhatItsEncodingSays_400() {
        assertThat(catchThrowableOfType(
                                BodyException.class,
                                () -> read("text/plain", List.of("gzip"), "no gzip".getBytes(UTF_8)))
                        .status())
                .isEqualTo(400);
    }

    @Test
    @DisplayName("RFC 3959 §5: a description for an early session is not the session's")
    void leavesEarlySessionsAlone() throws Exception {
        var body = BodyReader.read(
                "application/sdp", List.of(), Optional.of("early-session"), SDP.getBytes(UTF_8), LIMITS);
        assertThat(body.sdp()).isEmpty();
        assertThat(body.others()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 2046})
    void whatWasWrittenAsMultipartIsReadBack(long seed) throws Exception {
        var random = new Random(seed);
        for (int run = 0; run < 300; run++) {
            List<Body> parts = new ArrayList<>();
            for (int i = random.nextInt(1, 6); i > 0; i--) {
                byte[] bytes = new byte[random.nextInt(200)];
                random.nextBytes(bytes);
                parts.add(new Body("application/x-" + i, bytes));
            }
            var written = MultipartWriter.mixed(parts, random);
            assertThat(read(written.contentType(), List.of(), written.bytes()).others())
                    .as("seed %d run %d", seed, run)
                    .isEqualTo(parts);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {6, 2045})
    void damagedBodiesAreReadOrRefusedNeverWorse(long seed) {
        var random = new Random(seed);
        byte[] good = crlf("pre\n" + DESCRIPTION + LIST + "--b--\n").getBytes(ISO_8859_1);
        for (int run = 0; run < 500; run++) {
            byte[] bytes = good.clone();
            for (int hits = random.nextInt(1, 6); hits > 0; hits--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                read("multipart/mixed;boundary=b", List.of(), bytes);
            } catch (BodyException refused) {
                assertThat(refused.status()).isIn(400, 413, 415);
            }
        }
    }
}
