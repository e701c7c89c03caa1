package org.impsiwf.ssp.elements.groups;

import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.GroupPrimitive.GetGroupSubStatusResponse;
import org.impsiwf.ssp.primitives.GroupPrimitive.SubscriptionStatus;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.UserId;

/** Who is told of changes in a group (SSP 17.1.14 to 17.1.16). A subscription lasts as long as its user is joined (E-75). */
final class ChangeSubscriptions {

    private final GroupContext context;

    ChangeSubscriptions(GroupContext context) {
        this.context = context;
    }

    Status set(GroupId id, UserId user, boolean subscribed) {
        return context.store().atomically(() -> {
            Group group = context.locked(id);
            Participant who = joined(group, user);
            context.save(group, who, who.subscribed(subscribed));
            return Status.of(StatusCode.SUCCESSFUL);
        });
    }

    GetGroupSubStatusResponse status(GroupId id, UserId user) {
        Participant who = joined(context.existing(id), user);
        return new GetGroupSubStatusResponse(
                Status.of(StatusCode.SUCCESSFUL),
                id,
                who.presence().filter(Participant.Presence::subscribed).isPresent()
                        ? SubscriptionStatus.SUBSCRIBED
                        : SubscriptionStatus.UNSUBSCRIBED);
    }

    private Participant joined(Group group, UserId user) {
        Participant who = context.participant(group, user);
        if (!who.isJoined()) {
            throw Refusal.of(StatusCode.GROUP_IS_NOT_JOINED);
        }
        return who;
    }
}
