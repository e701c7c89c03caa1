package org.impsiwf.sip.registrar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.impsiwf.sip.header.Header;
import org.impsiwf.store.local.LocalStores;
import org.impsiwf.store.time.VirtualTime;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrarTest {

    private static final String ANN = "sip:ann@example.com";

    private final VirtualTime time = new VirtualTime(Instant.parse("2026-11-21T09:08:07Z"));
    private final LocalStores stores = LocalStores.serialising(time);
    private final Registrar registrar = new Registrar(
            stores,
            RegistrarPolicy.of(Set.of("example.com")),
            address -> address.startsWith("sip:ann") || address.startsWith("sip:null"),
            time);

    private long cseq;

    private RegisterRequest request(String to, String... contacts) {
        cseq++;
        return new RegisterRequest(
                "sip:example.com",
                "<" + to + ">",
                "call-1",
                cseq,
                List.of(contacts),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty());
    }

    private static RegisterRequest expiring(RegisterRequest r, String expires) {
        return new RegisterRequest(
                r.requestUri(),
                r.to(),
                r.callId(),
                r.cseq(),
                r.contacts(),
                Optional.of(expires),
                r.path(),
                r.supported(),
                r.flow());
    }

    private static RegisterRequest called(RegisterRequest r, String callId, long cseq) {
        return new RegisterRequest(
                r.requestUri(), r.to(), callId, cseq, r.contacts(), r.expires(), r.path(), r.supported(), r.flow());
    }

    private RegisterAnswer register(String... contacts) {
        return registrar.register(request(ANN, contacts));
    }

    private static List<String> values(RegisterAnswer answer, String name) {
        return answer.headers().stream()
                .filter(header -> header.name().equals(name))
                .map(Header::value)
                .toList();
    }

    private List<String> reachable() {
        return registrar.bindings(ANN).stream().map(Binding::contact).toList();
    }

    @Test
    @DisplayName("RFC 3261 §10.3 step 8: 200 lists every contact with its expiry, and the date")
    void answersWithAllContacts() {
        register("<sip:ann@192.0.2.1>;expires=600;q=0.5");
        var answer = register("<sip:ann@192.0.2.2;transport=tcp>");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(values(answer, "Contact"))
                .containsExactly(
                        "<sip:ann@192.0.2.1>;expires=600;q=0.500", "<sip:ann@192.0.2.2;transport=tcp>;expires=3600");
        assertThat(values(answer, "Date")).containsExactly("Sat, 21 Nov 2026 09:08:07 GMT");
    }

    @Test
    @DisplayName("RFC 3261 §10.2.3: a REGISTER without Contact asks, and changes nothing")
    void tellsTheBindings() {
        register("<sip:ann@192.0.2.1>");
        assertThat(values(register(), "Contact")).containsExactly("<sip:ann@192.0.2.1>;expires=3600");
    }

    @Test
    void ordersContactsByQ() {
        register("<sip:ann@a>;q=0.1, <sip:ann@b>;q=1.0", "<sip:ann@c>;q=0.75");
        assertThat(reachable()).containsExactly("sip:ann@b", "sip:ann@c", "sip:ann@a");
    }

    @Test
    @DisplayName("RFC 3261 §10.3 step 7: expiry of the contact, else of Expires, else the default; cut at the maximum")
    void grantsExpiry() {
        assertThat(values(
                        registrar.register(expiring(
                                request(
                                        ANN,
                                        "<sip:ann@a>;expires=120",
                                        "<sip:ann@b>",
                                        "<sip:ann@c>;expires=99999999999"),
                                "300")),
                        "Contact"))
                .containsExactly("<sip:ann@a>;expires=120", "<sip:ann@b>;expires=300", "<sip:ann@c>;expires=86400");
    }

    @Test
    @DisplayName("RFC 3261 §20.10: an expires that cannot be read counts as 3600")
    void readsMalformedExpiresAsAnHour() {
        assertThat(values(register("<sip:ann@a>;expires=soon"), "Contact")).containsExactly("<sip:ann@a>;expires=3600");
    }

    @Test
    @DisplayName("RFC 3261 §10.3 step 7: an expiry below the minimum is 423 with Min-Expires, and nothing changes")
    void refusesShortExpiry_423() {
        var answer = register("<sip:ann@a>", "<sip:ann@b>;expires=59");
        assertThat(answer.status()).isEqualTo(423);
        assertThat(answer.headers()).containsExactly(new Header("Min-Expires", "60"));
        assertThat(reachable()).isEmpty();
    }

    @Test
    void aBindingEndsWithItsTimeAndTheStoreForgetsIt() {
        register("<sip:ann@a>;expires=60", "<sip:ann@b>;expires=120");
        time.advance(Duration.ofSeconds(60));
        assertThat(reachable()).containsExactly("sip:ann@b");
        time.advance(Duration.ofSeconds(60));
        assertThat(reachable()).isEmpty();
        assertThat(stores.open("sip-registrations", Registration.class).size()).isZero();
    }

    @Test
    @DisplayName("RFC 3261 §10.2.2: expires=0 removes one contact")
    void removesOneContact() {
        register("<sip:ann@a>", "<sip:ann@b>");
        register("<sip:ann@A>;expires=0");
        assertThat(reachable()).containsExactly("sip:ann@b");
    }

    @Test
    @DisplayName("RFC 3261 §10.2.2: Contact * with Expires 0 removes all")
    void removesAllContacts() {
        register("<sip:ann@a>", "<sip:ann@b>");
        var answer = registrar.register(expiring(request(ANN, "*"), "0"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(values(answer, "Contact")).isEmpty();
        assertThat(reachable()).isEmpty();
        assertThat(stores.open("sip-registrations", Registration.class).size()).isZero();
    }

    @Test
    @DisplayName("RFC 3261 §10.3 step 6: Contact * with another contact or another Expires is 400")
    void refusesWildcardWithAnythingElse_400() {
        register("<sip:ann@a>");
        assertThat(register("*").status()).isEqualTo(400);
        assertThat(registrar.register(expiring(request(ANN, "*"), "10")).status())
                .isEqualTo(400);
        assertThat(registrar
                        .register(expiring(request(ANN, "*", "<sip:ann@b>"), "0"))
                        .status())
                .isEqualTo(400);
        assertThat(reachable()).containsExactly("sip:ann@a");
    }

    @Test
    @DisplayName("RFC 3261 §10.3 step 7: within one Call-ID an older CSeq changes nothing, not even other contacts")
    void refusesRequestsOutOfOrder() {
        registrar.register(called(request(ANN, "<sip:ann@a>"), "c", 7));
        var late = called(request(ANN, "<sip:ann@new>", "<sip:ann@a>;expires=0"), "c", 7);
        assertThat(registrar.register(late).status()).isEqualTo(500);
        assertThat(registrar
                        .register(expiring(called(request(ANN, "*"), "c", 6), "0"))
                        .status())
                .isEqualTo(500);
        assertThat(reachable()).containsExactly("sip:ann@a");
        assertThat(registrar
                        .register(called(request(ANN, "<sip:ann@a>;expires=0"), "d", 1))
                        .status())
                .isEqualTo(200);
        assertThat(reachable()).isEmpty();
    }

    @Test
    @DisplayName("RFC 3261 §19.1.4: contacts that are one URI are one binding")
    void refreshesTheSameContactWrittenOtherwise() {
        register("<sip:%61nn@Host.example:5070;transport=TCP>");
        register("<sip:ann@host.example:5070;transport=tcp>");
        assertThat(reachable()).containsExactly("sip:ann@host.example:5070;transport=tcp");
        register("<sip:ann@host.example:5070>");
        assertThat(reachable()).hasSize(2);
    }

    @Test
    @DisplayName("RFC 3261 §10.3 step 5: an address that is not known, or not of a served domain, is 404")
    void refusesUnknownAddresses_404() {
        assertThat(registrar
                        .register(request("sip:zoe@example.com", "<sip:z@a>"))
                        .status())
                .isEqualTo(404);
        assertThat(registrar
                        .register(request("sip:ann@elsewhere.com", "<sip:z@a>"))
                        .status())
                .isEqualTo(404);
    }

    @Test
    @DisplayName("RFC 4475 §3.1.1.4: users that differ only after %00 have their own bindings")
    void keepsUsersWithEscapedNullApart() {
        registrar.register(request("sip:null-%00-one@example.com", "<sip:%00@one.example>"));
        registrar.register(request("sip:null-%00-two@EXAMPLE.com", "<sip:%00@two.example>"));
        assertThat(registrar.bindings("sip:null-%00-one@example.com"))
                .extracting(Binding::contact)
                .containsExactly("sip:%00@one.example");
    }

    @Test
    @DisplayName("RFC 3327 §5.3: Path is kept with the binding and told in the 200")
    void keepsThePath() {
        var r = request(ANN, "<sip:ann@10.0.0.1>");
        var answer = registrar.register(new RegisterRequest(
                r.requestUri(),
                r.to(),
                r.callId(),
                r.cseq(),
                r.contacts(),
                r.expires(),
                List.of("<sip:p1.example.com;lr>", "<sip:p2.example.com;lr>"),
                List.of("path"),
                r.flow()));
        assertThat(values(answer, "Path")).containsExactly("<sip:p1.example.com;lr>", "<sip:p2.example.com;lr>");
        assertThat(registrar.bindings(ANN).getFirst().path())
                .containsExactly("<sip:p1.example.com;lr>", "<sip:p2.example.com;lr>");
    }

    private RegisterRequest outbound(String contact, String flow) {
        var r = request(ANN, contact);
        return new RegisterRequest(
                r.requestUri(),
                r.to(),
                "call-" + cseq,
                r.cseq(),
                r.contacts(),
                r.expires(),
                List.of(),
                List.of("path", "outbound"),
                Optional.of(flow));
    }

    @Test
    @DisplayName("RFC 5626 §6: the same instance and reg-id replace a flow, another reg-id adds one")
    void replacesOutboundFlows() {
        String instance = ";+sip.instance=\"<urn:uuid:00000000-0000-1000-8000-000A95A0E128>\"";
        registrar.register(outbound("<sip:ann@10.0.0.1:1111>;reg-id=1" + instance, "flow-a"));
        var answer = registrar.register(outbound("<sip:ann@10.0.0.1:2222>;reg-id=1" + instance, "flow-b"));
        assertThat(values(answer, "Require")).containsExactly("outbound");
        assertThat(values(answer, "Contact"))
                .containsExactly("<sip:ann@10.0.0.1:2222>;expires=3600" + instance + ";reg-id=1");
        registrar.register(outbound("<sip:ann@10.0.0.1:3333>;reg-id=2" + instance, "flow-c"));
        assertThat(registrar.bindings(ANN))
                .extracting(binding -> binding.flow().orElseThrow())
                .containsExactly("flow-b", "flow-c");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no uri",
                "<sip:ann@a",
                "\"open <sip:ann@a>",
                "<sip:ann@a>;q=2",
                "<sip:ann@a>;q=0.1234",
                "<sip:a@a> x"
            })
    void refusesMalformedContacts_400(String contact) {
        assertThat(register("<sip:ann@good>", contact).status()).isEqualTo(400);
        assertThat(reachable()).isEmpty();
    }

    @Test
    void bindsNoMoreContactsThanThePolicyAllows() {
        String[] contacts =
                IntStream.range(0, 11).mapToObj(i -> "<sip:ann@h" + i + ">").toArray(String[]::new);
        assertThat(register(contacts).status()).isEqualTo(403);
        assertThat(reachable()).isEmpty();
    }

    @Test
    void concurrentRegistrationsAllCount() throws Exception {
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = IntStream.range(0, 8)
                    .<Callable<RegisterAnswer>>mapToObj(
                            i -> () -> registrar.register(called(requestFor(i), "call-" + i, 1)))
                    .toList();
            for (var answer : pool.invokeAll(all)) {
                assertThat(answer.get().status()).isEqualTo(200);
            }
        }
        assertThat(reachable()).hasSize(8);
    }

    private static RegisterRequest requestFor(int i) {
        return new RegisterRequest(
                "sip:example.com",
                "<" + ANN + ">",
                "c",
                1,
                List.of("<sip:ann@h" + i + ">"),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty());
    }
}
