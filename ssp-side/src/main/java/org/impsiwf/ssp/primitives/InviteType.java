package org.impsiwf.ssp.primitives;

/** SSP 13.1.7: what somebody is invited to. */
public enum InviteType {
    /** A group. */
    GR,
    /** An exchange of instant messages. */
    IM,
    /** Presence of the inviting user. */
    PR,
    /** Shared content. */
    SC,
    /** A group, on behalf of a group. */
    GM,
    /** The extension of a conversation. */
    EC,
    /** An extended group; from the provider to an invited user's domain only. */
    EG,
    /** An application. */
    AP;

    /** D-12: an invitee of EC and EG needs the group to join as much as one of GR. */
    public boolean needsGroup() {
        return this == GR || this == GM || this == EC || this == EG;
    }
}
