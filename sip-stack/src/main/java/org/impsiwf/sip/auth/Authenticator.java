package org.impsiwf.sip.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.impsiwf.sip.header.HeaderException;
import org.impsiwf.sip.header.HeaderText;
import org.impsiwf.sip.header.SipAddress;

/**
 * Decides who sent a request: a trusted source, a user proven by digest, or nobody yet. An unknown user and a wrong
 * password get the same answer after the same work. Reads nonces from a store, so it may block.
 */
public final class Authenticator {

    private static final Pattern ADDRESS_LITERAL = Pattern.compile("[0-9.]+|\\[[0-9A-Fa-f:.]+]");
    private static final int MAX_CREDENTIALS = 8;

    private final Users users;
    private final TrustedSources trusted;
    private final Nonces nonces;
    private final AuthPolicy policy;

    /** Stands for the secret of users that don't exist. */
    private final String nobodysPassword = UUID.randomUUID().toString();

    public Authenticator(Users users, TrustedSources trusted, Nonces nonces, AuthPolicy policy) {
        this.users = users;
        this.trusted = trusted;
        this.nonces = nonces;
        this.policy = policy;
    }

    /** Not to be asked for ACK and CANCEL, which no one can send again with credentials (RFC 3261 §22.1). */
    public Verdict authenticate(AuthenticationRequest request) {
        if (trusted.contains(request.source())) {
            return new Verdict.Trusted();
        }
        Optional<DigestCredentials> credentials;
        try {
            credentials = credentialsFor(request);
        } catch (HeaderException e) {
            return new Verdict.Refused(400, "Malformed Credentials");
        }
        return credentials.map(found -> verify(request, found)).orElseGet(() -> challenge(request, false));
    }

    /** RFC 3261 §22.3: the credentials of our realm among those for other servers. */
    private Optional<DigestCredentials> credentialsFor(AuthenticationRequest request) throws HeaderException {
        var values = new ArrayList<>(request.authorization());
        values.addAll(request.proxyAuthorization());
        if (values.size() > MAX_CREDENTIALS) {
            throw new HeaderException("more than " + MAX_CREDENTIALS + " credentials");
        }
        Optional<DigestCredentials> ours = Optional.empty();
        for (String value : values) {
            var parsed = DigestCredentials.parse(value)
                    .filter(credentials -> credentials.realm().equalsIgnoreCase(request.realm()));
            ours = ours.isPresent() ? ours : parsed;
        }
        return ours;
    }

    private Verdict verify(AuthenticationRequest request, DigestCredentials credentials) {
        boolean offered = policy.algorithms().contains(credentials.algorithm().base());
        boolean knownQop = credentials
                .qop()
                .map(qop -> qop.equalsIgnoreCase("auth") || qop.equalsIgnoreCase("auth-int"))
                .orElse(!policy.requireQop());
        if (!offered || !knownQop) {
            return challenge(request, false);
        }
        if (!sameTarget(credentials.uri(), request.requestUri())) {
            return new Verdict.Refused(400, "Digest URI Mismatch"); // RFC 7616 §3.4.6
        }
        Optional<User> user = users.byDigestUsername(credentials.username(), credentials.realm());
        String ha1 = ha1(user, credentials);
        String expected = credentials.expectedResponse(ha1, request.method(), request.body());
        boolean proven = equalInConstantTime(expected, credentials.response().toLowerCase(Locale.ROOT));
        if (!proven || user.isEmpty()) {
            return challenge(request, false);
        }
        // RFC 7616 §3.3: stale tells the client that its password was right; only a good digest gets that far.
        if (!nonces.isFresh(credentials.nonce()) || !nonces.use(credentials.nonce(), credentials.nonceCount())) {
            return challenge(request, true);
        }
        if (!speaksFor(user.get(), request.fromUri())) {
            return new Verdict.Refused(403, "Not Your Identity");
        }
        return new Verdict.Authenticated(user.get(), authenticationInfo(credentials, ha1));
    }

    private String ha1(Optional<User> user, DigestCredentials credentials) {
        Optional<String> stored = user.flatMap(User::ha1);
        if (stored.isPresent()
                && stored.get().length() == credentials.algorithm().digits()) {
            return stored.get().toLowerCase(Locale.ROOT);
        }
        String password = user.flatMap(User::password).orElse(nobodysPassword);
        return credentials.algorithm().hex(credentials.username() + ':' + credentials.realm() + ':' + password);
    }

    private static boolean equalInConstantTime(String expected, String given) {
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.US_ASCII), given.getBytes(StandardCharsets.UTF_8));
    }

    /** Parameters and port aside, which proxies on the way and clients' own notions change. */
    private static boolean sameTarget(String digestUri, String requestUri) {
        if (digestUri.equals(requestUri)) {
            return true;
        }
        Optional<SipAddress> digest = SipAddress.parse(digestUri);
        return digest.isPresent()
                && (namesAHop(digest.get())
                        || SipAddress.parse(requestUri)
                                .map(SipAddress::addressOfRecord)
                                .equals(digest.map(SipAddress::addressOfRecord)));
    }

    /**
     * An address without a user, such as {@code sip:10.0.0.1:5060}: what SIPp and some phones digest is where they send to. It is
     * proven like any other, for this method and once only, so it is taken.
     */
    private static boolean namesAHop(SipAddress digest) {
        return digest.user().isEmpty() && ADDRESS_LITERAL.matcher(digest.host()).matches();
    }

    private static boolean speaksFor(User user, String fromUri) {
        Optional<String> own = SipAddress.parse("sip:" + user.id()).map(SipAddress::addressOfRecord);
        return own.isPresent() && own.equals(SipAddress.parse(fromUri).map(SipAddress::addressOfRecord));
    }

    private Verdict challenge(AuthenticationRequest request, boolean stale) {
        var values = new ArrayList<String>();
        for (DigestAlgorithm algorithm : policy.algorithms()) {
            values.add("Digest realm=" + HeaderText.quote(request.realm())
                    + ", nonce=" + HeaderText.quote(nonces.issue())
                    + ", algorithm=" + algorithm.token()
                    + ", qop=" + HeaderText.quote(policy.qop())
                    + (stale ? ", stale=true" : ""));
        }
        ChallengeKind kind = request.kind();
        return new Verdict.Challenged(kind.status(), kind.header(), List.copyOf(values));
    }

    private static String authenticationInfo(DigestCredentials credentials, String ha1) {
        // With auth-int the digest would cover a response body; our 2xx to authenticated requests have none.
        String proof = "rspauth=" + HeaderText.quote(credentials.responseAuth(ha1, new byte[0]));
        return credentials
                .qop()
                .map(qop -> proof + ", cnonce=" + HeaderText.quote(credentials.clientNonce()) + ", nc="
                        + credentials.nonceCountText() + ", qop=" + qop)
                .orElse(proof);
    }
}
