package org.impsiwf.ssp.elements.delivery;

import java.time.Instant;
import org.impsiwf.ssp.primitives.Primitive;

/**
 * One primitive on its way to one destination.
 *
 * @param id grows with the time of acceptance
 * @param lane what is in one lane leaves in order; lanes of one destination don't wait for each other
 * @param reference what the element finds it by: a Message-ID or Invite-ID
 * @param attempts how often its destination has been tried in vain since it last worked
 */
public record Pending(
        long id,
        Kind kind,
        Destination destination,
        String lane,
        String reference,
        Primitive primitive,
        int attempts,
        Instant stored,
        Instant expires) {

    /** Who carries it and learns how it ended. */
    public enum Kind {
        /** A message for a user whose PSE we are; kept as its SendMessageRequest. */
        MESSAGE,
        /** A message for another domain. */
        RELAYED_MESSAGE,
        /** A DeliveryStatusReport for a sender. */
        REPORT,
        /** An InviteUserRequest for an invited user. */
        INVITATION,
        /** A CancelInviteUserRequest for an invited user. */
        CANCELLATION,
        /** The answers to an invitation, for the inviting user. */
        ANSWER,
        /** An InviteUserResponse of a user of ours, for its PSE. */
        RELAYED_ANSWER
    }

    public boolean isExpired(Instant now) {
        return !now.isBefore(expires);
    }

    /** A primitive that is to become pending. */
    public record Order(
            Kind kind, Destination destination, String lane, String reference, Primitive primitive, Instant expires) {}
}
