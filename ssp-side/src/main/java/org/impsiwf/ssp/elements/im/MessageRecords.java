package org.impsiwf.ssp.elements.im;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.ImPrimitive.DeliveryMethod;
import org.impsiwf.ssp.primitives.MessageId;
import org.impsiwf.ssp.primitives.UserId;

/** What is remembered about users' wishes and about messages beyond their delivery. */
public interface MessageRecords {

    /**
     * How messages reach a user.
     *
     * @param contentLimit bytes, more is only notified; of a group's messages only
     */
    record Method(DeliveryMethod method, Optional<Long> contentLimit) {}

    void setMethod(UserId user, Optional<GroupId> group, Method method);

    /** What each user has chosen for that group, or else in general; absent who has not chosen. */
    Map<UserId, Method> methods(Collection<UserId> users, Optional<GroupId> group);

    /** Whether that message of that sender has reached that user already. */
    boolean isTaken(UserId recipient, String sender, MessageId message);

    void taken(Collection<UserId> recipients, String sender, MessageId message, Instant until);

    /** A message of a user of ours whose reports will come from that domain under that id. */
    void awaitReports(MessageId theirs, String domain, Awaited awaited, Instant until);

    /** @param ours the id under which the sender knows the message */
    record Awaited(UserId sender, MessageId ours) {}

    Optional<Awaited> awaited(MessageId theirs, String domain);

    /** Forgets some of what is no longer needed. */
    void forget(Instant now);
}
