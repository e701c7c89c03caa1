package org.impsiwf.ssp.elements.groups;

import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.elements.Groups;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.elements.groups.GroupAccess.Act;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.UserId;

/** {@link Groups} over our store. */
final class HostedGroups implements Groups {

    private final GroupContext context;
    private final GroupMessages messages;

    HostedGroups(GroupContext context, GroupMessages messages) {
        this.context = context;
        this.messages = messages;
    }

    /** Of our domain, whether it exists or not; or of a domain that has outsourced its groups to us (SSP-020). */
    @Override
    public boolean isHosted(GroupId group) {
        return context.sap().isHome(group.domain())
                || context.store().find(group).isPresent();
    }

    @Override
    public Status post(UserId sender, SendMessageRequest message, GroupId group, List<ScreenName> whisperedTo) {
        try {
            return messages.post(sender, message, group, whisperedTo);
        } catch (Refusal refusal) {
            return refusal.status();
        }
    }

    @Override
    public void invited(GroupId id, UserId inviting, UserId invited) {
        context.store().atomically(() -> {
            Group group = context.locked(id);
            context.require(Act.INVITE, group, context.participant(group, inviting));
            Participant guest = context.participant(group, invited);
            if (guest.rejected() || !context.hasRoomFor(group, guest)) {
                throw Refusal.of(StatusCode.INSUFFICIENT_GROUP_PRIVILEGES);
            }
            return context.save(group, guest, guest.invitedNow());
        });
    }

    @Override
    public List<UserId> administrators(GroupId group) {
        return context.store().members(group).stream()
                .filter(member -> member.role() == GroupRole.ADMINISTRATOR)
                .map(Participant::user)
                .toList();
    }

    @Override
    public List<UserId> joined(GroupId group) {
        return context.store().joined(group).stream().map(Participant::user).toList();
    }

    @Override
    public Optional<UserId> behind(ScreenName screenName) {
        return screenName
                .groupId()
                .flatMap(group -> context.store().withScreenName(group, screenName.name()))
                .map(Participant::user);
    }
}
