package org.impsiwf.ssp.elements.groups;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.impsiwf.ssp.primitives.Addressee;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.GroupPrimitive.GroupChangeNotice;
import org.impsiwf.ssp.primitives.GroupPrimitive.LeaveGroupIndication;
import org.impsiwf.ssp.primitives.GroupProperties;
import org.impsiwf.ssp.primitives.ImPrimitive.BlockEntityRequest;
import org.impsiwf.ssp.primitives.OwnProperties;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;

/** Tells those who want to know what has changed in a group, one notice per domain (SSP 17.1.17). */
final class GroupNotices {

    private final GroupContext context;

    GroupNotices(GroupContext context) {
        this.context = context;
    }

    /** Somebody who has come or gone, with the name that is or was its own. */
    record Changed(UserId user, String screenName) {}

    /** What changed for those who are told of it. */
    private record Change(
            List<Changed> joined, List<Changed> left, Optional<GroupProperties> group, Optional<OwnProperties> own) {

        List<Changed> people() {
            return joined.isEmpty() ? left : joined;
        }
    }

    void joined(GroupId group, Changed who) {
        tellSubscribers(group, new Change(List.of(who), List.of(), Optional.empty(), Optional.empty()));
    }

    void left(GroupId group, List<Changed> who) {
        if (!who.isEmpty()) {
            tellSubscribers(group, new Change(List.of(), who, Optional.empty(), Optional.empty()));
        }
    }

    void propertiesChanged(GroupId group, GroupProperties changed) {
        tellSubscribers(group, new Change(List.of(), List.of(), Optional.of(changed), Optional.empty()));
    }

    /** Others have changed what these users may do. */
    void levelChanged(GroupId group, GroupRole level, Collection<UserId> users) {
        Change change = new Change(List.of(), List.of(), Optional.empty(), Optional.of(OwnSettings.levelOnly(level)));
        tell(group, users, change, Set.of());
    }

    /** SSP 17.1.5: these users are out. */
    void removed(GroupId group, Collection<UserId> users, String reason) {
        context.sap().tell(users, some -> leaving(group, some, reason));
    }

    /**
     * SSP 17.1.5: the group is no more. Told without names, as the document's table has it, that is how our own users hear of
     * an end; other servers look for the names, as observed.
     */
    void ended(GroupId group, Collection<UserId> users, String reason) {
        context.sap()
                .tell(
                        users,
                        some -> leaving(
                                group, context.sap().isHome(some.getFirst().domain()) ? List.of() : some, reason));
    }

    private LeaveGroupIndication leaving(GroupId group, List<UserId> users, String reason) {
        return new LeaveGroupIndication(
                Optional.of(context.meta()),
                Optional.empty(),
                users.stream().map(User::of).toList(),
                reason,
                Optional.of(group));
    }

    private void tellSubscribers(GroupId group, Change change) {
        List<UserId> others = context.store().subscribers(group).stream()
                .filter(subscriber -> change.people().stream()
                        .noneMatch(who -> who.user().value().equalsIgnoreCase(subscriber.value())))
                .toList();
        whoBlockedWhom(group, others, change).forEach((blocked, receivers) -> tell(group, receivers, change, blocked));
    }

    /**
     * Receivers by the names of the joined or left users whom they have blocked, as far as we keep their block lists; the
     * home domains of others mark what they know (SSP-424).
     */
    private Map<Set<String>, List<UserId>> whoBlockedWhom(GroupId group, List<UserId> receivers, Change change) {
        List<UserId> ours = receivers.stream()
                .filter(receiver -> context.sap().isPrimary(receiver, BlockEntityRequest.class))
                .toList();
        Map<UserId, Set<String>> blockedBy = new LinkedHashMap<>();
        receivers.forEach(receiver -> blockedBy.put(receiver, new LinkedHashSet<>()));
        for (Changed who : ours.isEmpty() ? List.<Changed>of() : change.people()) {
            context.blocking()
                    .blocking(ours, who.user(), Optional.of(group))
                    .forEach(owner -> blockedBy.get(owner).add(who.screenName()));
        }
        Map<Set<String>, List<UserId>> byNames = new LinkedHashMap<>();
        blockedBy.forEach((receiver, names) ->
                byNames.computeIfAbsent(names, any -> new ArrayList<>()).add(receiver));
        return byNames;
    }

    private void tell(GroupId group, Collection<UserId> receivers, Change change, Set<String> blocked) {
        context.sap()
                .tell(
                        receivers,
                        some -> new GroupChangeNotice(
                                context.meta(),
                                some.stream().map(User::of).toList(),
                                group,
                                names(change.joined()),
                                names(change.left()),
                                only(group, change.joined(), blocked),
                                only(group, change.left(), blocked),
                                change.group(),
                                change.own()));
    }

    private static List<String> names(List<Changed> people) {
        return people.stream().map(Changed::screenName).toList();
    }

    /** E-76: the blocked ones are repeated, in the list of their own. */
    private static List<Addressee> only(GroupId group, List<Changed> people, Set<String> blocked) {
        return people.stream()
                .map(Changed::screenName)
                .filter(blocked::contains)
                .map(name -> (Addressee) ScreenName.in(group, name))
                .toList();
    }
}
