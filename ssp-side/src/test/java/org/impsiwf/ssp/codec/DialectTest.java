package org.impsiwf.ssp.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.codec.SspMessage.InSession;
import org.impsiwf.ssp.codec.SspMessage.Transaction;
import org.impsiwf.ssp.primitives.ImPrimitive.DeliveryStatusReport;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteResponse;
import org.impsiwf.ssp.primitives.MessageInfo;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.PresencePrimitive.GetPresenceResponse;
import org.impsiwf.ssp.primitives.PresencePrimitive.PresenceNotification;
import org.impsiwf.ssp.primitives.PresencePrimitive.SubscribeRequest;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.SessionId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.TransactionId;
import org.impsiwf.ssp.primitives.User;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the two dialects read and write differently. */
class DialectTest {

    private static final String META =
            "<MetaInfo clientOriginated='No'><Requestor serviceID='wv:@b.example'/></MetaInfo>";
    private static final Instant NOON = Instant.parse("2006-03-01T12:00:00Z");

    private final SspCodec codec = new SspCodec();

    @Test
    void datesGoOutInTheFormThatThePeerReads_6_4_6() {
        assertThat(written(report(Optional.of(NOON)), Dialect.OMA_1_3))
                .contains("<DeliveryTime>20060301T120000Z</DeliveryTime>");
        assertThat(written(report(Optional.of(NOON)), Dialect.BARAZA))
                .contains("<DeliveryTime>2006-03-01T12:00:00Z</DeliveryTime>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "20060301T120000Z",
                "20060301T120000",
                "2006-03-01T12:00:00Z",
                "2006-03-01T12:00:00",
                " 2006-03-01T12:00:00.000Z\n",
                "2006-03-01T13:00:00+01:00",
                "20060301T130000+0100",
                "20060301T1200Z"
            })
    void bothFormsAreReadWithAndWithoutZone_6_4_6(String date) throws Exception {
        for (Dialect dialect : List.of(Dialect.OMA_1_3, Dialect.BARAZA)) {
            DeliveryStatusReport report = (DeliveryStatusReport) read(reportOf(date), dialect);
            assertThat(report.deliveryTime()).contains(NOON);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "2006-13-01T12:00:00Z", "20060231T120000Z", "", "2006"})
    void anUnreadableDateIs402InThePlainReadingAndAbsentFromAPeerKnownForIt(String date) throws Exception {
        Decoded plain = codec.decode(session(reportOf(date)), Dialect.OMA_1_3);
        assertThat(plain.refused()).hasSize(1);
        assertThat(plain.refused().getFirst().statusCode()).isEqualTo(402);
        assertThat(plain.refused().getFirst().path()).isEqualTo("/DeliveryStatusReport/DeliveryTime");

        DeliveryStatusReport tolerated = (DeliveryStatusReport) read(reportOf(date), Dialect.BARAZA);
        assertThat(tolerated.deliveryTime()).isEmpty();
    }

    @Test
    void strayAmpersandsOfAPeerThatDoesNotEscapeAreTakenLiterally() throws Exception {
        String message = "<InviteResponse inviteID='i&1' acceptance='Yes'><Status code='200'/>"
                + "<Inviting><User userID='wv:ann@a.example'/></Inviting>"
                + "<Responding><User userID='wv:bob@b.example'/></Responding>"
                + "<ResponseNote>you & me &amp; &lt;them&gt; &#65; &nbsp; R&D;</ResponseNote></InviteResponse>";

        InviteResponse response = (InviteResponse) read(message, Dialect.BARAZA);

        assertThat(response.inviteResponse()).contains("you & me & <them> A &nbsp; R&D;");
        assertThat(response.inviteId().value()).isEqualTo("i&1");
        assertThatThrownBy(() -> codec.decode(session(message), Dialect.OMA_1_3))
                .isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void noRepairMakesAMessageOutOfWhatIsNone() {
        assertThatThrownBy(() -> codec.decode("<a>&b".getBytes(UTF_8), Dialect.BARAZA))
                .isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void aRepairThatWouldExceedTheLimitIsNotTried() {
        Limits small = new Limits(300, 32, 100, 32, 300, 300, 10);
        byte[] message = session("<LogoutRequest>" + "&".repeat(100) + "</LogoutRequest>");

        assertThatThrownBy(() -> new SspCodec(small).decode(message, Dialect.BARAZA))
                .isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void whatThePeerIsKnownToLeaveOutGetsItsPlainValue() throws Exception {
        PresenceNotification notice = (PresenceNotification) read(
                "<PresenceNotification><User userID='wv:ann@a.example'/><PresenceValue userID='wv:bob@b.example'>"
                        + "<PresenceSubList/></PresenceValue></PresenceNotification>",
                Dialect.BARAZA);
        SubscribeRequest request = (SubscribeRequest) read(
                "<SubscribeRequest>" + META + "<UserID userID='bob@b.example'/></SubscribeRequest>", Dialect.BARAZA);
        GetPresenceResponse response = (GetPresenceResponse) read("<GetPresenceResponse/>", Dialect.BARAZA);

        assertThat(notice.metaInformation()).isEqualTo(MetaInformation.ofServer(new ServiceId("wv:@b.example")));
        assertThat(request.autoSubscribe()).isFalse();
        assertThat(response.statusInfo()).isEqualTo(Status.of(StatusCode.SUCCESSFUL));
    }

    @Test
    void rolesThatAgreeWithTheDomainsStayAsTheyAre() throws Exception {
        InviteResponse response = (InviteResponse) read(
                "<InviteResponse inviteID='i1' acceptance='Yes'><Status code='200'/>"
                        + "<Inviting><User userID='wv:ann@a.example'/></Inviting>"
                        + "<Responding><User userID='wv:bob@b.example'/></Responding></InviteResponse>",
                Dialect.BARAZA);

        assertThat(response.invitingUser()).isEqualTo(User.of("wv:ann@a.example"));
    }

    @ParameterizedTest
    @ValueSource(strings = {" encoding='base64'", " encoding='BASE64'"})
    void contentIsBase64WhereItSaysSo(String encoding) throws Exception {
        assertThat(contentOf(encoding, "SGVs\nbG8= ", Dialect.OMA_1_3)).isEqualTo("Hello");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " encoding='None'"})
    void contentIsPlainWhereNothingIsSaid(String encoding) throws Exception {
        assertThat(contentOf(encoding, " SGVsbG8= ", Dialect.OMA_1_3)).isEqualTo(" SGVsbG8= ");
    }

    @Test
    void anyEncodingIsBase64ForAPeerWhoseReaderTakesItSo() throws Exception {
        assertThat(contentOf(" encoding='x'", "SGVsbG8=", Dialect.BARAZA)).isEqualTo("Hello");
    }

    @Test
    void dialectsAreFoundByTheirNames() {
        assertThat(Dialect.names()).containsExactly("oma-1.3", "baraza");
        assertThat(Dialect.named("baraza")).contains(Dialect.BARAZA);
        assertThat(Dialect.named("klingon")).isEmpty();
    }

    private String contentOf(String encoding, String text, Dialect dialect) throws Exception {
        String message = "<SendMessageRequest deliveryReport='No'>" + META + "<MessageInfo/><ContentData" + encoding
                + ">" + text + "</ContentData></SendMessageRequest>";
        return ((SendMessageRequest) read(message, dialect))
                .content()
                .orElseThrow()
                .data()
                .asUtf8();
    }

    private static Primitive report(Optional<Instant> time) {
        MessageInfo info = new MessageInfo(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty());
        return new DeliveryStatusReport(
                MetaInformation.ofServer(new ServiceId("wv:@b.example")), Status.of(StatusCode.SUCCESSFUL), time, info);
    }

    private static String reportOf(String date) {
        return "<DeliveryStatusReport>" + META + "<DeliveryResult><Status code='200'/></DeliveryResult><DeliveryTime>"
                + date + "</DeliveryTime><MessageInfo/></DeliveryStatusReport>";
    }

    private String written(Primitive primitive, Dialect dialect) {
        SspMessage message = InSession.of(
                new SessionId("s@b.example"), new Transaction(Mode.REQUEST, new TransactionId("t1"), primitive));
        return new String(codec.encode(message, dialect), UTF_8);
    }

    private Primitive read(String primitive, Dialect dialect) throws Exception {
        Decoded decoded = codec.decode(session(primitive), dialect);
        assertThat(decoded.refused()).isEmpty();
        return ((InSession) decoded.message()).transactions().getFirst().primitive();
    }

    private static byte[] session(String primitive) {
        return ("<WV-SSP-Message><Session sessionID='s@b.example'><Transaction mode='Request' transactionID='t1'>"
                        + primitive + "</Transaction></Session></WV-SSP-Message>")
                .getBytes(UTF_8);
    }
}
