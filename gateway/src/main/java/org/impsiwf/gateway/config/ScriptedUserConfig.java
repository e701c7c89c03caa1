package org.impsiwf.gateway.config;

import java.time.Duration;
import java.util.Optional;

/**
 * A simulated IMPS user of our domain; or one of another domain whose password we hold by an agreement, who logs in there
 * and does nothing here.
 */
public record ScriptedUserConfig(
        @Key("User-ID, `wv:user@domain`.") ImpsUserAddress id,

        @Key("The Friendly Name that the user is registered with (SSP 6.3).")
        Optional<String> name,

        @Key("The password for a log-in of the user through another domain (SSP 12); without it there is none.")
        Optional<Secret> password,

        @Key(
                value =
                        "What the user does with a message: `echo` sends it back, `accept` takes it, `refuse` answers with "
                                + "`status`, `silent` never answers.",
                byDefault = "echo")
        Answer answer,

        @Key(value = "The SSP status code of `refuse`.", byDefault = "532", min = "400", max = "999")
        int status,

        @Key(value = "How long the user takes.", byDefault = "0s", min = "0s", max = "10m")
        Duration delay) {

    /** See {@link ScriptedUserConfig#answer}. */
    public enum Answer {
        ECHO,
        ACCEPT,
        REFUSE,
        SILENT
    }
}
