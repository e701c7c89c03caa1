package org.impsiwf.ssp.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.impsiwf.ssp.codec.SspMessage.InSession;
import org.impsiwf.ssp.codec.SspMessage.SetUp;
import org.impsiwf.ssp.primitives.Addressee;
import org.impsiwf.ssp.primitives.ImPrimitive.DeliveryStatusReport;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteResponse;
import org.impsiwf.ssp.primitives.MessageInfo;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.PresencePrimitive.PresenceNotification;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.SessionPrimitive.SendSecretToken;
import org.impsiwf.ssp.primitives.User;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a public IMPS server and its test peer said to each other: the only SSP traffic that there is. */
class CapturesTest {

    private static final Path FOLDER =
            Path.of(System.getProperty("iwf.root", ".."), "ssp-side", "src", "test", "resources", "ssp", "captures");

    /** No messages: the server answers 400 to these, and so do we. */
    private static final Set<String> MALFORMED = Set.of("164", "165", "166");

    /** Empty primitives, sent to see the 405 of a server that knows only their names: where we find them wanting. */
    private static final Map<String, String> EMPTY_PROBES = Map.of(
            "143", "/ExtendConversationRequest/@extendConversationID",
            "151", "/UpdatePresenceRequest/PresenceValue",
            "153", "/SearchRequest/SearchPairList/SearchPair",
            "155", "/CreateGroupRequest/GroupProperties");

    /** What the server leaves out although it is mandatory: 400 for whoever reads the document plainly. */
    private static final Map<String, String> GAPS = Map.ofEntries(
            Map.entry("017", "/GetPresenceResponse/Status"),
            Map.entry("018", "/SubscribeRequest/@autoSubscribe"),
            Map.entry("028", "/SubscribeRequest/@autoSubscribe"),
            Map.entry("020", "/PresenceNotification/MetaInfo"),
            Map.entry("022", "/PresenceNotification/MetaInfo"),
            Map.entry("033", "/PresenceNotification/MetaInfo"),
            Map.entry("072", "/PresenceNotification/MetaInfo"),
            Map.entry("127", "/PresenceNotification/MetaInfo"),
            Map.entry("137", "/PresenceNotification/MetaInfo"),
            Map.entry("182", "/PresenceNotification/MetaInfo"),
            Map.entry("186", "/PresenceNotification/MetaInfo"),
            Map.entry("191", "/PresenceNotification/MetaInfo"),
            Map.entry("197", "/PresenceNotification/MetaInfo"),
            Map.entry("143", "/ExtendConversationRequest/MetaInfo"));

    private final SspCodec codec = new SspCodec();

    static List<String> captures() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void allTwoHundredAreHere() throws Exception {
        assertThat(captures()).hasSize(200);
    }

    @ParameterizedTest
    @MethodSource("captures")
    void isUnderstoodInTheDialectOfTheServer(String capture) throws Exception {
        String number = capture.substring(0, 3);
        byte[] bytes = Files.readAllBytes(FOLDER.resolve(capture));
        if (MALFORMED.contains(number)) {
            assertThatThrownBy(() -> codec.decode(bytes, Dialect.BARAZA)).isInstanceOf(MalformedMessageException.class);
            return;
        }

        Decoded decoded = codec.decode(bytes, Dialect.BARAZA);

        assertThat(decoded.refused().stream().map(DecodeException::path))
                .isEqualTo(Stream.ofNullable(EMPTY_PROBES.get(number)).toList());
        assertThat(decoded.skippedElements()).isZero();
        if (decoded.refused().isEmpty()) {
            assertThat(elementsOf(decoded.message()))
                    .anySatisfy(element -> assertThat(element).isEqualToIgnoringCase(elementNamedBy(capture)));
        }
    }

    @ParameterizedTest
    @MethodSource("captures")
    void isUnderstoodInThePlainReadingExceptForWhatIsLeftOut(String capture) throws Exception {
        String number = capture.substring(0, 3);
        byte[] bytes = Files.readAllBytes(FOLDER.resolve(capture));
        if (MALFORMED.contains(number)) {
            assertThatThrownBy(() -> codec.decode(bytes, Dialect.OMA_1_3))
                    .isInstanceOf(MalformedMessageException.class);
            return;
        }

        Decoded decoded = codec.decode(bytes, Dialect.OMA_1_3);

        String wanting = GAPS.getOrDefault(number, EMPTY_PROBES.get(number));
        assertThat(decoded.refused().stream().map(DecodeException::path))
                .isEqualTo(Stream.ofNullable(wanting).toList());
        assertThat(decoded.refused())
                .allSatisfy(refusal -> assertThat(refusal.statusCode()).isEqualTo(400));
    }

    @ParameterizedTest
    @MethodSource("captures")
    void saysTheSameAfterWeHaveWrittenIt(String capture) throws Exception {
        if (MALFORMED.contains(capture.substring(0, 3)) || EMPTY_PROBES.containsKey(capture.substring(0, 3))) {
            return;
        }
        SspMessage message = codec.decode(Files.readAllBytes(FOLDER.resolve(capture)), Dialect.BARAZA)
                .message();

        byte[] ours = codec.encode(message, Dialect.BARAZA);

        assertThat(codec.decode(ours, Dialect.BARAZA).message()).isEqualTo(message);
    }

    @Test
    void theMisspeltProtocolVersionIsRead_001() throws Exception {
        SetUp setUp = (SetUp) read("001-baraza-to-peer-SendSecretToken.xml").message();

        SendSecretToken token = (SendSecretToken) setUp.primitive();
        assertThat(token.protocolVersion()).isEqualTo("1.3");
        assertThat(token.secretToken()).isEqualTo("f5c54db7b17f0ce8e25e812194a96bd8");
    }

    @Test
    void aMessageArrivesWithItsContent_007() throws Exception {
        SendMessageRequest request = (SendMessageRequest) only("007-baraza-to-peer-SendMessageRequest.xml");

        assertThat(request.content().orElseThrow().data().asUtf8()).isEqualTo("Hello there");
        assertThat(request.messageInfo().dateTime()).contains(Instant.parse("2026-10-21T07:41:29Z"));
        assertThat(request.deliveryReportRequest()).isTrue();
    }

    @Test
    void missingMetaInformationIsTakenFromTheSession_020() throws Exception {
        PresenceNotification notice = (PresenceNotification) only("020-baraza-to-peer-PresenceNotification.xml");

        assertThat(notice.metaInformation()).isEqualTo(MetaInformation.ofServer(new ServiceId("wv:@baraza.test")));
        assertThat(notice.presenceValueList()
                        .getFirst()
                        .attributes()
                        .statusText()
                        .orElseThrow()
                        .value())
                .contains("at desk");
    }

    @Test
    void exchangedRolesOfAnInvitationsAnswerArePutRight_134() throws Exception {
        InviteResponse response = (InviteResponse) only("134-baraza-to-peer-InviteResponse.xml");

        assertThat(userOf(response.invitingUser())).isEqualTo("wv:bob@peer.test");
        assertThat(userOf(response.respondingUser())).isEqualTo("wv:alice@baraza.test");
    }

    @Test
    void aReportNamesAsSenderWhoSentTheMessage_012() throws Exception {
        DeliveryStatusReport report = (DeliveryStatusReport) only("012-baraza-to-peer-DeliveryStatusReport.xml");

        MessageInfo about = report.messageInfo();
        assertThat(userOf(about.sender().orElseThrow().address())).isEqualTo("wv:bob@peer.test");
        assertThat(about.recipients())
                .extracting(recipient -> userOf(recipient.addressee()))
                .containsExactly("wv:alice@baraza.test");
    }

    private static String userOf(Addressee addressee) {
        return ((User) addressee).userId().value();
    }

    private Primitive only(String capture) throws Exception {
        InSession message = (InSession) read(capture).message();
        assertThat(message.transactions()).hasSize(1);
        return message.transactions().getFirst().primitive();
    }

    private Decoded read(String capture) throws Exception {
        return codec.decode(Files.readAllBytes(FOLDER.resolve(capture)), Dialect.BARAZA);
    }

    private static List<String> elementsOf(SspMessage message) {
        return switch (message) {
            case SetUp setUp -> List.of(Shapes.of(setUp.primitive()).tag().name());
            case InSession session ->
                session.transactions().stream()
                        .map(transaction ->
                                Shapes.of(transaction.primitive()).tag().name())
                        .toList();
        };
    }

    private static String elementNamedBy(String capture) {
        return capture.substring(capture.lastIndexOf('-') + 1, capture.length() - ".xml".length());
    }
}
