package org.impsiwf.ssp.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.impsiwf.ssp.codec.SspMessage.InSession;
import org.impsiwf.ssp.codec.SspMessage.Transaction;
import org.impsiwf.ssp.primitives.Catalogue;
import org.impsiwf.ssp.primitives.Content;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.ImPrimitive.DeliveryStatusReport;
import org.impsiwf.ssp.primitives.ImPrimitive.GetMessageListRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.SetMessageDeliveryMethod;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.SessionId;
import org.impsiwf.ssp.primitives.TransactionId;
import org.impsiwf.ssp.primitives.UserId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SSP 6.4: the data types, each by an element that has it. */
class DataTypesTest {

    private static final MetaInformation META =
            MetaInformation.ofUser(new ServiceId("wv:@b.example"), new UserId("wv:bob@b.example"));

    private final SspCodec codec = new SspCodec();

    @ParameterizedTest
    @ValueSource(strings = {"a", "ä", "€", "漢", "\uD83D\uDE00", "&<>\"'"})
    @Tag("SSP-061")
    @Tag("SSP-063")
    @Tag("IMPS-SSP-DATA-S-001")
    @Tag("IMPS-SSP-DATA-S-003")
    void everyCharacterComesBack_6_4_1(String character) throws Exception {
        for (String text : new String[] {"", character, character.repeat(5_000)}) {
            SendMessageRequest sent = ((SendMessageRequest) Samples.full(SendMessageRequest.class));
            SendMessageRequest request = new SendMessageRequest(
                    sent.metaInformation(), true, sent.messageInfo(), Optional.of(Content.text(text)));
            assertThat(((SendMessageRequest) read(written(request))).content()).contains(Content.text(text));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2_147_483_648L, 4_294_967_295L})
    @Tag("SSP-062")
    @Tag("IMPS-SSP-DATA-S-002")
    void anIntegerHas32BitsWithoutSign_6_4_2(long count) throws Exception {
        GetMessageListRequest request = new GetMessageListRequest(META, Optional.empty(), Optional.of(count));
        assertThat(read(written(request))).isEqualTo(request);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "4294967296", "1.0", "0x10", "1e3", "9999999999999999999999", "٣"})
    @Tag("SSP-062")
    @Tag("status:402")
    void whatIsNoSuchIntegerIs402_6_4_2(String count) throws Exception {
        GetMessageListRequest request = new GetMessageListRequest(META, Optional.empty(), Optional.of(77L));
        assertThat(statusOf(written(request).replace("=\"77\"", "=\"" + count + "\"")))
                .isEqualTo(402);
    }

    @ParameterizedTest
    @ValueSource(strings = {"maybe", "2", "TRUE FALSE"})
    @Tag("SSP-064")
    @Tag("IMPS-SSP-DATA-S-004")
    @Tag("status:402")
    void aBooleanIsTrueOrFalse_6_4_4(String value) throws Exception {
        String yes = written(Samples.full(SendMessageRequest.class));
        String no = yes.replace("deliveryReport=\"Yes\"", "deliveryReport=\"No\"");
        assertThat(((SendMessageRequest) read(yes)).deliveryReportRequest()).isTrue();
        assertThat(((SendMessageRequest) read(no)).deliveryReportRequest()).isFalse();
        assertThat(statusOf(yes.replace("deliveryReport=\"Yes\"", "deliveryReport=\"" + value + "\"")))
                .isEqualTo(402);
    }

    @Test
    @Tag("SSP-065")
    @Tag("IMPS-SSP-DATA-S-006")
    @Tag("status:402")
    void anEnumIsOneOfItsValues_6_4_5() throws Exception {
        String push = written(Samples.full(SetMessageDeliveryMethod.class));
        assertThat(push).contains("deliveryMethod=\"Push\"");
        assertThat(read(push)).isEqualTo(Samples.full(SetMessageDeliveryMethod.class));
        assertThat(statusOf(push.replace("deliveryMethod=\"Push\"", "deliveryMethod=\"Pigeon\"")))
                .isEqualTo(402);
    }

    @Test
    @Tag("SSP-066")
    @Tag("SSP-067")
    @Tag("SSP-068")
    @Tag("IMPS-SSP-DATA-S-005")
    void aDateIsWrittenInTheCompleteBasicFormAndUtc_6_4_6() throws Exception {
        DeliveryStatusReport full = (DeliveryStatusReport) Samples.full(DeliveryStatusReport.class);
        Instant at = Instant.parse("2001-10-19T09:50:31Z");
        DeliveryStatusReport report = new DeliveryStatusReport(
                full.metaInformation(), full.deliveryResult(), Optional.of(at), full.messageInfo());
        assertThat(written(report)).contains("<DeliveryTime>20011019T095031Z</DeliveryTime>");
        assertThat(read(written(report))).isEqualTo(report);
    }

    @ParameterizedTest
    @ValueSource(strings = {"20011019", "2001-10-19", "tomorrow", "20011319T095031Z", "20011019T995031Z"})
    @Tag("SSP-066")
    @Tag("status:402")
    void whatIsNoDateAndTimeIs402_6_4_6(String date) throws Exception {
        String report = written(Samples.full(DeliveryStatusReport.class));
        assertThat(statusOf(report.replaceFirst("<DeliveryTime>[^<]*", "<DeliveryTime>" + date)))
                .isEqualTo(402);
    }

    @Test
    @Tag("SSP-069")
    @Tag("IMPS-SSP-DATA-S-007")
    void aStructureComesBackWithWhatIsInIt_6_4_7() throws Exception {
        for (Class<? extends Primitive> type : Catalogue.primitives()) {
            Primitive full = Samples.full(type);
            if (type.getSimpleName().endsWith("Request")) {
                assertThat(read(written(full))).isEqualTo(full);
            }
        }
    }

    @Test
    @Tag("SSP-060")
    void anElementWithoutATypeIsText_6_4() throws Exception {
        GetMessageListRequest request =
                new GetMessageListRequest(META, Optional.of(new GroupId("wv:owner/4711@b.example")), Optional.empty());
        assertThat(read(written(request))).isEqualTo(request);
    }

    private String written(Primitive primitive) {
        Transaction transaction = new Transaction(Mode.REQUEST, new TransactionId("t1"), primitive);
        return new String(
                codec.encode(InSession.of(new SessionId("42@b.example"), transaction), Dialect.OMA_1_3), UTF_8);
    }

    private Primitive read(String xml) throws Exception {
        Decoded decoded = codec.decode(xml.getBytes(UTF_8), Dialect.OMA_1_3);
        assertThat(decoded.refused()).isEmpty();
        return ((InSession) decoded.message()).transactions().getFirst().primitive();
    }

    private int statusOf(String xml) throws Exception {
        Decoded decoded = codec.decode(xml.getBytes(UTF_8), Dialect.OMA_1_3);
        assertThat(decoded.refused()).as(xml).hasSize(1);
        return decoded.refused().getFirst().statusCode();
    }
}
