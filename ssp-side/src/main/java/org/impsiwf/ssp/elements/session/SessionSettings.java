package org.impsiwf.ssp.elements.session;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.impsiwf.ssp.primitives.ApplicationId;
import org.impsiwf.ssp.primitives.Content;
import org.impsiwf.ssp.primitives.CspFeatures;

/**
 * What an operator decides about the sessions of other domains' users.
 *
 * @param sessionsPerUser 639 beyond it
 * @param longest a session's time to live that is granted at most; a KeepAlive that wants more gets 635
 * @param challengeLife how long a nonce is good for
 * @param forbiddenApplications 515
 * @param asksCapabilities whether a client is asked for its capabilities after log-in
 * @param functions what users are offered (SSP 12.1.6)
 */
public record SessionSettings(
        int sessionsPerUser,
        Duration longest,
        Duration challengeLife,
        Set<ApplicationId> forbiddenApplications,
        boolean asksCapabilities,
        Provider provider,
        CspFeatures functions) {

    /** What UserGetSPInfo tells (SSP 12.1.5). */
    public record Provider(String name, Optional<Content> logo, Optional<String> text, Optional<String> url) {}

    public SessionSettings {
        forbiddenApplications = Set.copyOf(forbiddenApplications);
    }

    public static SessionSettings of(String providerName) {
        return new SessionSettings(
                5,
                Duration.ofHours(12),
                Duration.ofMinutes(1),
                Set.of(),
                true,
                new Provider(providerName, Optional.empty(), Optional.empty(), Optional.empty()),
                CspFunctions.ALL);
    }

    public SessionSettings offering(CspFeatures other) {
        return new SessionSettings(
                sessionsPerUser, longest, challengeLife, forbiddenApplications, asksCapabilities, provider, other);
    }

    public SessionSettings forbidding(Set<ApplicationId> applications) {
        return new SessionSettings(
                sessionsPerUser, longest, challengeLife, applications, asksCapabilities, provider, functions);
    }

    /** SSP-243: never zero. */
    Optional<Duration> granted(Optional<Duration> wanted) {
        return wanted.map(time -> time.isZero() || time.compareTo(longest) > 0 ? longest : time);
    }
}
