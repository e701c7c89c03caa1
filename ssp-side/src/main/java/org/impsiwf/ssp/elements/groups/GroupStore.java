package org.impsiwf.ssp.elements.groups;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.impsiwf.ssp.elements.GroupHistory;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.MessageId;
import org.impsiwf.ssp.primitives.UserId;

/**
 * The groups that we host and who is in them, durable. Addresses and screen names are the same regardless of case. Every
 * method throws the storage's own unchecked exception when the database is away.
 */
public interface GroupStore {

    /** All of the work or nothing; it may run twice, so it only reads, decides and writes here. */
    <T> T atomically(Supplier<T> work);

    Optional<Group> find(GroupId group);

    /** As {@link #find}, and nobody else changes the group until the transaction ends. */
    Optional<Group> lock(GroupId group);

    /** Keeps a new group, unless there is one of that name, or its owner or the server has so many already. */
    Creation create(Group group, int mostOfOwner, int mostOfServer);

    /** What became of the wish for a group. */
    enum Creation {
        CREATED,
        EXISTS,
        TOO_MANY_OF_OWNER,
        TOO_MANY_OF_SERVER
    }

    /** Keeps what the group counts, but not its settings. */
    void save(Group group);

    /** Keeps everything of the group itself, and what searches find it by. */
    void saveSettings(Group group);

    /** With all who are known in it, and its history. */
    void delete(GroupId group);

    /** Groups that end by themselves until then, at most so many. */
    List<GroupId> expired(Instant now, int atMost);

    Optional<Participant> participant(GroupId group, UserId user);

    Optional<Participant> withScreenName(GroupId group, String screenName);

    /** One row, however many are in the group; forgets a stranger. */
    void save(GroupId group, Participant participant);

    /** In the order in which they joined. */
    List<Participant> joined(GroupId group);

    /** Joined users of these domains, in every group: a walk over all that there is, for a process that begins. */
    List<Joined> joinedOf(Set<String> domains);

    /** Somebody who is in a group. */
    record Joined(GroupId group, UserId user) {}

    /** The group and who is joined to it: what a message into it needs. Empty for no group. */
    Optional<Attendance> attendance(GroupId group);

    /** @param joined in the order in which they joined */
    record Attendance(Group group, List<Participant> joined) {
        public Attendance {
            joined = List.copyOf(joined);
        }
    }

    /** Members of any role. */
    List<Participant> members(GroupId group);

    List<UserId> rejected(GroupId group);

    /** Joined users who are told of changes. */
    List<UserId> subscribers(GroupId group);

    /** Ends the subscriptions of that user in every group. */
    void unsubscribeEverywhere(UserId user);

    /** Keeps a message as the newest of its group and forgets those before the newest so many; the same id once only. */
    void keep(GroupId group, long number, SendMessageRequest message, int atMost);

    GroupHistory.Page history(GroupId group, long after, int atMost);

    /** That message in every group that keeps it. */
    List<Kept> kept(MessageId id);

    /** A message of a group's history. */
    record Kept(GroupId group, long number, SendMessageRequest message) {}
}
