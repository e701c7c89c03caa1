package org.impsiwf.gateway.config;

/** How many contacts one user may keep. */
public record ContactListsConfig(
        @Key(
                value = "Contact lists of one user; more are refused with 403.",
                byDefault = "100",
                min = "1",
                max = "10000")
        int mostLists,

        @Key(value = "Users in one list; more are refused with 403.", byDefault = "1000", min = "1", max = "100000")
        int mostMembers,

        @Key(
                value =
                        "Users and lists of one user that have an attribute list of their own; more are refused with 403.",
                byDefault = "10000",
                min = "1",
                max = "100000")
        int mostAssociations) {}
