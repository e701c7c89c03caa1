package org.impsiwf.sip.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.code_intelligence.jazzer.junit.FuzzTest;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import org.impsiwf.sip.wire.Triage;

/** Any bytes are a message that a transaction can be had for, a request to be refused, or dropped. Nothing is thrown. */
class SipAdapterFuzzTest {

    private final CautiousParser parser = new CautiousParser(SipCounters.NONE, SipLimits.DEFAULT.maxMessageBytes());

    @FuzzTest(maxDuration = "30s")
    void bytesGiveAMessageARefusalOrNothing(byte[] bytes) {
        for (boolean datagram : new boolean[] {true, false}) {
            SIPMessage message = parser.parseSIPMessage(bytes, datagram, false, null);
            if (message instanceof SIPRequest request) {
                assertThatCode(request::checkHeaders).doesNotThrowAnyException();
                assertThat(request.getTopmostVia().getBranch()).startsWithIgnoringCase("z9hG4bK");
                assertThat(new ReceivedMessage(request).requestUri()).isNotBlank();
            }
            if (Triage.of(bytes, datagram) instanceof Triage.Refuse) {
                assertThat(message == null || message.getApplicationData() instanceof Triage.Refusal)
                        .isTrue();
            }
        }
    }
}
