package org.impsiwf.sip.header;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SipAddressTest {

    private static SipAddress address(String uri) {
        return SipAddress.parse(uri).orElseThrow();
    }

    @Test
    @DisplayName("RFC 3261 §19.1.1: a SIP URI has user, host, port, parameters and headers")
    void readsAllParts() {
        var parsed = address("sips:ann:secret@[2001:DB8::1]:5081;Transport=tcp;lr?Subject=x");
        assertThat(parsed.user()).contains("ann");
        assertThat(parsed.host()).isEqualTo("2001:db8::1");
        assertThat(parsed.hostReference()).isEqualTo("[2001:db8::1]");
        assertThat(parsed.port()).hasValue(5081);
        assertThat(parsed.param("transport")).contains("tcp");
        assertThat(parsed.param("lr")).contains("");
        assertThat(parsed.headers()).contains("Subject=x");
        assertThat(parsed.isSecure()).isTrue();
    }

    @Test
    @DisplayName("RFC 4475 §3.1.1.9: a semicolon before the @ belongs to the user")
    void keepsSemicolonsOfTheUser() {
        assertThat(address("sip:bo;x=u%40e@example.com").user()).contains("bo;x=u%40e");
    }

    @ParameterizedTest
    @CsvSource({
        "sip:%61nn@Example.COM, sip:ann@example.com",
        "sip:ann@example.com:5060;transport=tcp, sip:ann@example.com",
        "sips:ann@example.com, sip:ann@example.com",
        "sip:a%2fb@example.com, sip:a/b@example.com",
        "sip:null-%00-null@example.com, sip:null-%00-null@example.com",
        "sip:j%c3%a9@example.com, sip:j%C3%A9@example.com",
        "tel:+358-9-555.1234, tel:+35895551234",
        "sip:example.com, sip:example.com"
    })
    @DisplayName("RFC 3261 §10.3 step 5, §19.1.4: equal addresses have one address-of-record")
    void equalAddressesHaveOneAddressOfRecord(String uri, String addressOfRecord) {
        assertThat(address(uri).addressOfRecord()).isEqualTo(addressOfRecord);
    }

    @Test
    @DisplayName("RFC 4475 §3.1.1.4: users that differ after %00 are two users")
    void escapedNullKeepsUsersApart() {
        assertThat(address("sip:n%00a@h").addressOfRecord())
                .isNotEqualTo(address("sip:n%00b@h").addressOfRecord());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sip:",
                "sip:@h",
                "sip:ann@",
                "sip:ann@h:",
                "sip:ann@h:99999",
                "sip:ann@h:x",
                "sip:a b@h",
                "sip:a@[::1",
                "http://h",
                "<sip:a@h>",
                "tel:",
                "noscheme"
            })
    void takesNothingElse(String text) {
        assertThat(SipAddress.parse(text)).isEmpty();
    }

    @Test
    @DisplayName("RFC 3261 §20: commas part values, but not within quotes or angle brackets")
    void splitsHeaderValues() throws Exception {
        var all = AddressHeader.parseAll(
                List.of("\"Bell, \\\"A\\\"\" <sip:a@h;x=1,2>;q=0.5, sip:b@h;expires=3", "<sip:c@h>"));
        assertThat(all).hasSize(3);
        assertThat(all.get(0).nameAddr().displayName()).contains("Bell, \"A\"");
        assertThat(all.get(0).nameAddr().uri().value()).isEqualTo("sip:a@h;x=1,2");
        assertThat(all.get(0).params()).containsEntry("q", "0.5");
        assertThat(all.get(1).nameAddr().uri().value()).isEqualTo("sip:b@h");
        assertThat(all.get(1).params()).containsEntry("expires", "3");
    }

    @Test
    void writesDisplayNamesQuoted() throws Exception {
        var parsed = AddressHeader.parse("\"a \\\\ \\\"b\\\"\" <sip:a@h>");
        assertThat(AddressHeader.write(parsed.nameAddr())).isEqualTo("\"a \\\\ \\\"b\\\"\" <sip:a@h>");
        assertThat(AddressHeader.parse("<sip:a@h>").nameAddr().displayName()).isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"open <sip:a@h>", "<sip:a@h", "<sip:a@h> x", "no uri", "", "<sip:a@h>;x=1;x=2", "<>"})
    @DisplayName("RFC 4475 §3.1.2.6: a value that breaks its grammar is refused")
    void refusesBrokenValues(String value) {
        assertThatThrownBy(() -> AddressHeader.parse(value)).isInstanceOf(HeaderException.class);
    }
}
