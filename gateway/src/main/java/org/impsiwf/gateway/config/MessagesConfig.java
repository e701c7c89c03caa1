package org.impsiwf.gateway.config;

import java.time.Duration;
import java.util.List;

/** Instant messages, stored ones, and block lists. */
public record MessagesConfig(
        @Key(
                value = "Whether a message for a user who is not logged in is stored; else it is refused with 533.",
                byDefault = "true")
        boolean storeOffline,

        @Key(
                value =
                        "Whether a message for a domain that is down or silent is stored and sent again; else it is refused.",
                byDefault = "false")
        boolean storeForSilentDomains,

        @Key(
                value = "Messages stored for one user; more are refused with 507.",
                byDefault = "500",
                min = "1",
                max = "100000")
        int quota,

        @Key(
                value = "How long a message is kept that says nothing about it.",
                byDefault = "7d",
                min = "1m",
                max = "365d")
        Duration validity,

        @Key(value = "Whatever a message says, it is kept no longer.", byDefault = "30d", min = "1m", max = "365d")
        Duration longestValidity,

        @Key(
                value = "How long a Message-ID is known, so that a repeat is not delivered twice.",
                byDefault = "2h",
                min = "1m",
                max = "30d")
        Duration repeatMemory,

        @Key(value = "How long a delivery report waits for its sender.", byDefault = "7d", min = "1m", max = "365d")
        Duration reports,

        @Key(
                value =
                        "First pause before what another domain did not take is sent again; it doubles up to `retry-max`.",
                byDefault = "5s",
                min = "100ms",
                max = "10m")
        Duration retryMin,

        @Key(value = "Longest pause before it is sent again.", byDefault = "1m", min = "1s", max = "1d")
        Duration retryMax,

        @Key(
                value = "How messages reach a user who has not chosen: `push`, or `notify` and the client gets them.",
                byDefault = "push")
        Method method,

        @Key("Content types that are taken; none named: all. Others are refused with 415.")
        List<String> types,

        @Key(
                value = "The largest content; larger ones are refused with 540.",
                byDefault = "1000000",
                min = "1KB",
                max = "16MB")
        ByteCount largest,

        @Key(
                value = "The largest content that GetMessage gives; for larger ones it gives 546.",
                byDefault = "1000000",
                min = "1KB",
                max = "16MB")
        ByteCount largestFetched,

        @Key(
                value = "Recipients of one message, contact lists expanded; more are refused with 540.",
                byDefault = "1000",
                min = "1",
                max = "100000")
        int mostRecipients,

        @Key(
                value = "Messages in one list; a request for more is refused with 539.",
                byDefault = "200",
                min = "1",
                max = "10000")
        int mostListed,

        @Key(value = "Entries of one block list.", byDefault = "500", min = "1", max = "100000")
        int mostBlocked,

        @Key(value = "Entries of one grant list.", byDefault = "500", min = "1", max = "100000")
        int mostGranted,

        @Key(value = "Whether `wv:*@domain` may be on these lists.", byDefault = "true")
        boolean wildcards) {

    /** See {@link MessagesConfig#method}. */
    public enum Method {
        PUSH,
        NOTIFY
    }
}
