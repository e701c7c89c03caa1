package org.impsiwf.ssp.elements.groups;

import java.util.Optional;
import org.impsiwf.ssp.elements.Blocking;
import org.impsiwf.ssp.elements.Notifications;
import org.impsiwf.ssp.elements.Outbox;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.elements.ServiceAccessPoint;
import org.impsiwf.ssp.elements.Users;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.UserId;

/** What all parts of the Group Service Element work with. */
public record GroupContext(
        GroupStore store,
        ServiceAccessPoint sap,
        Users users,
        Blocking blocking,
        Outbox outbox,
        Notifications notifications,
        GroupLimits limits) {

    /** The group, which nobody else changes until the transaction ends. */
    Group locked(GroupId group) {
        return store.lock(group).orElseThrow(() -> Refusal.of(StatusCode.GROUP_DOES_NOT_EXIST));
    }

    Group existing(GroupId group) {
        return store.find(group).orElseThrow(() -> Refusal.of(StatusCode.GROUP_DOES_NOT_EXIST));
    }

    Participant participant(Group group, UserId user) {
        return store.participant(group.id(), user).orElseGet(() -> Participant.stranger(user));
    }

    /** @throws Refusal if the act is not for that user */
    void require(GroupAccess.Act act, Group group, Participant who) {
        refuse(GroupAccess.objection(act, group, who));
    }

    static void refuse(Optional<StatusCode> objection) {
        if (objection.isPresent()) {
            throw Refusal.of(objection.get());
        }
    }

    /** Keeps a user's changed entry and counts it; within the transaction that has locked the group. */
    Group save(Group group, Participant before, Participant after) {
        if (before.equals(after)) {
            return group;
        }
        Group next = group.changed(before, after);
        store.save(group.id(), after);
        if (!next.equals(group)) {
            store.save(next);
        }
        return next;
    }

    /** Whether nobody has that address, as far as we can know: users of other domains are theirs to know. */
    boolean isUnknown(UserId user) {
        return sap.isHome(user.domain()) && !users.isRegistered(user);
    }

    /** Whether there is room for one more of whom the group knows something. */
    boolean hasRoomFor(Group group, Participant who) {
        return !who.isStranger() || group.known() < limits.knownPerGroup();
    }

    MetaInformation meta() {
        return MetaInformation.ofServer(sap.serviceId());
    }
}
