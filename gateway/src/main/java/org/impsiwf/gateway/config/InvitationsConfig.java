package org.impsiwf.gateway.config;

import java.time.Duration;
import java.util.List;

/** Invitations. */
public record InvitationsConfig(
        @Key(
                "What users may be invited to, by the abbreviations of SSP 13.1.7; none named: to everything. Others are refused with 402.")
        List<Type> types,

        @Key(
                value = "Whether an invitation waits for a user who is not logged in; else it is refused with 410.",
                byDefault = "true")
        boolean storeOffline,

        @Key(
                value = "How long an invitation stands that says nothing about it.",
                byDefault = "1d",
                min = "1m",
                max = "365d")
        Duration validity,

        @Key(value = "Whatever an invitation says, it stands no longer.", byDefault = "30d", min = "1m", max = "365d")
        Duration longestValidity,

        @Key(
                value = "How long answers are gathered for one InviteResponse; 0s: each goes alone.",
                byDefault = "0s",
                min = "0s",
                max = "1h")
        Duration collect,

        @Key(value = "Users that one invitation may name.", byDefault = "1000", min = "1", max = "100000")
        int mostInvited) {

    /** See {@link InvitationsConfig#types}. */
    public enum Type {
        GR,
        IM,
        PR,
        SC,
        GM,
        EC,
        EG,
        AP
    }
}
