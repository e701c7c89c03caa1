package org.impsiwf.ssp.elements.groups;

import java.util.Optional;
import org.impsiwf.ssp.elements.groups.GroupAccess.Act;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.GroupPrimitive.GetGroupPropsResponse;
import org.impsiwf.ssp.primitives.GroupPrimitive.SetGroupPropsRequest;
import org.impsiwf.ssp.primitives.GroupProperties;
import org.impsiwf.ssp.primitives.OwnProperties;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.UserId;

/** The properties of groups, and of users in them (SSP 17.1.11, 17.1.12). */
final class PropertyChanges {

    private final GroupContext context;
    private final GroupNotices notices;

    PropertyChanges(GroupContext context, GroupNotices notices) {
        this.context = context;
        this.notices = notices;
    }

    GetGroupPropsResponse get(GroupId id, UserId user) {
        Group group = context.existing(id);
        Participant who = context.participant(group, user);
        context.require(Act.READ_PROPERTIES, group, who);
        return new GetGroupPropsResponse(
                Status.of(StatusCode.SUCCESSFUL),
                group.settings().toProperties(group.joined()),
                who.own().toProperties(who.role()));
    }

    Status set(SetGroupPropsRequest request, UserId user) {
        GroupProperties changed = context.store().atomically(() -> {
            Group group = context.locked(request.groupId());
            Participant who = context.participant(group, user);
            // A refusal of either part undoes the other: one request is done as a whole or not at all.
            Group withOwn = request.ownPropList()
                    .map(wanted -> withOwn(group, who, wanted))
                    .orElse(group);
            Group next = request.groupPropList()
                    .map(wanted -> with(withOwn, who, wanted))
                    .orElse(withOwn);
            if (!next.settings().equals(group.settings())) {
                context.store().saveSettings(next);
            }
            return next.settings().changesSince(group.settings());
        });
        if (!changed.properties().isEmpty() || changed.welcomeNote().isPresent()) {
            notices.propertiesChanged(request.groupId(), changed);
        }
        return Status.of(StatusCode.SUCCESSFUL);
    }

    private Group withOwn(Group group, Participant who, OwnProperties wanted) {
        context.require(Act.CHANGE_OWN_PROPERTIES, group, who);
        return context.save(group, who, who.with(who.own().with(wanted)));
    }

    private Group with(Group group, Participant who, GroupProperties wanted) {
        context.require(Act.CHANGE_PROPERTIES, group, who);
        GroupSettings next = group.settings().with(wanted);
        if (next.isPublic() != group.settings().isPublic()) {
            // Who owns a group is settled when it is made.
            GroupContext.refuse(Optional.of(StatusCode.INVALID_UNSUPPORTED_GROUP_PROPERTIES));
        }
        return group.with(next);
    }
}
