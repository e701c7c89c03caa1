package org.impsiwf.ssp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import org.impsiwf.ssp.codec.SspMessage.InSession;
import org.impsiwf.ssp.codec.SspMessage.Transaction;
import org.impsiwf.ssp.primitives.ImPrimitive.ExtendConversationRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.ExtendConversationResponse;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.SessionId;
import org.impsiwf.ssp.primitives.TransactionId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the two primitives of an extension must have (SSP 16.2.13, CSP Tables 112 to 114). */
class ExtendConversationWireTest {

    private final SspCodec codec = new SspCodec();

    private WireDocument document(Class<? extends Primitive> type) throws Exception {
        Transaction transaction = new Transaction(Mode.REQUEST, new TransactionId("t1"), Samples.full(type));
        return WireDocument.of(codec.encode(InSession.of(new SessionId("s1"), transaction), Dialect.OMA_1_3));
    }

    private DecodeException refusal(WireDocument document) throws Exception {
        Decoded decoded = codec.decode(document.bytes(), Dialect.OMA_1_3);
        assertThat(decoded.refused()).hasSize(1);
        return decoded.refused().getFirst();
    }

    @ParameterizedTest(name = "without {0} {1} [tx:ExtendConversation]", quoteTextArguments = false)
    @Tag("status:400")
    @CsvSource({
        "@extendConversationID, CSPX-04 CSPX-43 CSPX-44",
        "UserID, CSPX-02 CSPX-43 SSP-399",
        "ExtendConversationUser, CSPX-03 CSPX-43 SSP-399",
        "@subscribeNotif, CSPX-43",
        "ScreenName, CSPX-44"
    })
    void aRequestWithoutSomethingMandatoryIsRefusedWith400(String missing, String rules) throws Exception {
        WireDocument document = document(ExtendConversationRequest.class);
        document.remove(missing);
        assertThat(refusal(document).statusCode()).isEqualTo(400);
    }

    @ParameterizedTest(name = "without {0} CSPX-43 [tx:ExtendConversation]", quoteTextArguments = false)
    @Tag("status:400")
    @CsvSource({"@extendConversationID, 400", "@groupID, 429", "Result, 400"})
    void aResponseWithoutSomethingMandatoryIsRefused(String missing, int status) throws Exception {
        WireDocument document = document(ExtendConversationResponse.class);
        document.remove(missing);
        assertThat(refusal(document).statusCode()).isEqualTo(status);
    }
}
