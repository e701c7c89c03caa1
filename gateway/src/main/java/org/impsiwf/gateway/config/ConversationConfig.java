package org.impsiwf.gateway.config;

import java.time.Duration;

/** How conversations are carried. */
public record ConversationConfig(
        @Key(
                value =
                        "How a message leaves for a SIP user with no session open: `pager` as MESSAGE, `session` in an MSRP session "
                                + "that we INVITE to, `auto` by its size and by what the user's client takes.",
                byDefault = "auto")
        Mode mode,

        @Key(
                value = "The largest MESSAGE request; a larger message always leaves in a session (RFC 3428 §8).",
                byDefault = "1300",
                min = "500",
                max = "64KB")
        ByteCount pagerLimit,

        @Key(
                value = "A session that carries nothing for this long is ended.",
                byDefault = "10m",
                min = "10s",
                max = "24h")
        Duration idleTimeout,

        @Key(value = "How long our INVITE may ring.", byDefault = "18s", min = "1s", max = "3m")
        Duration invitationWait,

        @Key(
                value = "How long an agreed MSRP session may take to be connected.",
                byDefault = "8s",
                min = "1s",
                max = "1m")
        Duration connectWait,

        @Key(
                value =
                        "How long a message may wait for the other side's answer before its sender is told that it failed.",
                byDefault = "28s",
                min = "1s",
                max = "31s")
        Duration answerWait,

        @Key(
                value = "How long the ids of concluded messages are kept against repeats.",
                byDefault = "5m",
                min = "1m",
                max = "1d")
        Duration repeatMemory,

        @Key(
                value = "How long a delivery report may come after its message.",
                byDefault = "3d",
                min = "1m",
                max = "30d")
        Duration reportMemory,

        @Key(
                value = "Messages that may wait for one SIP user in one conversation.",
                byDefault = "100",
                min = "1",
                max = "10000")
        int maxWaitingMessages,

        @Key(value = "The same in bytes.", byDefault = "4MB", min = "64KB", max = "256MB")
        ByteCount maxWaitingBytes,

        @Key(
                value = "Whether a MESSAGE asks for an IMDN when the IMPS sender wants a delivery report.",
                byDefault = "true")
        boolean imdn) {

    /** See {@link ConversationConfig#mode}. */
    public enum Mode {
        PAGER,
        SESSION,
        AUTO
    }
}
