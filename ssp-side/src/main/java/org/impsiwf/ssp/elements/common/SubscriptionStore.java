package org.impsiwf.ssp.elements.common;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.impsiwf.ssp.primitives.ClientId;
import org.impsiwf.ssp.primitives.NotificationType;
import org.impsiwf.ssp.primitives.UserId;

/** Which general notifications each client wants; not longer than its session lives. */
public interface SubscriptionStore {

    /** One client that wants notifications; {@code client} absent where the user has only one, without a name. */
    record Subscriber(UserId user, Optional<ClientId> client) {}

    /**
     * Changes what one client wants while nobody else does.
     *
     * @param change may be called more than once
     */
    void change(Subscriber subscriber, UnaryOperator<Set<NotificationType>> change);

    /** The clients of these users that want that type. */
    List<Subscriber> wanting(NotificationType type, Collection<UserId> users);

    Set<NotificationType> of(Subscriber subscriber);
}
