package org.impsiwf.sip.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.impsiwf.sip.sdp.SdpException;
import org.impsiwf.sip.sdp.SdpPolicy;
import org.impsiwf.sip.sdp.SdpSession;

/** Any bytes are a session description or refused as one. */
class SdpFuzzTest {

    private static final SdpPolicy POLICY = SdpPolicy.DEFAULT;

    @FuzzTest(maxDuration = "30s")
    void anOfferIsReadOrRefused(byte[] bytes) {
        try {
            var received = SdpSession.start("1").receiveOffer(bytes, POLICY);
            assertThat(received.media().path()).isNotEmpty();
        } catch (SdpException refused) {
            assertThat(refused.status()).isIn(400, 413, 488);
        }
    }
}
