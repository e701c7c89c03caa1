package org.impsiwf.sip.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.impsiwf.sip.auth.Verdict.Authenticated;
import org.impsiwf.sip.auth.Verdict.Challenged;
import org.impsiwf.sip.auth.Verdict.Refused;
import org.impsiwf.sip.auth.Verdict.Trusted;
import org.impsiwf.store.local.LocalStores;
import org.impsiwf.store.time.VirtualTime;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AuthenticatorTest {

    private static final Duration LIFETIME = Duration.ofMinutes(5);
    private static final String ANN = "sip:ann@example.com";
    private static final String TARGET = "sip:example.com";

    private static final User ANN_USER =
            new User("ann@example.com", Optional.of("secret"), Optional.empty(), Optional.of("Ann"));
    private static final User BEN_USER = new User(
            "ben@example.com",
            Optional.empty(),
            Optional.of(DigestAlgorithm.MD5.hex("ben:example.com:other")),
            Optional.empty());

    private final VirtualTime time = new VirtualTime();
    private final LocalStores stores = LocalStores.serialising(time);
    private final Authenticator authenticator = with(AuthPolicy.DEFAULT);

    private Authenticator with(AuthPolicy policy) {
        return new Authenticator(
                Users.of(List.of(ANN_USER, BEN_USER)),
                TrustedSources.of(List.of("127.0.0.0/8")),
                new Nonces(stores, time, LIFETIME),
                policy);
    }

    private static AuthenticationRequest request(String from, String body, String... authorization) {
        return new AuthenticationRequest(
                "REGISTER",
                TARGET,
                from,
                "example.com",
                address("192.0.2.9"),
                List.of(authorization),
                List.of(),
                body.getBytes(UTF_8),
                ChallengeKind.WWW);
    }

    private static InetAddress address(String text) {
        return InetAddress.ofLiteral(text);
    }

    /** What a client computes, by the formulas of RFC 7616 §3.4. */
    private record Client(String user, String password, DigestAlgorithm algorithm, Optional<String> qop) {

        static final Client ANN_MD5 = new Client("ann", "secret", DigestAlgorithm.MD5, Optional.of("auth"));

        String answer(String nonce, int count, String body) {
            return answer(nonce, count, TARGET, body);
        }

        String answer(String nonce, int count, String uri, String body) {
            String nc = "%08x".formatted(count);
            String ha1 = algorithm.hex(user + ":example.com:" + password);
            if (algorithm.isSession()) {
                ha1 = algorithm.hex(ha1 + ":" + nonce + ":cn");
            }
            String a2 = "REGISTER:" + uri;
            if (qop.equals(Optional.of("auth-int"))) {
                a2 += ":" + algorithm.hex(body);
            }
            String middle = qop.map(q -> nonce + ":" + nc + ":cn:" + q).orElse(nonce);
            String response = algorithm.hex(ha1 + ":" + middle + ":" + algorithm.hex(a2));
            return "Digest username=\"" + user + "\", realm=\"example.com\", nonce=\"" + nonce + "\", uri=\"" + uri
                    + "\", response=\"" + response + "\", algorithm=" + algorithm.token() + ", cnonce=\"cn\""
                    + qop.map(q -> ", qop=" + q + ", nc=" + nc).orElse("");
        }
    }

    private String freshNonce(Authenticator of) {
        return nonceOf(of.authenticate(request(ANN, "")));
    }

    private static String nonceOf(Verdict verdict) {
        var matcher = Pattern.compile("nonce=\"([^\"]+)\"")
                .matcher(((Challenged) verdict).headerValues().getFirst());
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    private static boolean isStale(Verdict verdict) {
        return verdict instanceof Challenged challenged
                && challenged.headerValues().getFirst().contains("stale=true");
    }

    @Test
    @DisplayName("RFC 3261 §22.2: a request without credentials is challenged with realm, nonce, algorithm and qop")
    void challengesAnUnknownSender_401() {
        var challenged = (Challenged) authenticator.authenticate(request(ANN, ""));
        assertThat(challenged.status()).isEqualTo(401);
        assertThat(challenged.headerName()).isEqualTo("WWW-Authenticate");
        assertThat(challenged.headerValues())
                .singleElement()
                .asString()
                .matches("Digest realm=\"example.com\", nonce=\"[-_A-Za-z0-9]{43}\", algorithm=MD5, qop=\"auth\"");
    }

    @Test
    @DisplayName("RFC 3261 §22.3: a proxy challenges with 407")
    void challengesAsProxy_407() {
        var asked = new AuthenticationRequest(
                "MESSAGE",
                ANN,
                ANN,
                "example.com",
                address("192.0.2.9"),
                List.of(),
                List.of(),
                new byte[0],
                ChallengeKind.PROXY);
        assertThat(authenticator.authenticate(asked)).isInstanceOfSatisfying(Challenged.class, challenged -> {
            assertThat(challenged.status()).isEqualTo(407);
            assertThat(challenged.headerName()).isEqualTo("Proxy-Authenticate");
        });
    }

    @Test
    void asksNothingOfATrustedSource() {
        var trusted = new AuthenticationRequest(
                "MESSAGE",
                ANN,
                ANN,
                "example.com",
                address("::ffff:127.0.0.1"),
                List.of(),
                List.of(),
                new byte[0],
                ChallengeKind.WWW);
        assertThat(authenticator.authenticate(trusted)).isEqualTo(new Trusted());
    }

    @ParameterizedTest
    @EnumSource(DigestAlgorithm.class)
    @DisplayName("RFC 7616 §3.4, RFC 8760 §2.1: every algorithm proves a user, with qop auth, auth-int and none")
    void acceptsEveryFormOfDigest(DigestAlgorithm algorithm) {
        var both = with(new AuthPolicy(List.of(DigestAlgorithm.SHA_256, DigestAlgorithm.MD5), "auth,auth-int", false));
        for (var qop : List.of(Optional.of("auth"), Optional.of("auth-int"), Optional.<String>empty())) {
            var client = new Client("ann", "secret", algorithm, qop);
            assertThat(both.authenticate(request(ANN, "body", client.answer(freshNonce(both), 1, "body"))))
                    .as("%s %s", algorithm, qop)
                    .isInstanceOfSatisfying(
                            Authenticated.class,
                            proven -> assertThat(proven.user()).isEqualTo(ANN_USER));
        }
    }

    @Test
    void offersSeveralAlgorithmsInTheOrderOfThePolicy() {
        var both = with(new AuthPolicy(List.of(DigestAlgorithm.SHA_256, DigestAlgorithm.MD5), "auth", false));
        assertThat(((Challenged) both.authenticate(request(ANN, ""))).headerValues())
                .extracting(value -> value.contains("SHA-256"))
                .containsExactly(true, false);
    }

    @Test
    @DisplayName("RFC 7616 §3.4.3: with auth-int a changed body is a wrong digest")
    void aChangedBodyIsNotProven() {
        var client = new Client("ann", "secret", DigestAlgorithm.MD5, Optional.of("auth-int"));
        String answer = client.answer(freshNonce(authenticator), 1, "body");
        assertThat(authenticator.authenticate(request(ANN, "BODY", answer))).isInstanceOf(Challenged.class);
    }

    @Test
    void acceptsTheStoredHashInPlaceOfAPassword() {
        var ben = new Client("ben", "other", DigestAlgorithm.MD5, Optional.of("auth"));
        assertThat(authenticator.authenticate(
                        request("sip:ben@example.com", "", ben.answer(freshNonce(authenticator), 1, ""))))
                .isInstanceOf(Authenticated.class);
    }

    @Test
    @DisplayName(
            "RFC 7616 §3.4: nc must be new for its nonce; a replay is asked again, a later or skipped count is fine")
    void refusesAReplayedNonceCount() {
        String nonce = freshNonce(authenticator);
        assertThat(answered(nonce, 1)).isInstanceOf(Authenticated.class);
        assertThat(isStale(answered(nonce, 1))).isTrue();
        assertThat(answered(nonce, 5)).isInstanceOf(Authenticated.class);
        assertThat(answered(nonce, 3)).isInstanceOf(Authenticated.class);
        assertThat(isStale(answered(nonce, 3))).isTrue();
        assertThat(answered(nonce, 200)).isInstanceOf(Authenticated.class);
        assertThat(isStale(answered(nonce, 2))).isTrue();
        assertThat(isStale(answered(nonce, 0))).isTrue();
    }

    @Test
    @DisplayName("RFC 2617 §3.2.2.1: without qop there is no count, so the nonce serves once")
    void aNonceWithoutCountServesOnce() {
        var legacy = new Client("ann", "secret", DigestAlgorithm.MD5, Optional.empty());
        String nonce = freshNonce(authenticator);
        assertThat(authenticator.authenticate(request(ANN, "", legacy.answer(nonce, 1, ""))))
                .isInstanceOf(Authenticated.class);
        assertThat(isStale(authenticator.authenticate(request(ANN, "", legacy.answer(nonce, 1, "")))))
                .isTrue();
        assertThat(isStale(answered(nonce, 7))).isTrue();
    }

    private Verdict answered(String nonce, int count) {
        return authenticator.authenticate(request(ANN, "", Client.ANN_MD5.answer(nonce, count, "")));
    }

    @Test
    @DisplayName("RFC 7616 §3.3: a right digest over an old nonce is asked again with stale=true")
    void tellsThatANonceIsStale() {
        String nonce = freshNonce(authenticator);
        time.advance(LIFETIME);
        assertThat(answered(nonce, 1)).isInstanceOf(Authenticated.class);
        time.advance(Duration.ofMillis(1));
        assertThat(isStale(answered(nonce, 2))).isTrue();
    }

    @Test
    void aNonceServesAcrossTheChangeOfKeysAndOnEveryNode() {
        time.advance(LIFETIME.minusSeconds(1));
        String nonce = freshNonce(authenticator);
        time.advance(Duration.ofMinutes(2));
        assertThat(with(AuthPolicy.DEFAULT).authenticate(request(ANN, "", Client.ANN_MD5.answer(nonce, 1, ""))))
                .isInstanceOf(Authenticated.class);
    }

    @Test
    void aNonceThatWeNeverIssuedIsStaleAndLeavesNoTrace() {
        for (String made : List.of("x", "A".repeat(43), "not base64!", "")) {
            assertThat(isStale(answered(made, 1))).as(made).isTrue();
        }
        assertThat(stores.open("sip-nonce-uses", Nonces.NonceUse.class).size()).isZero();
    }

    @Test
    void wrongPasswordAndUnknownUserAreAskedAgainAlikeAndLeaveNoTrace() {
        var shapes = new HashSet<String>();
        for (var client : List.of(
                new Client("ann", "wrong", DigestAlgorithm.MD5, Optional.of("auth")),
                new Client("nobody", "wrong", DigestAlgorithm.MD5, Optional.of("auth")),
                new Client("ann@elsewhere.com", "secret", DigestAlgorithm.MD5, Optional.of("auth")))) {
            var verdict = (Challenged)
                    authenticator.authenticate(request(ANN, "", client.answer(freshNonce(authenticator), 1, "")));
            assertThat(isStale(verdict)).isFalse();
            shapes.add(verdict.headerValues().getFirst().replace(nonceOf(verdict), ""));
        }
        assertThat(shapes).hasSize(1);
        assertThat(stores.open("sip-nonce-uses", Nonces.NonceUse.class).size()).isZero();
    }

    @Test
    @DisplayName("RFC 3261 §10.3 step 4: a proven user that speaks for somebody else is 403")
    void refusesAUserThatSpeaksForAnother_403() {
        String answer = Client.ANN_MD5.answer(freshNonce(authenticator), 1, "");
        assertThat(authenticator.authenticate(request("sip:ben@example.com", "", answer)))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.status()).isEqualTo(403));
    }

    @Test
    void takesTheUsernameWithItsDomainToo() {
        var withDomain = new Client("ann@example.com", "secret", DigestAlgorithm.MD5, Optional.of("auth"));
        assertThat(authenticator.authenticate(
                        request("sip:%61nn@EXAMPLE.com:5060", "", withDomain.answer(freshNonce(authenticator), 1, ""))))
                .isInstanceOf(Authenticated.class);
    }

    @Test
    @DisplayName("RFC 3261 §22.3: credentials for other realms are passed over")
    void picksTheCredentialsOfOurRealm() {
        String ours = Client.ANN_MD5.answer(freshNonce(authenticator), 1, "");
        String other = ours.replace("realm=\"example.com\"", "realm=\"elsewhere.org\"");
        assertThat(authenticator.authenticate(request(ANN, "", other, ours))).isInstanceOf(Authenticated.class);
        assertThat(authenticator.authenticate(request(ANN, "", other))).isInstanceOf(Challenged.class);
    }

    @Test
    void takesADigestOfTheAddressThatTheClientSendsTo() {
        String credentials = Client.ANN_MD5.answer(freshNonce(authenticator), 1, "sip:127.0.0.1:5060", "");
        assertThat(authenticator.authenticate(request(ANN, "", credentials))).isInstanceOf(Authenticated.class);
    }

    @Test
    @DisplayName("RFC 7616 §3.4.6: a digest for another URI, or malformed credentials, is 400")
    void refusesCredentialsForAnotherRequest_400() {
        String answer = Client.ANN_MD5.answer(freshNonce(authenticator), 1, "");
        assertThat(authenticator.authenticate(request(ANN, "", answer.replace(TARGET, "sip:ben@example.com"))))
                .isEqualTo(new Refused(400, "Digest URI Mismatch"));
        assertThat(authenticator.authenticate(request(ANN, "", "Digest username=\"ann")))
                .isEqualTo(new Refused(400, "Malformed Credentials"));
    }

    @Test
    @DisplayName("RFC 7616 §3.5: Authentication-Info proves that we know the secret too")
    void provesItselfToTheClient() {
        String nonce = freshNonce(authenticator);
        var proven = (Authenticated) answered(nonce, 1);
        DigestAlgorithm md5 = DigestAlgorithm.MD5;
        String rspauth =
                md5.hex(md5.hex("ann:example.com:secret") + ":" + nonce + ":00000001:cn:auth:" + md5.hex(":" + TARGET));
        assertThat(proven.authenticationInfo())
                .isEqualTo("rspauth=\"" + rspauth + "\", cnonce=\"cn\", nc=00000001, qop=auth");
    }

    @Test
    void whatWasUsedIsForgottenOnceItCannotBeReplayed() {
        assertThat(answered(freshNonce(authenticator), 1)).isInstanceOf(Authenticated.class);
        time.advance(LIFETIME.multipliedBy(2).plusSeconds(1));
        assertThat(stores.open("sip-nonce-uses", Nonces.NonceUse.class).size()).isZero();
    }

    @Test
    void aUserNeverTellsItsSecret() {
        assertThat(ANN_USER.toString()).doesNotContain("secret");
    }
}
