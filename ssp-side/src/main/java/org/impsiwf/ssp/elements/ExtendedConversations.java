package org.impsiwf.ssp.elements;

import java.util.Optional;
import org.impsiwf.ssp.primitives.InviteId;
import org.impsiwf.ssp.primitives.UserId;

/** Conversations that are being extended here (SSP 16.2.13), as the one who gets answers to invitations needs them. */
public interface ExtendedConversations {

    /**
     * Somebody answered an invitation of type EC. A refusal by the present partner ends the extension, all else is
     * without effect, since joining decides (D-33).
     *
     * @return whether the invitation was one of ours; if not, the answer is somebody else's
     */
    boolean answered(InviteId invitation, UserId responding, boolean accepted, Optional<String> note);
}
