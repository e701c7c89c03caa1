package org.impsiwf.ssp.elements.groups;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.impsiwf.ssp.elements.Notice;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.elements.groups.GroupAccess.Act;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.GroupPrimitive.CreateGroupRequest;
import org.impsiwf.ssp.primitives.GroupProperties;
import org.impsiwf.ssp.primitives.NotificationType;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.UserId;

/** How groups begin and end (SSP 17.1.1, 17.1.2). */
final class GroupLifecycle {

    private static final int AT_ONCE = 100;

    private final GroupContext context;
    private final Entrance entrance;
    private final GroupNotices notices;

    GroupLifecycle(GroupContext context, Entrance entrance, GroupNotices notices) {
        this.context = context;
        this.entrance = entrance;
        this.notices = notices;
    }

    Status create(CreateGroupRequest request, UserId user, Instant now) {
        requireOwn(request.groupId(), user);
        GroupSettings settings = GroupSettings.ofDefaults().with(request.groupProps());
        if (settings.isPublic()) {
            throw Refusal.of(StatusCode.INVALID_UNSUPPORTED_GROUP_PROPERTIES, "a user's group is private");
        }
        context.store().atomically(() -> {
            Group group = Group.of(request.groupId(), Optional.of(user), settings, now);
            keep(group);
            Participant stranger = Participant.stranger(user);
            Participant administrator = stranger.in(GroupRole.ADMINISTRATOR);
            if (request.joinGroup()) {
                entrance.enter(group, stranger, administrator, request.screenName(), request.subscribeNotif(), now);
            } else {
                context.save(group, stranger, administrator);
            }
            return group;
        });
        context.notifications().raise(Notice.ofGroup(NotificationType.GC, request.groupId()), List.of(user));
        return Status.of(StatusCode.SUCCESSFUL);
    }

    /** SSP 6.3.2: a user's groups stand under the user's name, in the user's domain. */
    private static void requireOwn(GroupId group, UserId user) {
        String owner = user.value().replaceFirst("@[^@]*$", "/");
        boolean own =
                group.domain().equals(user.domain()) && group.value().regionMatches(true, 0, owner, 0, owner.length());
        if (!own) {
            throw Refusal.of(StatusCode.FORBIDDEN, "the Group-ID is not one of the user's");
        }
    }

    /** A public group, which the server owns and only its operator changes. */
    Group createPublic(GroupId id, GroupProperties properties, Instant now) {
        GroupSettings asked = GroupSettings.ofDefaults().with(properties);
        GroupSettings settings = asked.with(GroupProperty.TYPE, "Public");
        return context.store().atomically(() -> keep(Group.of(id, Optional.empty(), settings, now)));
    }

    /** @throws Refusal 801, 814 or 815 */
    Group keep(Group group) {
        return switch (context.store()
                .create(
                        group,
                        context.limits().groupsPerUser(),
                        context.limits().groups())) {
            case CREATED -> group;
            case EXISTS -> throw Refusal.of(StatusCode.GROUP_ALREADY_EXISTS);
            case TOO_MANY_OF_OWNER ->
                throw Refusal.of(StatusCode.THE_MAXIMUM_NUMBER_OF_GROUPS_HAS_BEEN_REACHED_FOR_THE_USER);
            case TOO_MANY_OF_SERVER ->
                throw Refusal.of(StatusCode.THE_MAXIMUM_NUMBER_OF_GROUPS_HAS_BEEN_REACHED_FOR_THE_SERVER);
        };
    }

    Status delete(GroupId id, UserId user) {
        GroupContext.refuse(end(
                id,
                "the group was deleted",
                group -> GroupAccess.objection(Act.DELETE, group, context.participant(group, user))));
        return Status.of(StatusCode.SUCCESSFUL);
    }

    /** Ends what is to end by itself. */
    void expire(Instant now) {
        for (GroupId id : context.store().expired(now, AT_ONCE)) {
            // Somebody may have given it more time meanwhile.
            end(
                    id,
                    "the group has ended",
                    group -> group.expires().filter(end -> !end.isAfter(now)).isPresent()
                            ? Optional.empty()
                            : Optional.of(StatusCode.FORBIDDEN));
        }
    }

    /** @return why it goes on, absent when it has ended */
    private Optional<StatusCode> end(GroupId id, String reason, Function<Group, Optional<StatusCode>> objection) {
        record Ended(Optional<StatusCode> refused, List<UserId> owner, List<UserId> joined, List<UserId> members) {}
        Ended ended = context.store().atomically(() -> {
            Optional<Group> group = context.store().lock(id);
            Optional<StatusCode> refused = group.map(objection).orElse(Optional.of(StatusCode.GROUP_DOES_NOT_EXIST));
            if (refused.isPresent()) {
                return new Ended(refused, List.of(), List.of(), List.of());
            }
            Ended all = new Ended(
                    refused,
                    group.orElseThrow().owner().stream().toList(),
                    users(context.store().joined(id).stream()),
                    users(context.store().members(id).stream()));
            context.store().delete(id);
            return all;
        });
        if (ended.refused().isEmpty()) {
            notices.ended(id, ended.joined(), reason);
            // SSP Table 48: deleted for its owner, removed for those who were in it.
            context.notifications().raise(Notice.ofGroup(NotificationType.GD, id), ended.owner());
            List<UserId> others = Stream.concat(ended.members().stream(), ended.joined().stream())
                    .distinct()
                    .filter(user -> !ended.owner().contains(user))
                    .toList();
            context.notifications().raise(Notice.ofGroup(NotificationType.GR, id), others);
        }
        return ended.refused();
    }

    private static List<UserId> users(Stream<Participant> participants) {
        return participants.map(Participant::user).toList();
    }
}
