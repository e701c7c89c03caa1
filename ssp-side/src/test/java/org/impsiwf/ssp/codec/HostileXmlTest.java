package org.impsiwf.ssp.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.impsiwf.ssp.codec.SspMessage.InSession;
import org.impsiwf.ssp.primitives.SessionPrimitive.LogoutRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** XML that is made to hurt, and bytes that are no message: refused as a whole, at bounded cost. */
class HostileXmlTest {

    private static final String LOGOUT =
            "<Transaction mode='Request' transactionID='t1'><LogoutRequest/></Transaction>";

    private final SspCodec codec = new SspCodec();

    static List<Dialect> dialects() {
        return List.of(Dialect.OMA_1_3, Dialect.BARAZA);
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void anEntityBombIsRefusedBeforeItGrows(Dialect dialect) {
        StringBuilder bomb = new StringBuilder("<!DOCTYPE b [<!ENTITY e0 'boom'>");
        for (int i = 1; i < 12; i++) {
            bomb.append("<!ENTITY e%d '%s'>".formatted(i, ("&e" + (i - 1) + ";").repeat(10)));
        }
        bomb.append("]>")
                .append(session("<Transaction mode='Request' transactionID='&e11;'><LogoutRequest/></Transaction>"));

        refused(bomb.toString(), dialect, "document type");
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void anExternalEntityIsNotFetched(Dialect dialect) {
        refused("<!DOCTYPE x [<!ENTITY x SYSTEM 'file:///etc/hostname'>]>" + session(LOGOUT), dialect, "document type");
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void anExternalDocumentTypeIsNotFetched(Dialect dialect) {
        refused(
                "<!DOCTYPE WV-SSP-Message PUBLIC '-//OMA//DTD WV-SSP 1.3//EN' 'http://127.0.0.1:9/WV-SSP.DTD'>"
                        + session(LOGOUT),
                dialect,
                "document type");
    }

    @Test
    void anEntityThatNobodyDeclaredIsRefused() {
        refused(
                session(
                        "<Transaction mode='Request' transactionID='t1'><LogoutRequest>&xxe;</LogoutRequest></Transaction>"),
                Dialect.OMA_1_3,
                "");
    }

    @Test
    void nestingBeyondTheLimitIsRefused() {
        refused(session("<a>".repeat(50_000) + "</a>".repeat(50_000) + LOGOUT), Dialect.OMA_1_3, "nested");
    }

    @Test
    void aMillionElementsAreRefused() {
        assertThatThrownBy(() -> new SspCodec(new Limits(32 << 20, 32, 100_000, 32, 1 << 20, 1 << 20, 200_000))
                        .decode(session("<a/>".repeat(1_000_000) + LOGOUT).getBytes(UTF_8), Dialect.OMA_1_3))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("elements");
    }

    @Test
    void aHugeAttributeIsRefused() {
        String xml = session("<Transaction mode='Request' transactionID='" + "x".repeat(20_000)
                + "'><LogoutRequest/></Transaction>");

        refused(xml, Dialect.OMA_1_3, "one tag");
    }

    @Test
    void aLongTextIsRefused() {
        String xml = session("<Transaction mode='Request' transactionID='t1'><SendSecretToken><SecretToken>"
                + "x".repeat(3_500_000) + "</SecretToken></SendSecretToken></Transaction>");

        refused(xml, Dialect.OMA_1_3, "characters");
    }

    @Test
    void manyAttributesAreRefused() {
        StringBuilder attributes = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            attributes.append(" a").append(i).append("=''");
        }
        refused(session("<Transaction" + attributes + "/>"), Dialect.OMA_1_3, "attributes");
    }

    @Test
    void aDocumentBeyondTheLimitIsRefusedUnread() {
        assertThatThrownBy(() -> codec.decode(new byte[Limits.DEFAULT.bytes() + 1], Dialect.OMA_1_3))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("bytes");
    }

    @Test
    void bytesThatAreNotInTheClaimedEncodingAreRefused() {
        byte[] latin =
                ("<?xml version='1.0' encoding='UTF-8'?>" + session(LOGOUT.replace("t1", "tö"))).getBytes(ISO_8859_1);

        assertThatThrownBy(() -> codec.decode(latin, Dialect.OMA_1_3)).isInstanceOf(MalformedMessageException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-unheard-of", "UTF-16", "UTF-32", ""})
    void anEncodingThatTheBytesContradictOrNobodyKnowsIsRefused(String encoding) {
        String xml = "<?xml version='1.0' encoding='" + encoding + "'?>" + session(LOGOUT);

        refused(xml, Dialect.OMA_1_3, "");
    }

    @Test
    void otherEncodingsThatXmlKnowsAreRead() throws Exception {
        byte[] wide = ("<?xml version='1.0' encoding='UTF-16'?>" + session(LOGOUT)).getBytes(UTF_16);
        byte[] latin = ("<?xml version='1.0' encoding='ISO-8859-1'?>" + session(LOGOUT.replace("t1", "tö")))
                .getBytes(ISO_8859_1);

        assertThat(idOf(codec.decode(wide, Dialect.OMA_1_3))).isEqualTo("t1");
        assertThat(idOf(codec.decode(latin, Dialect.OMA_1_3))).isEqualTo("tö");
    }

    @Test
    void aMessageCutOffAnywhereIsRefused() throws Exception {
        byte[] whole = session(LOGOUT).getBytes(UTF_8);
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> codec.decode(part, Dialect.OMA_1_3)).isInstanceOf(MalformedMessageException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<WV-CSP-Message/>",
                "<WV-SSP-Message/>",
                "<WV-SSP-Message><Session sessionID='s'/></WV-SSP-Message>",
                "<WV-SSP-Message><Other/></WV-SSP-Message>",
                "<WV-SSP-Message><Session sessionID='s'></WV-SSP-Message>",
                "<WV-SSP-Message></WV-SSP-Message><another/>",
                "<x:WV-SSP-Message><Session sessionID='s'/></x:WV-SSP-Message>",
                "just text",
                "",
                "\u0000"
            })
    void whatIsNotOneSspMessageIsRefused(String xml) {
        refused(xml, Dialect.OMA_1_3, "");
    }

    @Test
    void rubbishAfterTheMessageIsRefused() {
        refused(session(LOGOUT) + "<", Dialect.OMA_1_3, "");
    }

    @Test
    void aRefusedMessageLeavesNothingBehindForTheNextOne() throws Exception {
        for (String bad : List.of("<!DOCTYPE x>", "<a>".repeat(100), "<WV-SSP-Message")) {
            refused(bad, Dialect.OMA_1_3, "");
        }
        InSession message = (InSession)
                codec.decode(session(LOGOUT).getBytes(UTF_8), Dialect.OMA_1_3).message();

        assertThat(message.transactions().getFirst().primitive()).isEqualTo(new LogoutRequest());
    }

    @Test
    void aMillionAttributesAreRefusedBeforeTheParserLearnsThem() {
        StringBuilder attributes = new StringBuilder();
        for (int i = 0; i < 300_000; i++) {
            attributes.append(" a").append(i).append("=''");
        }
        refused(session("<Transaction" + attributes + "/>"), Dialect.OMA_1_3, "one tag");
    }

    @Test
    void manyNamesThatSspDoesNotHaveAreRefused() {
        refused(session(strangers(0, 1_100) + LOGOUT), Dialect.OMA_1_3, "unknown names");
    }

    @Test
    void namesThatSspDoesNotHaveDoNotPileUpInTheParser() throws Exception {
        XmlReaders readers = new XmlReaders();
        Object first = readers.factory();
        readers.learnt(1_500);
        assertThat(readers.factory()).isSameAs(first);
        readers.learnt(501);
        assertThat(readers.factory()).isNotSameAs(first);
    }

    @Test
    void everyKindOfStrangeNameIsCounted() throws Exception {
        String strange = "<?pi?>" + session("<x y='' xmlns:p='urn:p' p:z=''/><p:Session xmlns:p='urn:p'/>" + LOGOUT);

        XmlInput in = new XmlInput(new XmlReaders().open(strange.getBytes(UTF_8)), Limits.DEFAULT);
        new EnvelopeReader(in, Dialect.OMA_1_3).read();

        assertThat(in.foreignNames()).isEqualTo(7);
    }

    @ParameterizedTest
    @MethodSource("org.impsiwf.ssp.codec.GoldenFilesTest#files")
    void whatWeWriteOurselvesHasNoStrangeName(String golden) throws Exception {
        try (InputStream file = getClass().getResourceAsStream("/ssp/golden/" + golden)) {
            XmlInput in = new XmlInput(new XmlReaders().open(file.readAllBytes()), Limits.DEFAULT);
            new EnvelopeReader(in, Dialect.OMA_1_3).read();

            assertThat(in.foreignNames()).isZero();
        }
    }

    private static String strangers(int from, int to) {
        StringBuilder names = new StringBuilder();
        for (int i = from; i < to; i++) {
            names.append("<unheard-of-").append(i).append("/>");
        }
        return names.toString();
    }

    static Stream<String> oddButFine() {
        return Stream.of(
                "<?xml version=\"1.0\"?><!-- a comment --><?pi data?>" + session(LOGOUT),
                "\uFEFF" + session(LOGOUT),
                session("text" + LOGOUT + "<![CDATA[more]]>"),
                session("<Unknown><Deep>er</Deep></Unknown>" + LOGOUT),
                "<p:WV-SSP-Message xmlns:p='urn:x'><p:Session sessionID='s@a'><p:Transaction mode='Request'"
                        + " transactionID='t1'><p:LogoutRequest/></p:Transaction></p:Session></p:WV-SSP-Message>");
    }

    @ParameterizedTest
    @MethodSource("oddButFine")
    void whatIsOddButWellFormedIsRead(String xml) throws Exception {
        assertThat(idOf(codec.decode(xml.getBytes(UTF_8), Dialect.OMA_1_3))).isEqualTo("t1");
    }

    private static String idOf(Decoded decoded) {
        return ((InSession) decoded.message())
                .transactions()
                .getFirst()
                .transactionId()
                .value();
    }

    private void refused(String xml, Dialect dialect, String because) {
        assertThatThrownBy(() -> codec.decode(xml.getBytes(UTF_8), dialect))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining(because);
    }

    private static String session(String content) {
        return "<WV-SSP-Message><Session sessionID='s@a'>" + content + "</Session></WV-SSP-Message>";
    }
}
