package org.impsiwf.sip.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.impsiwf.sip.event.SipUri;
import org.impsiwf.sip.resolve.Hop;
import org.impsiwf.sip.resolve.Transport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WaysLeftTest {
    private static final Ways.Way FLOW = way("sip:alice@192.0.2.1", 40_000);
    private static final Ways.Way SAME_CONTACT = way("sip:alice@192.0.2.1", 5060);
    private static final Ways.Way OTHER_CONTACT = way("sip:alice@192.0.2.2", 5060);
    private static final List<Ways.Way> LEFT = List.of(SAME_CONTACT, OTHER_CONTACT);

    @Test
    void anUnavailableHopLeavesAllOtherWays() {
        assertThat(Ways.leftAfter(FLOW, 503, LEFT)).isEqualTo(LEFT);
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 408, 410, 430, 480})
    void aContactThatIsNotThereLeavesOtherContacts(int status) {
        assertThat(Ways.leftAfter(FLOW, status, LEFT)).containsExactly(OTHER_CONTACT);
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 401, 415, 486, 487, 500, 600, 603})
    void aUserWhoRefusedIsNotAskedAgain(int status) {
        assertThat(Ways.leftAfter(FLOW, status, LEFT)).isEmpty();
    }

    private static Ways.Way way(String contact, int port) {
        return new Ways.Way(new SipUri(contact), List.of(), new Hop(Transport.TCP, "192.0.2.1", port, "192.0.2.1"));
    }
}
