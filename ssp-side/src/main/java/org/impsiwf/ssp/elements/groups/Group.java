package org.impsiwf.ssp.elements.groups;

import java.time.Instant;
import java.util.Optional;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.UserId;

/**
 * A group that we host.
 *
 * @param owner whose group it is; absent: the server's own
 * @param conversation grown out of a talk of two (SSP 16.2.13): what was said before somebody's entry stays hidden to it
 * @param joined how many users are joined now
 * @param known how many users it knows anything of
 * @param namesMade how many screen names the server has made here
 * @param lastMessage the number of its newest message
 */
public record Group(
        GroupId id,
        Optional<UserId> owner,
        GroupSettings settings,
        boolean conversation,
        Instant created,
        int joined,
        int known,
        long namesMade,
        long lastMessage) {

    public static Group of(GroupId id, Optional<UserId> owner, GroupSettings settings, Instant now) {
        return new Group(id, owner, settings, /* conversation= */ false, now, 0, 0, 0, 0);
    }

    static Group ofConversation(GroupId id, GroupSettings settings, Instant now) {
        return new Group(id, Optional.empty(), settings, /* conversation= */ true, now, 0, 0, 0, 0);
    }

    boolean isOwner(UserId user) {
        return owner.map(UserId::value).filter(user.value()::equalsIgnoreCase).isPresent();
    }

    /** When it ends by itself; absent: never. */
    public Optional<Instant> expires() {
        int seconds = settings.number(GroupProperty.VALIDITY);
        return seconds == 0 ? Optional.empty() : Optional.of(created.plusSeconds(seconds));
    }

    Group with(GroupSettings other) {
        return new Group(id, owner, other, conversation, created, joined, known, namesMade, lastMessage);
    }

    /** After one user's entry has changed from one to the other. */
    Group changed(Participant from, Participant to) {
        int joinedNow = joined - one(from.isJoined()) + one(to.isJoined());
        int knownNow = known - one(!from.isStranger()) + one(!to.isStranger());
        return new Group(id, owner, settings, conversation, created, joinedNow, knownNow, namesMade, lastMessage);
    }

    Group nameMade() {
        return new Group(id, owner, settings, conversation, created, joined, known, namesMade + 1, lastMessage);
    }

    Group messagePosted() {
        return new Group(id, owner, settings, conversation, created, joined, known, namesMade, lastMessage + 1);
    }

    /** CSPX-14: whether it ends, now that somebody has left it. */
    boolean endsWhenLeft() {
        return joined == 0 && settings.is(GroupProperty.AUTO_DELETE);
    }

    private static int one(boolean counted) {
        return counted ? 1 : 0;
    }
}
