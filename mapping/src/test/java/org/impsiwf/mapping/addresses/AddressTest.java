package org.impsiwf.mapping.addresses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {

    private static final int RUNS = 20_000;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "wv:alice@ims.example.com                  | sip:alice@ims.example.com",
                "alice@ims.example.com                     | sip:alice@ims.example.com",
                "WV:alice@IMS.example.COM                  | sip:alice@ims.example.com",
                "sips:alice@ims.example.com                | sip:alice@ims.example.com",
                "sip:alice:secret@ims.example.com:5061;lr  | sip:alice@ims.example.com",
                "im:alice@ims.example.com                  | sip:alice@ims.example.com",
                "wv:a%20b@ims.example.com                  | sip:a%20b@ims.example.com",
                "wv:a%3Bb@ims.example.com                  | sip:a;b@ims.example.com",
                "wv:%C3%A4iti@ims.example.com              | sip:%C3%A4iti@ims.example.com",
                "wv:owner/chess@ims.example.com            | sip:owner/chess@ims.example.com",
                "wv:/chess%20club@ims.example.com          | sip:/chess%20club@ims.example.com",
                "wv:a%2Fb@ims.example.com                  | sip:a%2Fb@ims.example.com",
                "wv:+358401234567@ims.example.com          | sip:+358401234567@ims.example.com;user=phone",
                "tel:+358-40-123.4567;isub=1               | tel:+358401234567",
                "sip:alice@[2001:db8::1]:5060              | sip:alice@[2001:db8::1]",
            })
    @DisplayName("RFC 7247 §4, SSP 6.3.3: an address in any scheme is one SIP URI")
    void readsEveryScheme(String given, String sip) throws AddressException {
        assertThat(Address.parse(given.strip()).sipUri()).isEqualTo(sip.strip());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "alice",
                "wv:@imps.example.com",
                "sip:ims.example.com",
                "mailto:a@example.com",
                "tel:112",
                "tel:+",
                "tel:+12x",
                "wv:a@",
                "wv:a@b@c",
                "wv:a%2@example.com",
                "wv:a%zz@example.com",
                "wv:%00@example.com",
                "wv:a%0d%0ab@example.com",
                "wv:%ff@example.com",
                "wv:a@exa mple.com",
                "wv:a@.example.com",
                "wv:a@b..c",
                "wv:a/b/c@example.com",
                "wv:a/@example.com",
                "sip:+12x@example.com;user=phone",
                "http://example.com/a@b"
            })
    void refusesWhatIsNoAddress(String text) {
        assertThatThrownBy(() -> Address.parse(text)).isInstanceOf(AddressException.class);
    }

    @Test
    void refusesAnAddressWithoutEnd() {
        assertThatThrownBy(() -> Address.parse("wv:" + "a".repeat(5000) + "@example.com"))
                .isInstanceOf(AddressException.class);
    }

    @Test
    @DisplayName("mapping.md §5: both forms of one user are one user")
    void knowsAUserByAnyOfItsNames() throws AddressException {
        Address one = Address.parse("wv:Alice@ims.example.com");
        for (String other : new String[] {
            "sip:alice@ims.example.com", "ALICE@IMS.EXAMPLE.COM", "sips:%61lice@ims.example.com;transport=tls"
        }) {
            assertThat(Address.parse(other).isSame(one)).as(other).isTrue();
        }
        assertThat(Address.parse("wv:+358401234567@a.example").isSame(Address.parse("tel:+358-40-1234567")))
                .isTrue();
    }

    @Test
    void keepsAUserAndAGroupApart() throws AddressException {
        assertThat(Address.parse("wv:a%2Fb@example.com").isSame(Address.parse("wv:a/b@example.com")))
                .isFalse();
        assertThat(Address.parse("wv:a%7Cb@example.com").canonical())
                .doesNotContain("|")
                .doesNotContain("#");
    }

    @Test
    @DisplayName("RFC 7247 §4: any user comes back from either side as it went")
    void bringsEveryUserBackFromEitherSide() throws AddressException {
        Random random = new Random(7247);
        for (int i = 0; i < RUNS; i++) {
            Address.User user = new Address.User(name(random), "ims.example.com");
            assertThat(Address.parse(user.sipUri())).isEqualTo(user);
            assertThat(Address.parse(user.impsAddress())).isEqualTo(user);
            assertThat(user.sipUri().substring(4, user.sipUri().indexOf('@')))
                    .matches("[A-Za-z0-9\\-_.!~*'()&=+$,;?%]+");
        }
    }

    @Test
    void bringsEveryGroupBackFromEitherSide() throws AddressException {
        Random random = new Random(42);
        for (int i = 0; i < RUNS; i++) {
            String owner = random.nextBoolean() ? "" : name(random);
            Address.Group group = new Address.Group(owner, name(random), "imps.example.com");
            assertThat(Address.parse(group.sipUri())).isEqualTo(group);
            assertThat(Address.parse(group.impsAddress())).isEqualTo(group);
        }
    }

    @Test
    void bringsEveryNumberBackFromEitherSide() throws AddressException {
        Random random = new Random(164);
        for (int i = 0; i < RUNS; i++) {
            String digits = String.valueOf(1 + random.nextLong(999_999_999_999_999L));
            Optional<String> host = random.nextBoolean() ? Optional.of("imps.example.com") : Optional.empty();
            Address.Telephone number = new Address.Telephone(digits, host);
            assertThat(Address.parse(number.sipUri())).isEqualTo(number);
            assertThat(Address.parse(number.impsAddress())).isEqualTo(number);
        }
    }

    @Test
    void readsAnythingOrSaysWhyNot() {
        Random random = new Random(1);
        for (int i = 0; i < RUNS; i++) {
            String text = random.ints(random.nextInt(30), 1, 0x180)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            try {
                Address address = Address.parse("wv:" + text);
                assertThat(address.canonical()).doesNotContain("|").doesNotContain("#");
            } catch (AddressException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
    }

    @Test
    void cleansNamesOfWhatWouldHarmAHeaderOrDeceiveAReader() {
        assertThat(Names.clean(Optional.of(" Al\r\nice\u202E "))).contains("Al  ice");
        assertThat(Names.clean(Optional.of("\u0000"))).isEmpty();
        assertThat(Names.clean(Optional.of("x".repeat(500))).orElseThrow()).hasSize(128);
    }

    @Test
    @DisplayName("RFC 5626 §4.1: +sip.instance → Client-ID")
    void carriesTheInstanceAsClientId() {
        String urn = "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6";
        assertThat(ClientIds.ofInstance(Optional.of("\"<" + urn + ">\""))).contains(urn);
    }

    private static String name(Random random) {
        String name = random.ints(1 + random.nextInt(12), 0x20, 0x250)
                .filter(c -> !Character.isISOControl(c))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return name.isEmpty() || name.startsWith("+") ? "x" + name : name;
    }
}
