package org.impsiwf.sip.stack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JainLogTest {

    @Test
    void noUsersWordsGetIntoTheLog() {
        String text = "Problem connecting /127.0.0.1 5060 for message MESSAGE sip:x SIP/2.0\r\n\r\nmy secret";
        assertThat(JainLog.firstLine(text)).isEqualTo("Problem connecting /127.0.0.1 5060");
        assertThat(JainLog.firstLine("bad\r\nmy secret")).isEqualTo("bad");
    }
}
