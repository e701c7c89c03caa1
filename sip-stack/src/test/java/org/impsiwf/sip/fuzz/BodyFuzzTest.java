package org.impsiwf.sip.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.impsiwf.sip.body.BodyException;
import org.impsiwf.sip.body.BodyLimits;
import org.impsiwf.sip.body.BodyReader;

/** Any bytes are a body of their declared type or refused as one. The first line of the input is the Content-Type. */
class BodyFuzzTest {

    private static final BodyLimits LIMITS = new BodyLimits(64 * 1024, 8, 3);

    @FuzzTest(maxDuration = "30s")
    void aBodyIsReadOrRefused(byte[] input) {
        int line = 0;
        while (line < input.length && input[line] != '\n') {
            line++;
        }
        String contentType = new String(input, 0, line, StandardCharsets.UTF_8);
        byte[] body = Arrays.copyOfRange(input, Math.min(line + 1, input.length), input.length);
        for (var encodings : List.of(List.<String>of(), List.of("gzip"), List.of("deflate"))) {
            try {
                var read = BodyReader.read(contentType, encodings, Optional.empty(), body, LIMITS);
                assertThat(read.others()).hasSizeLessThanOrEqualTo(LIMITS.maxParts());
            } catch (BodyException refused) {
                assertThat(refused.status()).isIn(400, 413, 415);
            }
        }
    }
}
