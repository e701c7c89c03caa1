package org.impsiwf.ssp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.impsiwf.ssp.primitives.StatusCode;
import org.junit.jupiter.api.Test;

/** The status codes against chapter 18 of the document. */
class StatusCodeTest {

    @Test
    void eachOfTheDocumentIsThereWithItsTitleAndWhatMayBeDoneAfterIt_18() {
        List<String> expected = new ArrayList<>();
        for (JsonNode code : SpecData.read("status-codes.json")) {
            expected.add(code.get("code").asInt() + " " + code.get("name").asText() + " "
                    + code.get("retry").asText());
        }
        assertThat(Arrays.stream(StatusCode.values())
                        .map(code -> code.code() + " " + code.title() + " " + retry(code.retry())))
                .containsExactlyElementsOf(expected)
                .hasSize(132);
    }

    @Test
    void isFoundByItsNumber() {
        assertThat(StatusCode.of(506)).contains(StatusCode.SERVICE_NOT_AGREED);
        assertThat(StatusCode.of(299)).isEmpty();
    }

    private static String retry(StatusCode.Retry retry) {
        return switch (retry) {
            case NO -> "no";
            case MAY -> "may";
            case NOT_WITHOUT_CHANGE -> "no-without-change";
        };
    }
}
