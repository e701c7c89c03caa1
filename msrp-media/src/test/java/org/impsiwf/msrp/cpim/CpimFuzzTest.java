package org.impsiwf.msrp.cpim;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any octets are a Message/CPIM that survives being written and read again, or malformed. Saved inputs run in every build. */
class CpimFuzzTest {

    @FuzzTest(maxDuration = "2m")
    void anyOctetsAreCpimOrMalformed(byte[] octets) throws MalformedCpim {
        CpimMessage message;
        try {
            message = CpimMessage.parse(octets);
        } catch (MalformedCpim malformed) {
            assertThat(malformed.getMessage()).isNotBlank();
            return;
        }
        message.from();
        message.to();
        assertThat(CpimMessage.parse(message.octets()).content()).isEqualTo(message.content());
    }
}
