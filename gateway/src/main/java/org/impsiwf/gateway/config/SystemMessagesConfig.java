package org.impsiwf.gateway.config;

import java.time.Duration;

/** When wrong answers to system messages are enough. */
public record SystemMessagesConfig(
        @Key(
                value = "Wrong answers of one user within `window` after which it gets 611.",
                byDefault = "5",
                min = "1",
                max = "1000")
        int mostWrong,

        @Key(value = "See `most-wrong`.", byDefault = "1h", min = "1m", max = "1d")
        Duration window,

        @Key(value = "How long it then gets 611.", byDefault = "15m", min = "1s", max = "1d")
        Duration protection) {}
