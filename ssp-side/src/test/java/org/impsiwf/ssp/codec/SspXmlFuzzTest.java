package org.impsiwf.ssp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;

/**
 * Any bytes give a message or our own refusal; what was read is what we write. Saved inputs run in every build, with
 * {@code JAZZER_FUZZ=1} it searches for more.
 */
class SspXmlFuzzTest {

    private final SspCodec codec = new SspCodec();

    @FuzzTest
    void anyBytesAreAMessageOrRefused(byte[] bytes) throws Exception {
        for (Dialect dialect : List.of(Dialect.OMA_1_3, Dialect.BARAZA)) {
            SspMessage message;
            try {
                message = codec.decode(bytes, dialect).message();
            } catch (MalformedMessageException | DecodeException refused) {
                assertThat(refused.getMessage()).isNotBlank();
                continue;
            }
            boolean empty = message instanceof SspMessage.InSession session
                    && session.transactions().isEmpty();
            if (!empty) {
                assertThat(codec.decode(codec.encode(message, dialect), dialect).message())
                        .isEqualTo(message);
            }
        }
    }
}
