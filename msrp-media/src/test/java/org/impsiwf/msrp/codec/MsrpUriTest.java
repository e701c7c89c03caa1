package org.impsiwf.msrp.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.impsiwf.msrp.message.MsrpPath;
import org.impsiwf.msrp.message.MsrpUri;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 4975 §6. */
class MsrpUriTest {

    @ParameterizedTest
    @CsvSource({
        "msrp://host.example.com:8493/asfd34;tcp, MSRP://HOST.Example.com:8493/asfd34;TCP",
        "msrp://host:1/a;tcp, msrp://user@host:1/a;tcp",
        "msrp://host:1/a;tcp, msrp://host:1/a;tcp;more=1",
        "msrp://h%6Fst:1/a;tcp, msrp://host:1/a;tcp",
        "msrps://[2001:DB8:0::1]:1/a;tcp, msrps://[2001:db8::1]:1/a;tcp"
    })
    void theseAreTheSame_RFC4975_6_1(String one, String other) {
        assertThat(MsrpUri.parse(one)).isEqualTo(MsrpUri.parse(other)).hasSameHashCodeAs(MsrpUri.parse(other));
    }

    @ParameterizedTest
    @CsvSource({
        "msrp://host:1/a;tcp, msrps://host:1/a;tcp",
        "msrp://host:1/a;tcp, msrp://host:2/a;tcp",
        "msrp://host:1/a;tcp, msrp://host/a;tcp",
        "msrp://host:1/a;tcp, msrp://host:1/A;tcp",
        "msrp://host:1/a;tcp, msrp://host:1;tcp",
        "msrp://host:1/a;tcp, msrp://host:1/a;sctp",
        "msrp://host:1/a;tcp, msrp://127.0.0.1:1/a;tcp"
    })
    void theseDiffer_RFC4975_6_1(String one, String other) {
        assertThat(MsrpUri.parse(one)).isNotEqualTo(MsrpUri.parse(other));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "http://a/",
                "msrp://",
                "msrp://host:1/a",
                "msrp://host:1/;tcp",
                "msrp://:1/a;tcp",
                "msrp://host:0/a;tcp",
                "msrp://host:70000/a;tcp",
                "msrp://host:x/a;tcp",
                "msrp://2001:db8::1:1/a;tcp",
                "msrp://[::1/a;tcp",
                "msrp://[nothing]:1/a;tcp",
                "msrp://host:1/a;",
                "msrp://ho st:1/a;tcp",
                "msrp://host:1/a\u0000;tcp"
            })
    void theseAreNone(String text) {
        assertThatThrownBy(() -> MsrpUri.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ownUriPutsAnIpv6AddressInBrackets() {
        assertThat(MsrpUri.of(true, "::1", 2855, "abc").text()).isEqualTo("msrps://[::1]:2855/abc;tcp");
    }

    @Test
    void pathKeepsItsOrder() {
        MsrpPath path = MsrpPath.parse("msrp://relay:1/r;tcp msrp://host:2/a;tcp");
        assertThat(path.first().host()).isEqualTo("relay");
        assertThat(path.last().host()).isEqualTo("host");
        assertThat(path.firstHop().toString()).isEqualTo("msrp://relay:1/r;tcp");
        assertThatThrownBy(() -> MsrpPath.parse("msrp://relay:1/r;tcp  msrp://host:2/a;tcp"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
