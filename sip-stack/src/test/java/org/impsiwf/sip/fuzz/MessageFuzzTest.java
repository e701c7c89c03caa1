package org.impsiwf.sip.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.impsiwf.sip.wire.Triage;

/** Any bytes are taken, refused with an answer that can be given, or dropped. */
class MessageFuzzTest {

    @FuzzTest(maxDuration = "30s")
    void aMessageIsTakenRefusedOrDropped(byte[] bytes) {
        for (boolean datagram : new boolean[] {true, false}) {
            if (Triage.of(bytes, datagram) instanceof Triage.Refuse refused) {
                assertThat(Triage.of(refused.message(), datagram)).isInstanceOf(Triage.Take.class);
            }
        }
    }
}
