package org.impsiwf.gateway.config;

import java.util.List;

/** Who may watch whom. */
public record PresenceConfig(
        @Key(value = "Users who may watch one user (758).", byDefault = "10000", min = "1", max = "1000000")
        int mostWatchers,

        @Key(
                value = "Users whom one user may watch; more are refused with 403.",
                byDefault = "10000",
                min = "1",
                max = "1000000")
        int mostSubscriptions,

        @Key(value = "Whether a subscription outlives the session of its user (SSP 15.2.1).", byDefault = "true")
        boolean persistent,

        @Key("Users who may publish presence for others (SSP 15.2.6).")
        List<ImpsUserAddress> editors) {}
