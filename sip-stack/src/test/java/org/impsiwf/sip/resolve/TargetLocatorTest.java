package org.impsiwf.sip.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.impsiwf.sip.event.SipUri;
import org.impsiwf.sip.registrar.RegisterRequest;
import org.impsiwf.sip.registrar.Registrar;
import org.impsiwf.sip.registrar.RegistrarPolicy;
import org.impsiwf.store.local.LocalStores;
import org.impsiwf.store.time.VirtualTime;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TargetLocatorTest {

    private static final SipUri ANN = new SipUri("sip:ann@example.com");

    private final VirtualTime time = new VirtualTime();
    private final Registrar registrar = new Registrar(
            LocalStores.serialising(time), RegistrarPolicy.of(Set.of("example.com")), address -> true, time);

    private TargetLocator locator(String nextHop) {
        return new TargetLocator(registrar, Optional.ofNullable(nextHop), "example.com"::equals);
    }

    private void register(List<String> path, Optional<String> flow, String... contacts) {
        registrar.register(new RegisterRequest(
                "sip:example.com", ANN.value(), "c", 1, List.of(contacts), Optional.empty(), path, List.of(), flow));
    }

    @Test
    @DisplayName("RFC 3261 §16.5: all contacts are targets, the highest q first")
    void givesAllContactsOfARegisteredUser() {
        register(
                List.of(), Optional.of("tcp:192.0.2.1:4000"), "<sip:ann@a>;q=0.2", "<sip:ann@b>;q=0.9", "<mailto:a@b>");
        assertThat(locator(null).locate(ANN))
                .containsExactly(
                        new Target("sip:ann@b", List.of(), new SipUri("sip:ann@b"), Optional.of("tcp:192.0.2.1:4000")),
                        new Target("sip:ann@a", List.of(), new SipUri("sip:ann@a"), Optional.of("tcp:192.0.2.1:4000")));
    }

    @Test
    @DisplayName("RFC 3327 §5.3: the Path is the route, its first entry the next hop")
    void goesAlongThePath() {
        register(List.of("<sip:p1.example.com;lr>, <sip:p2.example.com;lr>"), Optional.empty(), "<sip:ann@10.0.0.1>");
        assertThat(locator(null).locate(ANN))
                .containsExactly(new Target(
                        "sip:ann@10.0.0.1",
                        List.of("<sip:p1.example.com;lr>, <sip:p2.example.com;lr>"),
                        new SipUri("sip:p1.example.com;lr"),
                        Optional.empty()));
    }

    @Test
    void nobodyIsThereUntilSomebodyRegisters() {
        assertThat(locator(null).locate(ANN)).isEmpty();
        assertThat(locator(null).locate(new SipUri("tel:+358123"))).isEmpty();
    }

    @Test
    void leavesForeignDomainsToDns() {
        var ben = new SipUri("sip:ben@elsewhere.org");
        assertThat(locator(null).locate(ben))
                .containsExactly(new Target(ben.value(), List.of(), ben, Optional.empty()));
    }

    @Test
    void sendsEverythingToAConfiguredNextHop() {
        register(List.of(), Optional.empty(), "<sip:ann@a>");
        String core = "sip:192.0.2.5:5070;transport=tcp";
        for (var user : List.of(ANN, new SipUri("sip:ben@elsewhere.org"), new SipUri("tel:+358123"))) {
            assertThat(locator(core).locate(user))
                    .containsExactly(new Target(user.value(), List.of(), new SipUri(core), Optional.empty()));
        }
    }

    @Test
    @DisplayName("RFC 3261 §8.1.2: a next hop that routes loosely is named in Route")
    void namesALooseRouterInRoute() {
        assertThat(locator("sip:core.example.com;lr").locate(ANN).getFirst().routes())
                .containsExactly("<sip:core.example.com;lr>");
    }

    @Test
    void refusesANextHopThatIsNoSipUri() {
        assertThatThrownBy(() -> locator("core.example.com"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("core.example.com");
    }
}
