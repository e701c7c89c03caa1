package org.impsiwf.mapping.addresses;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemberUriTest {

    private static final Address.Group ROOM = new Address.Group("", "room", "imps.example.com");
    private static final int RUNS = 20_000;

    @Test
    @DisplayName("SSP 6.3.5: a member known by its screen name is the conference URI with a parameter")
    void namesAMemberBesideItsGroup() {
        assertThat(new MemberUri(ROOM, "Bob").sipUri()).isEqualTo("sip:/room@imps.example.com;screen-name=Bob");
    }

    @Test
    @DisplayName("RFC 3261 §25.1: what a parameter cannot hold is escaped")
    void escapesWhatAParameterCannotHold() {
        assertThat(new MemberUri(ROOM, "a b;c=<\"d\">@ä?").sipUri())
                .isEqualTo("sip:/room@imps.example.com;screen-name=a%20b%3Bc%3D%3C%22d%22%3E%40%C3%A4%3F");
    }

    @ParameterizedTest
    @CsvSource({
        "sip:/room@imps.example.com;screen-name=Bob, Bob",
        "sips:/room@imps.example.com:5061;transport=tcp;Screen-Name=Bob, Bob",
        "sip:/room@IMPS.example.com;screen-name=Bob;lr, Bob",
        "sip:/room@imps.example.com;%73creen-name=B%6Fb?Subject=x, Bob",
        "sip:/room@imps.example.com;screen-name=a%3Bb, a;b",
    })
    void readsItWhateverStandsAround(String uri, String name) {
        assertThat(MemberUri.read(uri)).contains(new MemberUri(ROOM, name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sip:/room@imps.example.com",
                "sip:/room@imps.example.com;screen-name",
                "sip:/room@imps.example.com;screen-name=",
                "sip:/room@imps.example.com;x=1?screen-name=Bob",
                "sip:/room@imps.example.com;screen-name=%zz",
                "sip:/room@imps.example.com;screen-name=%0d",
                "sip:bob@imps.example.com;screen-name=Bob",
                "sip:;screen-name=Bob",
                "mailto:/room@imps.example.com;screen-name=Bob",
            })
    void readsNoMemberWhereNoneIsNamed(String uri) {
        assertThat(MemberUri.read(uri)).isEmpty();
    }

    @Test
    void refusesAUriWithoutEnd() {
        assertThat(MemberUri.read("sip:/room@imps.example.com;screen-name=" + "b".repeat(10_000)))
                .isEmpty();
    }

    @Test
    void everyNameComesBackAndIsAUriOnItsWay() {
        Random random = new Random(7);
        for (int run = 0; run < RUNS; run++) {
            String name = name(random);
            String uri = new MemberUri(ROOM, name).sipUri();
            assertThat(URI.create(uri).toString()).isEqualTo(uri);
            assertThat(uri).matches("[!-~]+").doesNotContain("<", ">", "\"", ",");
            assertThat(MemberUri.read(uri)).isEqualTo(Optional.of(new MemberUri(ROOM, name)));
        }
    }

    private static String name(Random random) {
        int length = 1 + random.nextInt(64);
        StringBuilder name = new StringBuilder();
        while (name.length() < length) {
            int c = random.nextInt(4) == 0 ? random.nextInt(0x11000) : ' ' + random.nextInt(95);
            if (!Character.isISOControl(c) && (c < 0xD800 || c > 0xDFFF)) {
                name.appendCodePoint(c);
            }
        }
        return name.toString();
    }
}
