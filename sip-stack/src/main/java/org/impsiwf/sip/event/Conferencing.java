package org.impsiwf.sip.event;

import java.util.Optional;

/**
 * What an INVITE says about conferences.
 *
 * @param list its URI list (RFC 5366), flat, each URI once; absent when it has none
 * @param replaces the usage whose dialog it is to replace: the edge has found it, it is open, and the same user asks (RFC 3891 §3)
 * @param isFocus whether its Contact says the feature tag {@literal "isfocus"} (RFC 3840): its sender hosts the conference
 */
public record Conferencing(Optional<UriList> list, Optional<InviteUsageId> replaces, boolean isFocus) {

    /** A plain INVITE. */
    public static final Conferencing NONE = new Conferencing(Optional.empty(), Optional.empty(), false);
}
