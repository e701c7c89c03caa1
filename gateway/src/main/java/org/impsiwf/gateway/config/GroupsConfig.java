package org.impsiwf.gateway.config;

/** How much groups may take. */
public record GroupsConfig(
        @Key(
                value = "Groups of the domain; more are refused with 815.",
                byDefault = "100000",
                min = "1",
                max = "100000000")
        int mostGroups,

        @Key(
                value = "Groups that one user may own; more are refused with 814.",
                byDefault = "100",
                min = "1",
                max = "1000000")
        int mostPerUser,

        @Key(value = "Users who may be joined to one group (817).", byDefault = "10000", min = "1", max = "1000000")
        int mostJoined,

        @Key(
                value = "Members, joined, invited and rejected users of one group together.",
                byDefault = "20000",
                min = "1",
                max = "1000000")
        int mostKnown,

        @Key(value = "Messages that a group with a history keeps.", byDefault = "100", min = "0", max = "100000")
        int history) {}
