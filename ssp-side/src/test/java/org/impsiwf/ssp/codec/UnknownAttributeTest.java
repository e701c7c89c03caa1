package org.impsiwf.ssp.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.impsiwf.ssp.codec.SspMessage.InSession;
import org.impsiwf.ssp.primitives.PresenceAttribute;
import org.impsiwf.ssp.primitives.PresencePrimitive.SubscribeRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A presence attribute that no document knows: passed over, an authorisation would be for less and a wish for all. */
class UnknownAttributeTest {

    private static final String META =
            "<MetaInfo clientOriginated='Yes'><Requestor serviceID='wv:@b'><User userID='wv:a@b'/></Requestor></MetaInfo>";
    private static final String ODD =
            "<AttributeList><PresenceSubList><OnlineStatus/><ShoeSize/></PresenceSubList></AttributeList>";

    /** A request and its transaction. */
    record Case(String transaction, String request) {
        @Override
        public String toString() {
            return "[tx:" + transaction + "]";
        }
    }

    static Stream<Case> requests() {
        return Stream.of(
                new Case(
                        "Subscribe",
                        "<SubscribeRequest autoSubscribe='No'>" + META + "<UserID userID='wv:c@d'/>" + ODD
                                + "</SubscribeRequest>"),
                new Case(
                        "GetPresence",
                        "<GetPresenceRequest>" + META + "<VerUserID userID='wv:c@d'/>" + ODD + "</GetPresenceRequest>"),
                new Case(
                        "CreateAttributeList",
                        "<CreateAttrListRequest defaultList='Yes' defaultNotify='No'>" + META + ODD
                                + "</CreateAttrListRequest>"));
    }

    @ParameterizedTest(name = "{0} [status:750]")
    @MethodSource("requests")
    void isRefused(Case odd) throws Exception {
        List<DecodeException> refused = decode(odd.request()).refused();

        assertThat(refused).singleElement().satisfies(refusal -> {
            assertThat(refusal.statusCode()).isEqualTo(750);
            assertThat(refusal.path()).endsWith("/PresenceSubList/ShoeSize");
        });
    }

    @Test
    void theNamesOfTheDocumentAreReadWithoutRegardToCase() throws Exception {
        Decoded decoded = decode(requests().toList().getFirst().request().replace("<ShoeSize/>", "<STATUSTEXT/>"));

        assertThat(decoded.refused()).isEmpty();
        SubscribeRequest request = (SubscribeRequest)
                ((InSession) decoded.message()).transactions().getFirst().primitive();
        assertThat(request.presenceAttributeList().orElseThrow().attributes())
                .containsExactly(PresenceAttribute.ONLINE_STATUS, PresenceAttribute.STATUS_TEXT);
    }

    private static Decoded decode(String request) throws Exception {
        String message = "<WV-SSP-Message xmlns='http://www.openmobilealliance.org/DTD/WV-SSP1.3'>"
                + "<Session sessionID='s'><Transaction mode='Request' transactionID='t'>" + request
                + "</Transaction></Session></WV-SSP-Message>";
        return new SspCodec().decode(message.getBytes(UTF_8), Dialect.OMA_1_3);
    }
}
