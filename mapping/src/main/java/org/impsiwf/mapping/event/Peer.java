package org.impsiwf.mapping.event;

import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.primitives.ServiceId;

/**
 * A neighbour on the SSP side, as it is now.
 *
 * @param up whether its session pair is open
 * @param acceptedContentTypes what it said it takes; empty when it did not say
 * @param maxContentSize bytes that it takes in one message, absent when no limit is known
 * @param invitesFirst whether a SIP user's INVITE becomes an InviteRequest (IM) before it is answered
 * @param takesCancelInvite false for a peer that must never be sent a CancelInviteRequest (ssp-wire-syntax 11, row 13)
 */
public record Peer(
        ServiceId id,
        boolean up,
        List<String> acceptedContentTypes,
        Optional<Long> maxContentSize,
        boolean invitesFirst,
        boolean takesCancelInvite) {

    /** A peer that keeps to the plain reading of the document. */
    public static Peer plain(ServiceId id, boolean up) {
        return new Peer(id, up, List.of(), Optional.empty(), false, true);
    }
}
