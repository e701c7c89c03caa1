package org.impsiwf.gateway.config;

import java.time.Duration;
import java.util.Optional;

/** Talks of two that become groups. */
public record ExtensionsConfig(
        @Key(value = "How long the partner of the talk may take to join.", byDefault = "60s", min = "1s", max = "1d")
        Duration timeout,

        @Key(value = "Users that one request may name.", byDefault = "200", min = "1", max = "10000")
        int mostInvited,

        @Key(value = "Whether such a group keeps its messages.", byDefault = "true")
        boolean history,

        @Key("What such a group says when its initiator gave nothing.")
        Optional<String> welcomeNote) {}
