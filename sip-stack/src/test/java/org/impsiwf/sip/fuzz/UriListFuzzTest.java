package org.impsiwf.sip.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.impsiwf.sip.list.ResourceLists;
import org.impsiwf.sip.list.UriListException;

/** Any bytes are a URI list that names somebody, or refused as one; what was read can be written and read again. */
class UriListFuzzTest {

    @FuzzTest(maxDuration = "30s")
    void aListIsReadOrRefused(byte[] document) throws UriListException {
        try {
            var list = ResourceLists.read(document);
            assertThat(list.entries()).isNotEmpty().hasSizeLessThanOrEqualTo(2_000);
            assertThat(ResourceLists.read(ResourceLists.write(list)).entries()).hasSameSizeAs(list.entries());
        } catch (UriListException refused) {
            assertThat(refused.status()).isIn(400, 413);
        }
    }
}
