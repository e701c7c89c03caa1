package org.impsiwf.ssp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.impsiwf.ssp.primitives.Addressee;
import org.impsiwf.ssp.primitives.ContactListId;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.ImPrimitive.ForwardMessageRequest;
import org.impsiwf.ssp.primitives.MessageId;
import org.impsiwf.ssp.primitives.MessageInfo.Recipient;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.SessionId;
import org.impsiwf.ssp.primitives.TransactionId;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SSP 6.3: the addresses of each kind of entity. */
class AddressesTest {

    private static final GroupId CLUB = new GroupId("wv:ann/club@a.example");

    private final SspCodec codec = new SspCodec();

    static Stream<Addressee> entities() {
        return Stream.of(
                User.of("wv:ann@a.example"),
                User.of("wv:+358401234567@a.example"),
                User.of("sip:tom@ims.example"),
                User.of("tel:+358401234567"),
                CLUB,
                new GroupId("wv:/public@a.example"),
                ScreenName.in(CLUB, "Annie Ä"),
                new ContactListId("wv:ann/friends@a.example"));
    }

    @ParameterizedTest(name = "{0} SSP-048")
    @MethodSource("entities")
    void ofEveryKindOfEntityGoThroughTheWire(Addressee entity) throws Exception {
        SspMessage message = SspMessage.InSession.of(
                new SessionId("1@a.example"),
                new SspMessage.Transaction(
                        Mode.REQUEST,
                        new TransactionId("t"),
                        new ForwardMessageRequest(
                                MetaInformation.ofUser(new ServiceId("wv:@a.example"), new UserId("wv:ann@a.example")),
                                new MessageId("12345678@a.example"),
                                List.of(new Recipient(entity)))));
        assertThat(codec.decode(codec.encode(message, Dialect.OMA_1_3), Dialect.OMA_1_3)
                        .message())
                .isEqualTo(message);
    }

    @Test
    @Tag("SSP-048")
    void haveADomainThatIsComparedWithoutCase() {
        assertThat(new UserId("wv:ann@A.Example").domain()).isEqualTo("a.example");
        assertThat(new UserId("wv:ANN@a.example").key()).isEqualTo(new UserId("wv:ann@a.EXAMPLE").key());
        assertThat(new UserId("ann@a.example")).isEqualTo(new UserId("wv:ann@a.example"));
        assertThat(new UserId("tel:+358401234567").domain()).isEmpty();
    }

    @ParameterizedTest(name = "{0} SSP-057")
    @ValueSource(strings = {"wv:x@imps.com", "wv:@", "wv:@imps com", "@imps.com", "sip:@imps.com", "12345678@imps.com"})
    @Tag("SSP-056")
    void ofAServerHaveNothingBeforeTheDomain(String wrong) {
        assertThat(new ServiceId(wrong).isWellFormed()).isFalse();
        assertThat(new ServiceId("wv:@imps.com").isWellFormed()).isTrue();
        assertThat(new ServiceId("wv:@Imps.com").domain()).isEqualTo("imps.com");
    }
}
