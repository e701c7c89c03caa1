package org.impsiwf.mapping.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import org.impsiwf.mapping.addresses.Address;
import org.impsiwf.mapping.addresses.AddressException;
import org.impsiwf.mapping.content.ContentException;
import org.impsiwf.mapping.content.Cpim;
import org.impsiwf.mapping.content.Imdn;
import org.impsiwf.msrp.cpim.CpimMessage;

/** Any bytes are what they claim to be or are refused; what was read reads the same when it is written. */
class ContentFuzzTest {

    @FuzzTest(maxDuration = "30s")
    void aCpimBodyIsReadOrRefused(byte[] bytes) throws ContentException {
        CpimMessage message;
        try {
            message = Cpim.open(bytes);
        } catch (ContentException refused) {
            assertThat(refused.status()).isIn(400, 415);
            return;
        }
        assertThat(Cpim.open(message.octets()).content()).isEqualTo(message.content());
    }

    @FuzzTest(maxDuration = "30s")
    void aNotificationIsReadOrRefused(byte[] bytes) throws ContentException {
        Imdn imdn;
        try {
            imdn = Imdn.decode(bytes);
        } catch (ContentException refused) {
            assertThat(refused.status()).isIn(400, 413);
            return;
        }
        assertThat(imdn.messageId()).isNotEmpty();
    }

    @FuzzTest(maxDuration = "30s")
    void anAddressIsReadOrRefused(byte[] bytes) throws AddressException {
        Address address;
        try {
            address = Address.parse(new String(bytes, StandardCharsets.UTF_8));
        } catch (AddressException refused) {
            assertThat(refused.getMessage()).isNotBlank();
            return;
        }
        assertThat(Address.parse(address.sipUri()).canonical()).isEqualTo(address.canonical());
        assertThat(Address.parse(address.impsAddress()).canonical()).isEqualTo(address.canonical());
    }
}
