package org.impsiwf.gateway.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Sessions of users of other domains whose passwords we hold. */
public record UserSessionsConfig(
        @Key(
                value = "Sessions that one user may have at once; more are refused with 639.",
                byDefault = "5",
                min = "1",
                max = "1000")
        int perUser,

        @Key(
                value = "Longest time-to-live that is granted; KeepAlive for more is refused with 635.",
                byDefault = "12h",
                min = "1m",
                max = "30d")
        Duration longest,

        @Key(value = "How long the nonce of a log-in is good for.", byDefault = "1m", min = "1s", max = "1h")
        Duration challengeLife,

        @Key("Application-IDs that may not log in (515).") List<String> forbiddenApplications,

        @Key(value = "Whether a client is asked for its capabilities after its log-in.", byDefault = "true")
        boolean asksCapabilities,

        @Key("What UserGetSPInfo says; without it our domain.")
        Optional<String> providerName,

        @Key("The same: a sentence about us.") Optional<String> providerText,

        @Key("The same: our page.") Optional<String> providerUrl) {}
