package org.impsiwf.ssp.elements.session;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.elements.profile.Password;
import org.impsiwf.ssp.primitives.StatusCode;

/** One step of a user's log-in, decided (SSP 12.1.1, 12.2.1). Pure. */
final class LoginRules {

    private LoginRules() {}

    /** What the client shows. */
    sealed interface Step {}

    record WithPassword(String password) implements Step {}

    record Offering(List<String> schemas) implements Step {}

    record WithDigest(String digest) implements Step {}

    /**
     * What is known of the user.
     *
     * @param password absent: the operator lets it not log in
     * @param clientLoggedIn whether that client has a session already
     * @param challenge what was asked last
     */
    record Facts(
            boolean registered,
            boolean applicationAllowed,
            Optional<Password> password,
            int sessions,
            boolean clientLoggedIn,
            Optional<Challenge> challenge) {}

    sealed interface Decision {}

    /** 401: show a digest by this schema. */
    record Ask(UserDigest schema) implements Decision {}

    /** @param timeToLive absent: for ever */
    record Open(Optional<Duration> timeToLive) implements Decision {}

    record Refuse(StatusCode why) implements Decision {}

    static Decision decide(
            Step step, Optional<Duration> timeToLive, Facts facts, SessionSettings settings, Instant now) {
        if (!facts.registered()) {
            return new Refuse(StatusCode.UNKNOWN_USER);
        }
        if (!facts.applicationAllowed()) {
            return new Refuse(StatusCode.APPLICATION_IS_FORBIDDEN);
        }
        if (facts.password().isEmpty()) {
            return new Refuse(StatusCode.FORBIDDEN);
        }
        String password = facts.password().get().value();
        return switch (step) {
            case Offering(List<String> schemas) ->
                UserDigest.among(schemas)
                        .<Decision>map(Ask::new)
                        .orElse(new Refuse(StatusCode.NO_MATCHING_DIGEST_SCHEME_SUPPORTED));
            case WithPassword(String shown) ->
                UserDigest.same(shown, password)
                        ? opened(timeToLive, facts, settings)
                        : new Refuse(StatusCode.INVALID_PASSWORD);
            case WithDigest(String digest) ->
                facts.challenge()
                                .filter(asked -> now.isBefore(asked.expires()))
                                .filter(asked -> asked.schema().verifies(digest, asked.nonce(), password))
                                .isPresent()
                        ? opened(timeToLive, facts, settings)
                        : new Refuse(StatusCode.INVALID_PASSWORD);
        };
    }

    private static Decision opened(Optional<Duration> timeToLive, Facts facts, SessionSettings settings) {
        if (facts.clientLoggedIn()) {
            return new Refuse(StatusCode.CLIENT_ID_IS_NOT_UNIQUE);
        }
        if (facts.sessions() >= settings.sessionsPerUser()) {
            return new Refuse(StatusCode.USER_SESSION_LIMITATION_REACHED);
        }
        return new Open(settings.granted(timeToLive));
    }
}
