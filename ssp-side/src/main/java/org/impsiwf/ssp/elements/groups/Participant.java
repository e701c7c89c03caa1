package org.impsiwf.ssp.elements.groups;

import java.time.Instant;
import java.util.Optional;
import org.impsiwf.ssp.primitives.UserId;

/**
 * What a group knows of one user, who may be a member, joined, both, or neither.
 *
 * @param rejected on the reject list: cannot join, and is no member
 * @param invited somebody who may do so has invited it
 * @param presence how it takes part in the discussion; absent while it is not joined
 */
public record Participant(
        UserId user, GroupRole role, boolean rejected, boolean invited, Optional<Presence> presence, OwnSettings own) {

    public Participant {
        if (rejected && role != GroupRole.NONE) {
            throw new IllegalArgumentException(user + " is rejected and " + role);
        }
    }

    /**
     * A joined user.
     *
     * @param screenName unique in the group, regardless of case
     * @param subscribed is told of changes in the group
     * @param afterMessage the number of the group's last message before it joined
     */
    public record Presence(String screenName, boolean subscribed, Instant since, long afterMessage) {}

    /** Somebody of whom the group knows nothing. */
    public static Participant stranger(UserId user) {
        return new Participant(
                user,
                GroupRole.NONE,
                /* rejected= */ false,
                /* invited= */ false,
                Optional.empty(),
                OwnSettings.ofDefaults());
    }

    public boolean isJoined() {
        return presence.isPresent();
    }

    boolean isMember() {
        return role != GroupRole.NONE;
    }

    /** Whether there is anything to be kept of it. */
    public boolean isStranger() {
        return equals(stranger(user));
    }

    /** Who is made a member is no longer rejected. */
    Participant in(GroupRole other) {
        return new Participant(user, other, rejected && other == GroupRole.NONE, invited, presence, own);
    }

    /** Who is rejected is no member and not invited any more. */
    Participant rejectedNow() {
        return new Participant(user, GroupRole.NONE, /* rejected= */ true, /* invited= */ false, presence, own);
    }

    Participant noLongerRejected() {
        return new Participant(user, role, /* rejected= */ false, invited, presence, own);
    }

    Participant invitedNow() {
        return new Participant(user, role, rejected, true, presence, own);
    }

    Participant joined(Presence now) {
        return new Participant(user, role, rejected, invited, Optional.of(now), own);
    }

    Participant left() {
        return new Participant(user, role, rejected, invited, Optional.empty(), own);
    }

    Participant subscribed(boolean now) {
        return new Participant(
                user,
                role,
                rejected,
                invited,
                presence.map(p -> new Presence(p.screenName(), now, p.since(), p.afterMessage())),
                own);
    }

    Participant with(OwnSettings other) {
        return new Participant(user, role, rejected, invited, presence, other);
    }
}
