package org.impsiwf.ssp.elements.invitation;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.elements.invitation.Invitation.Invitee;
import org.impsiwf.ssp.primitives.UserId;

/** Invitations until their validity is over. Each method is one transaction, or part of the one that runs in this thread. */
public interface InvitationStore {

    /** Adds the invitation, or further invitees to the one that is known under that key; who is in it already stays as he is. */
    void add(Invitation invitation);

    Optional<Invitation> find(Invitation.Key key);

    /** As {@link #find}; nobody else changes it until the transaction ends. */
    Optional<Invitation> lock(Invitation.Key key);

    /** @param answered when it was answered, so that answers can be collected */
    void update(Invitation.Key key, Invitee invitee, Instant answered);

    void remove(Invitation.Key key, Collection<UserId> invitees);

    /** Invitations with answers that the inviting user has not been told, the eldest of them given before that time. */
    List<Invitation.Key> untold(Instant answeredBefore, int atMost);

    /** Forgets some of what is over. */
    void forget(Instant now);
}
