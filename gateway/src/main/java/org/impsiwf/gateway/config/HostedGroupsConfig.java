package org.impsiwf.gateway.config;

import java.time.Duration;
import java.util.Optional;
import org.impsiwf.ssp.primitives.ServiceId;

/** Groups: conferences of SIP users, and the groups of ours that users of other domains join. */
public record HostedGroupsConfig(
        @Key("The peer that hosts the groups of ad-hoc conferences. Without it we do.")
        Optional<ServiceId> hostedBy,

        @Key(
                value = "How long the partner of a talk has to join the group that it becomes (SSP 16.2.13).",
                byDefault = "60s",
                min = "1s",
                max = "10m")
        Duration extensionTimeout,

        @Key(
                value =
                        "With `cluster.mode: local`: how long SIP members of our groups may take to call again after the gateway was "
                                + "killed, before they are put out.",
                byDefault = "60s",
                min = "1s",
                max = "1h")
        Duration callAgain,

        @Key(value = "Users that may be in one of our groups at once.", byDefault = "1000", min = "2", max = "100000")
        int maxMembers,

        @Key(value = "Groups that we host.", byDefault = "100000", min = "1", max = "10000000")
        int maxGroups,

        @Key(value = "Groups of one user that we host.", byDefault = "100", min = "1", max = "100000")
        int maxGroupsPerUser,

        @Key(
                value = "Whether the state of a conference (RFC 4575) is told to others than its participants, too.",
                byDefault = "false")
        boolean rosterForAll,

        @Key(
                value =
                        "How our INVITE into a group tells a SIP client which talk it replaces: `replaces` by the header of RFC 3891, "
                                + "`session-replaces` by the talk's Contribution-ID as RCS clients do, `by-client` as the client has shown "
                                + "that it understands it.",
                byDefault = "by-client")
        Replacing replacing) {

    /** See {@link HostedGroupsConfig#replacing}. */
    public enum Replacing {
        BY_CLIENT,
        REPLACES,
        SESSION_REPLACES
    }
}
