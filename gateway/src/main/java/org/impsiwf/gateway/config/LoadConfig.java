package org.impsiwf.gateway.config;

import java.time.Duration;

/** How much of a domain one neighbour, one client or one user may take. */
public record LoadConfig(
        @Key(
                value = "Requests of one neighbour that are served or wait for it; above it they get 503.",
                byDefault = "2000",
                min = "1",
                max = "1000000")
        int requestsPerPeer,

        @Key(value = "The same of one client of ours.", byDefault = "100", min = "1", max = "100000")
        int requestsPerClient,

        @Key(
                value = "Clients that one user of ours may have at once; more are refused with 639.",
                byDefault = "16",
                min = "1",
                max = "1000")
        int clientsPerUser,

        @Key(
                value = "Clients that all users of ours may have at once; more are refused with 639.",
                byDefault = "1000000",
                min = "1",
                max = "100000000")
        int clients,

        @Key(
                value = "Notices to many users, such as of a change in a group, that are on their way at once.",
                byDefault = "500",
                min = "1",
                max = "100000")
        int telling,

        @Key(
                value = "How long a client of ours may take for what it is sent.",
                byDefault = "5s",
                min = "100ms",
                max = "5m")
        Duration clientPatience) {}
