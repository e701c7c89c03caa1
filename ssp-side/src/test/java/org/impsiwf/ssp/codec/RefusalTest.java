package org.impsiwf.ssp.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.impsiwf.ssp.codec.Samples.Variant;
import org.impsiwf.ssp.codec.SspMessage.InSession;
import org.impsiwf.ssp.codec.SspMessage.Transaction;
import org.impsiwf.ssp.primitives.Catalogue;
import org.impsiwf.ssp.primitives.GroupPrimitive.DeleteGroupRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.RejectMessageRequest;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.Octets;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.SessionId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.TransactionId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every primitive with one thing wrong, refused with the status that the document's data states (D-22): a mandatory
 * element missing, a value of the wrong type, an element where it must be absent.
 */
class RefusalTest {

    private static final Set<Class<?>> TYPED = Set.of(
            int.class,
            long.class,
            Long.class,
            boolean.class,
            Boolean.class,
            BigDecimal.class,
            Duration.class,
            Instant.class,
            Octets.class);

    /**
     * Conditional elements of answered primitives whose condition lies outside of the primitive: in the invitation that is
     * cancelled, in the notification type, in the transaction. Those who know it check it.
     */
    private static final Set<String> DECIDED_ELSEWHERE = new TreeSet<>(Set.of(
            "CancelInviteRequest",
            "CancelInviteUserRequest",
            "NotificationRequest",
            "ExtendConversationResponse",
            "GetMessageListRequest",
            "LoginRequest",
            // With and beside each other: there is no wrong combination.
            "SubscribeRequest",
            "UnsubscribeRequest",
            "GetPresenceRequest",
            "SuspendRequest",
            "CreateAttrListRequest",
            "DeleteAttrListRequest"));

    private static final SspCodec CODEC = new SspCodec();

    static Stream<Arguments> mandatory() {
        return Catalogue.primitives().stream()
                .flatMap(type -> Shapes.of(Samples.full(type)).slots().stream()
                        .filter(slot -> isMandatory(type, slot))
                        .map(slot -> Arguments.of(type, slot)));
    }

    static Stream<Arguments> typed() {
        return Catalogue.primitives().stream()
                .flatMap(type -> Samples.variants(type).stream())
                .flatMap(variant -> Shapes.of(variant.primitive()).slots().stream()
                        .filter(slot ->
                                TYPED.contains(slot.type()) || (slot.type().isEnum() && !slot.isNames()))
                        .filter(slot -> isIn(variant, slot))
                        .map(slot -> Arguments.of(variant, slot)));
    }

    /** Not every variant has every element. */
    private static boolean isIn(Variant variant, Slot slot) {
        try {
            return WireDocument.of(encoded(variant.primitive())).replace(slot.wirePath(), "~");
        } catch (Exception unreadable) {
            throw new IllegalStateException("our own " + variant, unreadable);
        }
    }

    /** A variant, another one, and the element of the other that the first must not have. */
    static Stream<Arguments> misplaced() {
        return Stream.of(
                        "UserLoginRequest UserLoginRequest.digestBytes digestBytes",
                        "UserLoginRequest UserLoginRequest.supportedDigestSchema supportedDigestSchema",
                        "UserLoginRequest.supportedDigestSchema UserLoginRequest.digestBytes digestBytes",
                        "SearchRequest SearchRequest.searchId searchId",
                        "SearchRequest SearchRequest.searchId searchIndex",
                        "SearchRequest.searchId SearchRequest searchPairList",
                        "SearchRequest.searchId SearchRequest.advancedCriteria advancedCriteria",
                        "SearchRequest.searchId SearchRequest.searchLimit searchLimit",
                        "InviteRequest.IM InviteRequest.GR inviteGroupId",
                        "InviteRequest.IM InviteRequest.AP inviteApplicationId",
                        "InviteRequest.IM InviteRequest.PR.invitePresenceAttributeList invitePresenceAttributeList",
                        "InviteRequest.IM InviteRequest.SC inviteContentIdList",
                        "InviteRequest.GR InviteRequest.SC inviteContentIdList",
                        "InviteRequest.SC InviteRequest.PR.invitePresenceAttributeList invitePresenceAttributeList",
                        "InviteUserRequest.IM InviteUserRequest.EG inviteGroupId",
                        "InviteUserRequest.EG InviteUserRequest.AP inviteApplicationId",
                        "InviteUserRequest.EC InviteUserRequest.SC inviteContentIdList",
                        "GetMapRequest GetMapRequest.userId userId",
                        "GetMapRequest.userId GetMapRequest geoLocation",
                        "SendMessageRequest.byReference SendMessageRequest content",
                        "NewMessage NewMessage.statusInfo statusInfo",
                        "NewMessage.statusInfo NewMessage metaInformation",
                        "MessageDelivered MessageDelivered.statusInfo statusInfo",
                        "MessageDelivered.statusInfo MessageDelivered metaInformation")
                .map(row -> row.split(" "))
                .map(row -> Arguments.of(variant(row[0]), variant(row[1]), row[2]));
    }

    private static Variant variant(String name) {
        return Catalogue.primitives().stream()
                .filter(type -> name.startsWith(type.getSimpleName()))
                .flatMap(type -> Samples.variants(type).stream())
                .filter(candidate -> candidate.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no variant " + name));
    }

    @ParameterizedTest
    @MethodSource("mandatory")
    @Tag("SSP-100")
    @Tag("SSP-102")
    @Tag("status:400")
    void aMissingMandatoryElementIsRefusedWithItsStatus_D22(Class<? extends Primitive> type, Slot slot)
            throws Exception {
        WireDocument document = WireDocument.of(encoded(Samples.full(type)));
        document.remove(slot.wirePath());

        DecodeException refusal = refusal(document);

        assertThat(refusal.path()).isEqualTo("/" + document.primitive() + "/" + slot.wirePath());
        int stated = SpecData.table(type.getSimpleName())
                .row(slot.name().toLowerCase(Locale.ROOT))
                .map(SpecData.Row::missingStatus)
                .orElse(0);
        assertThat(refusal.statusCode()).isEqualTo(stated == 0 ? slot.missing() : stated);
    }

    @ParameterizedTest
    @MethodSource("typed")
    @Tag("SSP-126")
    @Tag("status:402")
    void aValueOfTheWrongTypeIsRefusedWith402(Variant variant, Slot slot) throws Exception {
        WireDocument document = WireDocument.of(encoded(variant.primitive()));
        assertThat(document.replace(slot.wirePath(), "~")).isTrue();

        DecodeException refusal = refusal(document);

        assertThat(refusal.statusCode()).isEqualTo(402);
        assertThat(refusal.path()).isEqualTo("/" + document.primitive() + "/" + slot.wirePath());
        assertThat(refusal.getMessage()).doesNotContain("~");
    }

    @ParameterizedTest
    @MethodSource("misplaced")
    @Tag("SSP-101")
    @Tag("status:400")
    void anElementThatMustBeAbsentIsRefusedWith400(Variant base, Variant donor, String extra) throws Exception {
        Slot slot = Shapes.of(base.primitive()).slots().stream()
                .filter(candidate -> candidate.name().equals(extra))
                .findFirst()
                .orElseThrow();
        WireDocument document = WireDocument.of(encoded(base.primitive()));
        document.copyFrom(WireDocument.of(encoded(donor.primitive())), slot.wirePath());

        assertThat(refusal(document).statusCode()).isEqualTo(400);
    }

    @Test
    void everyConditionalElementIsEitherCheckedOrListedAsDecidedElsewhere() {
        Set<String> checked = new TreeSet<>();
        misplaced()
                .forEach(arguments -> checked.add(
                        ((Variant) arguments.get()[0]).primitive().getClass().getSimpleName()));
        Set<String> conditional = new TreeSet<>();
        for (Class<? extends Primitive> type : Catalogue.primitives()) {
            boolean answered = SpecData.table(type.getSimpleName()).answered();
            if (answered
                    && Samples.variants(type).stream()
                            .anyMatch(variant -> !variant.conditionals().isEmpty())) {
                conditional.add(type.getSimpleName());
            }
        }
        Set<String> covered = new TreeSet<>(checked);
        covered.addAll(DECIDED_ELSEWHERE);
        assertThat(covered).isEqualTo(conditional);
    }

    @Test
    @Tag("SSP-104")
    @Tag("SSP-127")
    @Tag("IMPS-SSP-SAP-S-007")
    @Tag("status:606")
    @Tag("status:427")
    void metaInformationIsRefusedWithTheStatusOfTheElementThatIsMissing_8_1() throws Exception {
        SpecData.Table table = SpecData.table("Meta-Information");
        Primitive request = Samples.full(DeleteGroupRequest.class);
        for (String[] wireAndName : List.<String[]>of(
                new String[] {"MetaInfo/@clientOriginated", "clientoriginated"},
                new String[] {"MetaInfo/Requestor/@serviceID", "serviceid"},
                new String[] {"MetaInfo/Requestor/User/@userID", "userid"})) {
            WireDocument document = WireDocument.of(encoded(request));
            document.remove(wireAndName[0]);

            DecodeException refusal = refusal(document);

            assertThat(refusal.path()).isEqualTo("/DeleteGroupRequest/" + wireAndName[0]);
            assertThat(refusal.statusCode())
                    .isEqualTo(table.row(wireAndName[1]).orElseThrow().missingStatus());
        }
    }

    @Test
    @Tag("SSP-103")
    @Tag("SSP-104")
    void aUserBehindARequestOfTheServerItselfIsRefusedWith400_8_1() throws Exception {
        WireDocument document = WireDocument.of(encoded(Samples.full(DeleteGroupRequest.class)));
        document.replace("MetaInfo/@clientOriginated", "No");

        DecodeException refusal = refusal(document);

        assertThat(refusal.statusCode()).isEqualTo(400);
        assertThat(refusal.path()).isEqualTo("/DeleteGroupRequest/MetaInfo/Requestor/User/@userID");
    }

    @Test
    @Tag("status:501")
    void anUnknownPrimitiveIsRefusedWith501_D21() throws Exception {
        DecodeException refusal =
                refusal(session("<Transaction mode='Request' transactionID='t1'><Teleport/></Transaction>"));

        assertThat(refusal.statusCode()).isEqualTo(501);
        assertThat(refusal.path()).isEqualTo("/Teleport");
        assertThat(refusal.envelope().primitive()).isEqualTo("Teleport");
    }

    @Test
    @Tag("status:420")
    void aTransactionWithoutIdIsRefusedWith420() throws Exception {
        DecodeException refusal = refusal(session("<Transaction mode='Request'><LogoutRequest/></Transaction>"));

        assertThat(refusal.statusCode()).isEqualTo(420);
        assertThat(refusal.envelope().transactionId()).isEmpty();
    }

    @Test
    @Tag("status:620")
    void aSessionWithoutIdIsRefusedWith620() {
        String xml = "<WV-SSP-Message><Session><Transaction mode='Request' transactionID='t1'><LogoutRequest/>"
                + "</Transaction></Session></WV-SSP-Message>";

        DecodeException refusal =
                catchThrowableOfType(DecodeException.class, () -> CODEC.decode(bytes(xml), Dialect.OMA_1_3));

        assertThat(refusal.statusCode()).isEqualTo(620);
    }

    @Test
    void anElementThatAppearsTwiceIsRefusedWith400() throws Exception {
        DecodeException refusal = refusal(session("<Transaction mode='Request' transactionID='t1'>"
                + "<Disconnect><Status code='600'/><Status code='200'/></Disconnect></Transaction>"));

        assertThat(refusal.statusCode()).isEqualTo(400);
        assertThat(refusal.path()).isEqualTo("/Disconnect/Status");
    }

    @Test
    void aWrongSetUpPrimitiveIsThrownBecauseNothingElseCanGoOn() {
        String xml = "<WV-SSP-Message><SetupTransaction mode='Request' transactionID='b1'><LoginRequest/>"
                + "</SetupTransaction></WV-SSP-Message>";

        DecodeException refusal =
                catchThrowableOfType(DecodeException.class, () -> CODEC.decode(bytes(xml), Dialect.OMA_1_3));

        assertThat(refusal.statusCode()).isEqualTo(606);
        assertThat(refusal.envelope().transactionId()).contains(new TransactionId("b1"));
        assertThat(refusal.envelope().sessionId()).isEmpty();
    }

    @Test
    void ourOwnEmptyMandatoryListIsOurMistakeAndNeverSent() {
        Primitive empty = new RejectMessageRequest(MetaInformation.ofServer(new ServiceId("wv:@a.example")), List.of());

        assertThatThrownBy(() -> encoded(empty)).isInstanceOf(IllegalStateException.class);
    }

    private static boolean isMandatory(Class<?> type, Slot slot) {
        boolean plain = slot.cardinality() == Slot.Cardinality.ONE || slot.mandatory();
        return plain
                && !slot.blank()
                && !slot.flag()
                && !(type == Status.class && slot.wirePath().isEmpty());
    }

    private static byte[] encoded(Primitive primitive) {
        SspMessage message = InSession.of(
                new SessionId("42@b.example"), new Transaction(Mode.REQUEST, new TransactionId("t1"), primitive));
        return CODEC.encode(message, Dialect.OMA_1_3);
    }

    private DecodeException refusal(WireDocument document) throws Exception {
        return refusal(document.bytes());
    }

    private DecodeException refusal(byte[] message) throws Exception {
        Decoded decoded = CODEC.decode(message, Dialect.OMA_1_3);
        assertThat(decoded.refused()).hasSize(1);
        Optional<SessionId> session = decoded.refused().getFirst().envelope().sessionId();
        assertThat(session).isPresent();
        return decoded.refused().getFirst();
    }

    private static byte[] session(String transactions) {
        return bytes("<WV-SSP-Message><Session sessionID='s@b'>" + transactions + "</Session></WV-SSP-Message>");
    }

    private static byte[] bytes(String xml) {
        return xml.getBytes(UTF_8);
    }
}
