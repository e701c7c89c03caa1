package org.impsiwf.sip.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.sip.auth.TrustedSources;
import org.impsiwf.sip.auth.User;
import org.impsiwf.sip.auth.Verdict;
import org.impsiwf.sip.event.NameAddr;
import org.impsiwf.sip.event.Originator;
import org.impsiwf.sip.event.SipCommand.Sender;
import org.impsiwf.sip.event.SipUri;
import org.impsiwf.sip.header.HeaderException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrustDomainTest {

    private static final Verdict TRUSTED = new Verdict.Trusted();
    private static final Verdict PROVEN = new Verdict.Authenticated(
            new User("ann@example.com", Optional.of("secret"), Optional.empty(), Optional.of("Ann of Example")), "");

    private final TrustDomain domain = new TrustDomain(TrustedSources.of(List.of("10.0.0.0/8")));

    private static ReceivedIdentity received(String from, List<String> asserted, String... privacy) {
        return new ReceivedIdentity(from, asserted, List.of(privacy), List.of(), "10.0.0.1:5060");
    }

    private static NameAddr address(String uri) {
        return NameAddr.of(new SipUri(uri));
    }

    private Originator originator(ReceivedIdentity received, Verdict verdict) throws HeaderException {
        return domain.originator(received, verdict);
    }

    @Test
    @DisplayName(
            "RFC 3325 §9.1: from a trusted source the asserted identity counts, of a SIP and a tel one the SIP one")
    void believesATrustedSource() throws Exception {
        var two = received(
                "<sip:anonymous@anonymous.invalid>;tag=1", List.of("tel:+358123, \"Ann\" <sip:ann@example.com>"), "id");
        assertThat(originator(two, TRUSTED))
                .isEqualTo(new Originator(
                        new NameAddr(Optional.of("Ann"), new SipUri("sip:ann@example.com")),
                        true,
                        Optional.empty(),
                        "10.0.0.1:5060"));
        assertThat(originator(received("sip:x@y", List.of("<tel:+358123>")), TRUSTED)
                        .identity())
                .isEqualTo(address("tel:+358123"));
    }

    @Test
    void takesATrustedSourceWithoutAssertionAtItsFrom() throws Exception {
        assertThat(originator(received("Ann <sip:ann@example.com>;tag=x", List.of()), TRUSTED)
                        .identity())
                .isEqualTo(new NameAddr(Optional.of("Ann"), new SipUri("sip:ann@example.com")));
        assertThat(originator(received("sip:ann@example.com;tag=x", List.of("<mailto:m@n>")), TRUSTED)
                        .identity())
                .isEqualTo(address("sip:ann@example.com"));
    }

    @Test
    @DisplayName("RFC 3325 §5: what a user asserts of itself is not believed; the user is who proved itself")
    void ignoresAssertionsOfUsers() throws Exception {
        assertThat(originator(received("<sip:%61nn@EXAMPLE.com>", List.of("<sip:boss@example.com>")), PROVEN)
                        .identity())
                .isEqualTo(new NameAddr(Optional.of("Ann of Example"), new SipUri("sip:ann@example.com")));
    }

    @ParameterizedTest
    @CsvSource({
        "id, true",
        "user;critical, true",
        "'id; header', true",
        "none, false",
        "none;id, false",
        "critical, false",
        "'', false"
    })
    @DisplayName("RFC 3323 §4.2: Privacy asks for it, none forbids it")
    void readsPrivacy(String privacy, boolean wanted) throws Exception {
        assertThat(originator(received("sip:a@b", List.of(), privacy), TRUSTED).privacy())
                .isEqualTo(wanted);
    }

    @Test
    void readsTheInstanceOfTheContact() throws Exception {
        var r = new ReceivedIdentity(
                "sip:a@b", List.of(), List.of(), List.of("<sip:a@h>;+sip.instance=\"<urn:uuid:1>\""), "s");
        assertThat(originator(r, TRUSTED).instance()).contains("<urn:uuid:1>");
        var broken = new ReceivedIdentity("sip:a@b", List.of(), List.of(), List.of("<sip:a"), "s");
        assertThat(originator(broken, TRUSTED).instance()).isEmpty();
    }

    @Test
    void refusesMalformedIdentitiesAndNobody() {
        assertThatThrownBy(() -> originator(received("<sip:a", List.of()), TRUSTED))
                .isInstanceOf(HeaderException.class);
        assertThatThrownBy(() -> originator(received("sip:a@b", List.of("\"x")), TRUSTED))
                .isInstanceOf(HeaderException.class);
        assertThatThrownBy(() -> originator(received("sip:a@b", List.of("<sip:a@b>,".repeat(9))), TRUSTED))
                .isInstanceOf(HeaderException.class);
        assertThatThrownBy(() -> originator(received("sip:a@b", List.of()), new Verdict.Refused(403, "no")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("RFC 3325 §5, §7: trusted peers are told who it is, with Privacy: id where that was asked for")
    void tellsTrustedPeers() {
        var ann = new NameAddr(Optional.of("Ann \"A\""), new SipUri("sip:ann@example.com"));
        assertThat(domain.outgoing(new Sender(ann, false), true))
                .isEqualTo(new OutgoingIdentity(
                        ann, Map.of("P-Asserted-Identity", "\"Ann \\\"A\\\"\" <sip:ann@example.com>")));
        var hidden = domain.outgoing(new Sender(ann, true), true);
        assertThat(hidden.from().uri().value()).isEqualTo("sip:anonymous@anonymous.invalid");
        assertThat(hidden.headers()).containsEntry("Privacy", "id").containsKey("P-Asserted-Identity");
    }

    @Test
    @DisplayName(
            "RFC 3325 §7, RFC 3323 §4.1.1.3: others see no asserted identity, and an anonymous From where asked for")
    void hidesFromOthers() {
        var ann = address("sip:ann@example.com");
        assertThat(domain.outgoing(new Sender(ann, false), false)).isEqualTo(new OutgoingIdentity(ann, Map.of()));
        var hidden = domain.outgoing(new Sender(ann, true), false);
        assertThat(hidden.from())
                .isEqualTo(new NameAddr(Optional.of("Anonymous"), new SipUri("sip:anonymous@anonymous.invalid")));
        assertThat(hidden.headers()).isEqualTo(Map.of("Privacy", "id"));
    }

    @Test
    void aDisplayNameCannotBringAHeaderAlong() {
        var evil = new NameAddr(Optional.of("Ann\r\nX-Evil: 1"), new SipUri("sip:ann@example.com"));
        assertThat(domain.outgoing(new Sender(evil, false), true).headers().get("P-Asserted-Identity"))
                .doesNotContain("\r", "\n");
    }
}
