package org.impsiwf.ssp.elements.groups;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.impsiwf.ssp.elements.Notice;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.elements.groups.GroupAccess.Act;
import org.impsiwf.ssp.elements.groups.GroupNotices.Changed;
import org.impsiwf.ssp.elements.groups.Joining.TakenOut;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.GroupPrimitive.AddGroupMemberRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.GetGroupMemberResponse;
import org.impsiwf.ssp.primitives.GroupPrimitive.MemberAccessRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.RejectListRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.RejectListResponse;
import org.impsiwf.ssp.primitives.GroupPrimitive.RemoveGroupMemberRequest;
import org.impsiwf.ssp.primitives.NotificationType;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.UserId;

/** Who belongs to a group, in which role, and who must stay out (SSP 17.1.7 to 17.1.10, 17.1.13). */
final class MemberLists {

    private final GroupContext context;
    private final Joining joining;
    private final GroupNotices notices;

    MemberLists(GroupContext context, Joining joining, GroupNotices notices) {
        this.context = context;
        this.joining = joining;
        this.notices = notices;
    }

    GetGroupMemberResponse members(GroupId id, UserId user) {
        return context.store().atomically(() -> {
            Group group = allowed(id, user, Act.READ_MEMBERS).group();
            List<Participant> members = context.store().members(group.id());
            return new GetGroupMemberResponse(
                    Status.of(StatusCode.SUCCESSFUL),
                    in(GroupRole.ADMINISTRATOR, members),
                    in(GroupRole.MODERATOR, members),
                    in(GroupRole.ORDINARY, members));
        });
    }

    private static List<UserId> in(GroupRole role, List<Participant> members) {
        return members.stream()
                .filter(member -> member.role() == role)
                .map(Participant::user)
                .toList();
    }

    /** SSP 17.1.8: who is added is an ordinary member; who is a member already stays what it is. */
    Status add(AddGroupMemberRequest request, UserId user) {
        Applied applied = apply(
                request.groupId(),
                user,
                Act.CHANGE_MEMBERS,
                request.userIdList(),
                (asking, other) -> context.isUnknown(other.user())
                        ? Step.refused(StatusCode.UNKNOWN_USER)
                        : other.isMember() ? Step.to(other) : Step.to(other.in(GroupRole.ORDINARY)));
        raise(NotificationType.GMG, request.groupId(), applied.done());
        return applied.status();
    }

    /** SSP 17.1.9: who is removed and joined has to leave as well. */
    Status remove(RemoveGroupMemberRequest request, UserId user) {
        Applied applied = apply(request.groupId(), user, Act.CHANGE_MEMBERS, request.userIdList(), (asking, other) -> {
            if (!other.isMember() && !other.isJoined()) {
                return Step.refused(StatusCode.UNKNOWN_USER);
            }
            return asking.isAbove(other)
                    ? Step.to(other.in(GroupRole.NONE).left())
                    : Step.refused(StatusCode.INSUFFICIENT_GROUP_PRIVILEGES);
        });
        tellWhoIsOut(request.groupId(), applied, "removed from the group");
        raise(NotificationType.GMR, request.groupId(), applied.done());
        return applied.status();
    }

    /** SSP 17.1.10. */
    Status changeRoles(MemberAccessRequest request, UserId user) {
        Map<GroupRole, List<UserId>> wanted = new LinkedHashMap<>();
        wanted.put(GroupRole.ADMINISTRATOR, request.userIdListAdm());
        wanted.put(GroupRole.MODERATOR, request.userIdListMod());
        wanted.put(GroupRole.ORDINARY, request.userIdList());
        record Done(Outcomes outcomes, Map<GroupRole, List<UserId>> users) {}
        Done done = context.store().atomically(() -> {
            Done all = new Done(new Outcomes(), new LinkedHashMap<>());
            wanted.forEach((role, users) -> {
                Applied applied = apply(request.groupId(), user, Act.CHANGE_ROLES, users, (asking, other) -> {
                    if (!other.isMember() && !other.isJoined()) {
                        return Step.refused(StatusCode.UNKNOWN_USER);
                    }
                    return asking.isAbove(other)
                            ? Step.to(other.in(role))
                            : Step.refused(StatusCode.INSUFFICIENT_GROUP_PRIVILEGES);
                });
                all.users().put(role, applied.done());
                all.outcomes().addAll(applied.outcomes());
            });
            return all;
        });
        done.users().forEach((role, users) -> {
            notices.levelChanged(request.groupId(), role, users);
            raise(NotificationType.GMAU, request.groupId(), users);
        });
        return done.outcomes().status();
    }

    RejectListResponse rejectList(RejectListRequest request, UserId user) {
        record Done(Applied applied, List<UserId> rejected) {}
        Done done = context.store().atomically(() -> {
            Applied removed = apply(
                    request.groupId(),
                    user,
                    Act.CHANGE_REJECT_LIST,
                    request.removeUserIdList(),
                    (asking, other) -> other.rejected()
                            ? Step.to(other.noLongerRejected())
                            : Step.refused(StatusCode.UNKNOWN_USER));
            // The last: the group may be gone when its last user is put out.
            Applied added =
                    apply(request.groupId(), user, Act.CHANGE_REJECT_LIST, request.addUserIdList(), (asking, other) -> {
                        if (context.isUnknown(other.user())) {
                            return Step.refused(StatusCode.UNKNOWN_USER);
                        }
                        return asking.isAbove(other)
                                ? Step.to(other.rejectedNow().left())
                                : Step.refused(StatusCode.INSUFFICIENT_GROUP_PRIVILEGES);
                    });
            added.outcomes().addAll(removed.outcomes());
            return new Done(added, context.store().rejected(request.groupId()));
        });
        tellWhoIsOut(request.groupId(), done.applied(), "rejected from the group");
        Status status = done.applied().outcomes().status();
        if (!status.isSuccess()) {
            throw new Refusal(status);
        }
        return new RejectListResponse(status, done.rejected());
    }

    private void tellWhoIsOut(GroupId group, Applied applied, String reason) {
        List<UserId> out = applied.gone().stream().map(Changed::user).toList();
        notices.removed(group, out, reason);
        notices.left(group, applied.gone());
    }

    private void raise(NotificationType type, GroupId group, List<UserId> users) {
        if (!users.isEmpty()) {
            context.notifications().raise(Notice.ofGroup(type, group), users);
        }
    }

    /** Who asks, in the group as it is now. */
    private record Asking(Group group, Participant who) {
        boolean isAbove(Participant other) {
            return GroupAccess.isAbove(group, who, other);
        }
    }

    /** What becomes of one user's entry: the next one, or why not. */
    private record Step(Optional<Participant> next, Optional<StatusCode> refused) {
        static Step to(Participant next) {
            return new Step(Optional.of(next), Optional.empty());
        }

        static Step refused(StatusCode why) {
            return new Step(Optional.empty(), Optional.of(why));
        }
    }

    private record Applied(Outcomes outcomes, List<UserId> done, List<Changed> gone) {
        Status status() {
            return outcomes.status();
        }
    }

    private Asking allowed(GroupId id, UserId user, Act act) {
        Group group = context.locked(id);
        if (context.isUnknown(user)) {
            throw Refusal.of(StatusCode.UNKNOWN_USER);
        }
        Participant who = context.participant(group, user);
        context.require(act, group, who);
        return new Asking(group, who);
    }

    private Applied apply(
            GroupId id, UserId user, Act act, List<UserId> others, BiFunction<Asking, Participant, Step> step) {
        return context.store().atomically(() -> {
            Asking asking = allowed(id, user, act);
            Outcomes outcomes = new Outcomes();
            List<UserId> done = new ArrayList<>();
            List<Joining.Change> changes = new ArrayList<>();
            int room = context.limits().knownPerGroup() - asking.group().known();
            for (UserId one : List.copyOf(new LinkedHashSet<>(others))) {
                Participant before = context.participant(asking.group(), one);
                Step taken = step.apply(asking, before);
                boolean fits = !before.isStranger() || room > 0;
                if (taken.refused().isPresent() || !fits) {
                    outcomes.failed(taken.refused().orElse(StatusCode.FORBIDDEN), one);
                    continue;
                }
                room -= before.isStranger() ? 1 : 0;
                outcomes.succeeded();
                done.add(one);
                changes.add(new Joining.Change(before, taken.next().orElseThrow()));
            }
            TakenOut out = joining.takeOut(asking.group(), changes);
            return new Applied(outcomes, List.copyOf(done), out.gone());
        });
    }
}
