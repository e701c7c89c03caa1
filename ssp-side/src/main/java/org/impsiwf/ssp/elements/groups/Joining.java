package org.impsiwf.ssp.elements.groups;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.elements.groups.Entrance.Entered;
import org.impsiwf.ssp.elements.groups.GroupNotices.Changed;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.GroupPrimitive.JoinGroupRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.JoinGroupResponse;
import org.impsiwf.ssp.primitives.GroupPrimitive.LeaveGroupIndication;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.UserId;

/** Joining and leaving, of one's own will or not (SSP 17.1.3 to 17.1.5). */
final class Joining {

    private final GroupContext context;
    private final Entrance entrance;
    private final GroupNotices notices;
    private final ConversationEntry conversations;

    Joining(GroupContext context, Entrance entrance, GroupNotices notices, ConversationEntry conversations) {
        this.context = context;
        this.entrance = entrance;
        this.notices = notices;
        this.conversations = conversations;
    }

    /** What somebody's joining means to a conversation that is being extended. */
    interface ConversationEntry {

        /**
         * Called for groups of conversations only, in the transaction of the joining.
         *
         * @return what is to be done once the joining was answered, telling others of it included; absent when it is a
         *     joining like any other
         */
        Optional<Runnable> joined(Entered entered, Instant now);
    }

    JoinGroupResponse join(JoinGroupRequest request, UserId user, Instant now) {
        record Done(Entered entered, Optional<Runnable> afterwards, List<String> names) {}
        Done done = context.store().atomically(() -> {
            Group group = context.locked(request.groupId());
            Participant who = context.participant(group, user);
            requireMayJoin(group, who, request.joinedUsersAge());
            Participant changed =
                    who.with(request.ownPropList().map(who.own()::with).orElseGet(who::own));
            Entered entered = entrance.enter(group, who, changed, request.screenName(), request.subscribeNotif(), now);
            Optional<Runnable> afterwards =
                    group.conversation() ? conversations.joined(entered, now) : Optional.empty();
            return new Done(entered, afterwards, request.joinedRequest() ? names(group.id()) : List.of());
        });
        done.afterwards()
                .ifPresentOrElse(
                        context.sap()::afterwards,
                        () -> notices.joined(request.groupId(), done.entered().changed()));
        return response(done.entered(), done.names());
    }

    private void requireMayJoin(Group group, Participant who, Optional<Long> age) {
        GroupContext.refuse(
                GroupAccess.objectionToJoining(group, who, age, context.limits().joinedPerGroup()));
        if (!context.hasRoomFor(group, who)) {
            throw Refusal.of(StatusCode.THE_MAXIMUM_NUMBER_OF_JOINED_USERS_HAS_BEEN_REACHED);
        }
    }

    private List<String> names(GroupId group) {
        return context.store().joined(group).stream()
                .map(joined -> joined.presence().orElseThrow().screenName())
                .toList();
    }

    private static JoinGroupResponse response(Entered entered, List<String> names) {
        Group group = entered.group();
        return new JoinGroupResponse(
                Status.of(StatusCode.SUCCESSFUL),
                names,
                entered.nameMade() ? Optional.of(ScreenName.in(group.id(), entered.screenName())) : Optional.empty(),
                group.settings().welcomeNote());
    }

    LeaveGroupIndication leave(GroupId group, UserId user) {
        List<Changed> gone = context.store().atomically(() -> {
            // SSP 17.2.4 has one code only, for a group that is not there as well.
            Group found = context.store().lock(group).orElseThrow(() -> Refusal.of(StatusCode.GROUP_IS_NOT_JOINED));
            Participant who = context.participant(found, user);
            if (!who.isJoined()) {
                throw Refusal.of(StatusCode.GROUP_IS_NOT_JOINED);
            }
            return takeOut(found, List.of(new Change(who, who.left()))).gone();
        });
        notices.left(group, gone);
        return new LeaveGroupIndication(
                Optional.empty(), Optional.of(Status.of(StatusCode.SUCCESSFUL)), List.of(), "", Optional.of(group));
    }

    /** As {@link #leave}, for users who have gone without a word; who is not joined, and a group that is no more, is no mistake. */
    void departed(GroupId group, Collection<UserId> users) {
        List<Changed> gone = context.store()
                .atomically(() -> context.store()
                        .lock(group)
                        .map(found -> takeOut(found, departures(found, users)).gone())
                        .orElse(List.of()));
        notices.left(group, gone);
    }

    private List<Change> departures(Group group, Collection<UserId> users) {
        return users.stream()
                .map(user -> context.participant(group, user))
                .filter(Participant::isJoined)
                .map(who -> new Change(who, who.left()))
                .toList();
    }

    /** A user's entry before and after. */
    record Change(Participant before, Participant after) {}

    /** @param gone those who were joined and are not any more */
    record TakenOut(Group group, List<Changed> gone) {}

    /** Keeps the changed entries, and ends the group when that was the last one and it is to end then (CSPX-14). */
    TakenOut takeOut(Group group, List<Change> changes) {
        Group now = group;
        List<Changed> gone = new ArrayList<>();
        for (Change change : changes) {
            now = context.save(now, change.before(), change.after());
            change.before()
                    .presence()
                    .filter(presence -> !change.after().isJoined())
                    .ifPresent(presence -> gone.add(new Changed(change.before().user(), presence.screenName())));
        }
        if (!gone.isEmpty() && now.endsWhenLeft()) {
            context.store().delete(now.id());
        }
        return new TakenOut(now, List.copyOf(gone));
    }
}
