package org.impsiwf.gateway.config;

import java.time.Duration;

/** The recent past of conversations. */
public record TraceConfig(
        @Key(
                value = "Conversations that are remembered; 0 switches it off.",
                byDefault = "1000",
                min = "0",
                max = "1000000")
        int conversations,

        @Key(
                value = "Messages that are remembered of each; the oldest go first.",
                byDefault = "200",
                min = "10",
                max = "10000")
        int messages,

        @Key(
                value = "How long a conversation is remembered after its last message.",
                byDefault = "1h",
                min = "1s",
                max = "7d")
        Duration age) {}
