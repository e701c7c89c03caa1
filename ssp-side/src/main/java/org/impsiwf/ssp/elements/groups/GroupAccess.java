package org.impsiwf.ssp.elements.groups;

import java.util.Optional;
import org.impsiwf.ssp.primitives.StatusCode;

/** Who may do what in a group (SSP 17). Pure. */
final class GroupAccess {

    /** What is not for everybody. */
    enum Act {
        DELETE,
        READ_PROPERTIES,
        CHANGE_PROPERTIES,
        CHANGE_OWN_PROPERTIES,
        READ_MEMBERS,
        CHANGE_MEMBERS,
        CHANGE_ROLES,
        CHANGE_REJECT_LIST,
        INVITE
    }

    private GroupAccess() {}

    /** Why this user may not do that, empty when it may. */
    static Optional<StatusCode> objection(Act act, Group group, Participant who) {
        return switch (act) {
            // SSP 17.1.2; a public group is nobody's to delete.
            case DELETE -> group.settings().isPublic() ? Optional.of(StatusCode.GROUP_IS_PUBLIC) : unlessAdmin(who);
            case READ_PROPERTIES -> unless(mayRead(group, who), StatusCode.INSUFFICIENT_GROUP_PRIVILEGES);
            case CHANGE_PROPERTIES -> unlessAdmin(who);
            case CHANGE_OWN_PROPERTIES ->
                unless(who.isJoined() || who.isMember(), StatusCode.INSUFFICIENT_GROUP_PRIVILEGES);
            case READ_MEMBERS, CHANGE_MEMBERS -> unless(isPrivileged(who), notPrivileged(who));
            case CHANGE_ROLES -> unless(who.role() == GroupRole.ADMINISTRATOR, notPrivileged(who));
            case CHANGE_REJECT_LIST -> unless(isPrivileged(who), StatusCode.INSUFFICIENT_GROUP_PRIVILEGES);
            case INVITE -> unless(mayInvite(group, who), notPrivileged(who));
        };
    }

    /** Why this user may not join, in the order in which the answer helps most; empty when it may (SSP 17.1.3). */
    static Optional<StatusCode> objectionToJoining(Group group, Participant who, Optional<Long> age, int mostJoined) {
        if (who.rejected()) {
            return Optional.of(StatusCode.REJECTED);
        }
        if (who.isJoined()) {
            return Optional.of(StatusCode.GROUP_IS_ALREADY_JOINED);
        }
        if (!isAdmitted(group, who)) {
            return Optional.of(StatusCode.INSUFFICIENT_GROUP_PRIVILEGES);
        }
        int minimum = group.settings().number(GroupProperty.MINIMUM_AGE);
        // Without an age in the request it is the requestor's domain that vouches (SSP-411); equality suffices (D-17).
        if (age.isPresent() && age.get() < minimum) {
            return Optional.of(StatusCode.MINIMUM_AGE_REQUIREMENT_NOT_FULFILLED);
        }
        int most = group.settings().number(GroupProperty.MAX_ACTIVE_USERS);
        return unless(
                group.joined() < (most == 0 ? mostJoined : Math.min(most, mostJoined)),
                StatusCode.THE_MAXIMUM_NUMBER_OF_JOINED_USERS_HAS_BEEN_REACHED);
    }

    /** Why this user may not see what was said, empty when it may (SSP 16.3.3). */
    static Optional<StatusCode> objectionToHistory(Group group, Participant who) {
        if (who.isJoined()) {
            return Optional.empty();
        }
        if (who.rejected()) {
            return Optional.of(StatusCode.REJECTED);
        }
        boolean forMembers = group.settings().access() != GroupSettings.AccessType.OPEN;
        return Optional.of(
                forMembers && !who.isMember() ? StatusCode.NOT_A_GROUP_MEMBER : StatusCode.GROUP_IS_NOT_JOINED);
    }

    private static boolean isAdmitted(Group group, Participant who) {
        if (isPrivileged(who)) {
            return true;
        }
        boolean invitedIfNeeded = who.invited() || !group.settings().is(GroupProperty.REQUIRE_INVITATION);
        return switch (group.settings().access()) {
            case OPEN -> invitedIfNeeded;
            case RESTRICTED -> (who.isMember() || who.invited()) && invitedIfNeeded;
            case CLOSED -> false;
        };
    }

    /** Whether one may put the other out, change its role or reject it: nobody touches the owner, or who is not below. */
    static boolean isAbove(Group group, Participant who, Participant other) {
        return !group.isOwner(other.user())
                && (who.role() == GroupRole.ADMINISTRATOR || who.role().compareTo(other.role()) > 0);
    }

    private static boolean isPrivileged(Participant who) {
        return who.role().isAtLeast(GroupRole.MODERATOR);
    }

    private static boolean mayRead(Group group, Participant who) {
        return !who.rejected()
                && switch (group.settings().access()) {
                    case OPEN -> true;
                    case RESTRICTED, CLOSED -> who.isJoined() || who.isMember() || who.invited();
                };
    }

    private static boolean mayInvite(Group group, Participant who) {
        return isPrivileged(who)
                || switch (group.settings().access()) {
                    case OPEN -> who.isJoined() || who.isMember();
                    case RESTRICTED, CLOSED -> false;
                };
    }

    private static Optional<StatusCode> unlessAdmin(Participant who) {
        return unless(who.role() == GroupRole.ADMINISTRATOR, StatusCode.INSUFFICIENT_GROUP_PRIVILEGES);
    }

    /** SSP 17.2.5 has two codes: one for those who are in the group, one for those who are not. */
    private static StatusCode notPrivileged(Participant who) {
        return who.isJoined() ? StatusCode.INSUFFICIENT_GROUP_PRIVILEGES : StatusCode.GROUP_IS_NOT_JOINED;
    }

    private static Optional<StatusCode> unless(boolean allowed, StatusCode otherwise) {
        return allowed ? Optional.empty() : Optional.of(otherwise);
    }
}
