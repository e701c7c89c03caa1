package org.impsiwf.ssp.elements.groups;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.primitives.ExtendConversationId;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.InviteId;
import org.impsiwf.ssp.primitives.UserId;

/** Conversations that are being extended, durable. Joins the transaction of the {@link GroupStore} that it is called in. */
public interface ConversationStore {

    /** @return false when that initiator has one of that id already */
    boolean add(Extension extension);

    /** As long as it is not ended; nobody else changes it until the transaction ends. */
    Optional<Extension> lock(GroupId group);

    Optional<Extension> withInvitation(InviteId invitation);

    void save(Extension extension);

    void remove(GroupId group);

    /** Those that somebody has to look after, at most so many. */
    List<GroupId> due(Instant now, int atMost);

    /** Keeps what one of our users has asked another domain for, under the id that the answer will have. */
    void remember(ExtendConversationId sent, Asked asked);

    /** Forgets it as well: there is one answer. */
    Optional<Asked> take(ExtendConversationId sent);

    void forgetExpired(Instant now);

    /**
     * Who asked another domain.
     *
     * @param conversation the user's own id
     */
    record Asked(UserId user, ExtendConversationId conversation, Instant expires) {}
}
