package org.impsiwf.mapping.conference;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.impsiwf.mapping.conference.Focus.Description;
import org.impsiwf.mapping.conference.Focus.Participant;
import org.impsiwf.mapping.conference.Focus.Trait;
import org.impsiwf.sip.event.ConferenceState.Presence;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.TransactionRef;
import org.impsiwf.ssp.primitives.Addressee;
import org.impsiwf.ssp.primitives.GroupPrimitive.GroupChangeNotice;
import org.impsiwf.ssp.primitives.GroupPrimitive.LeaveGroupIndication;
import org.impsiwf.ssp.primitives.GroupProperties;
import org.impsiwf.ssp.primitives.OwnProperties;
import org.impsiwf.ssp.primitives.Property;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.Status.DetailedResult;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;

/** What the host tells of the group: who has come and gone, what it is about, and who has to leave (SSP 17.1.5, 17.1.17). */
final class HostNotices {

    private final FocusTurn turn;
    private final Members members;
    private final Dismissals dismissals;

    HostNotices(FocusTurn turn, Members members, Dismissals dismissals) {
        this.turn = turn;
        this.members = members;
        this.dismissals = dismissals;
    }

    void changed(TransactionRef transaction, GroupChangeNotice notice) {
        Map<Boolean, List<UserId>> told = notice.subscribingUserIdList().stream()
                .map(User::userId)
                .collect(Collectors.partitioningBy(user -> find(user).isPresent()));
        answer(transaction, status(told.get(true), told.get(false)));
        if (told.get(true).isEmpty()) {
            return;
        }
        names(notice.joinedUserScreenNameList(), notice.joinedBlockedUsersList())
                .forEach(members::heardOfJoined);
        names(notice.leftUserScreenNameList(), notice.leftBlockedUsersList()).forEach(members::heardOfLeft);
        notice.groupPropList().ifPresent(this::properties);
        notice.ownProps()
                .flatMap(HostNotices::roles)
                .ifPresent(roles -> told.get(true)
                        .forEach(user ->
                                find(user).filter(Participant::isIn).ifPresent(in -> roles(in.screenName(), roles))));
    }

    private Optional<Participant> find(UserId user) {
        return Members.canonical(user.value()).flatMap(turn::participant);
    }

    /** SSP 17.2.8. */
    private Status status(List<UserId> known, List<UserId> unknown) {
        if (unknown.isEmpty()) {
            return Status.of(StatusCode.SUCCESSFUL);
        }
        if (known.isEmpty()) {
            return Status.of(
                    turn.participants.isEmpty() ? StatusCode.GROUP_DOES_NOT_EXIST : StatusCode.GROUP_IS_NOT_JOINED);
        }
        return new Status(
                StatusCode.PARTIALLY_SUCCESSFUL.code(),
                Optional.empty(),
                List.of(DetailedResult.ofUsers(StatusCode.GROUP_IS_NOT_JOINED, unknown)),
                Optional.empty(),
                List.of());
    }

    /** The blocked ones are in both lists (E-76), or in their own only where a host has read the document so. */
    private static Stream<String> names(List<String> names, List<Addressee> blocked) {
        return Stream.concat(
                names.stream(),
                blocked.stream().filter(ScreenName.class::isInstance).map(name -> ((ScreenName) name).name()));
    }

    /** What of these properties a conference state has a place for; those that are not named stay as they are. */
    void properties(GroupProperties properties) {
        Map<String, String> values = values(properties.properties());
        Description next = turn.description;
        next = values.containsKey("name") ? next.named(values.get("name")) : next;
        next = values.containsKey("topic") ? next.about(values.get("topic")) : next;
        next = values.containsKey("maxactiveusers") ? next.upTo(positive(values.get("maxactiveusers"))) : next;
        turn.describe(next.being(traits(next.traits(), values)));
    }

    private static Set<Trait> traits(Set<Trait> before, Map<String, String> values) {
        Set<Trait> traits = new HashSet<>(before);
        set(traits, Trait.RECORDED, values.get("history"), "t");
        set(traits, Trait.OPEN_SPEECH, values.get("privatemessaging"), "f");
        return traits;
    }

    /** A property that is not named stays as it is. */
    private static void set(Set<Trait> traits, Trait trait, String value, String means) {
        if (value != null && value.equalsIgnoreCase(means)) {
            traits.add(trait);
        } else if (value != null) {
            traits.remove(trait);
        }
    }

    private static Map<String, String> values(List<Property> properties) {
        Map<String, String> values = new TreeMap<>();
        properties.forEach(property -> values.put(
                property.name().strip().toLowerCase(Locale.ROOT),
                property.value().strip()));
        return values;
    }

    /** Zero stands for no limit of the group's own. */
    private static OptionalLong positive(String number) {
        boolean digits =
                !number.isEmpty() && number.length() < 10 && number.chars().allMatch(c -> c >= '0' && c <= '9');
        long value = digits ? Long.parseLong(number) : 0;
        return value > 0 ? OptionalLong.of(value) : OptionalLong.empty();
    }

    /** Absent when they say nothing of the privilege level. */
    private static Optional<List<String>> roles(OwnProperties properties) {
        return Optional.ofNullable(values(properties.properties()).get("privilegelevel"))
                .map(level -> switch (level.toLowerCase(Locale.ROOT)) {
                    case "admin" -> List.of("administrator");
                    case "mod" -> List.of("moderator");
                    default -> List.of();
                });
    }

    void roles(String screenName, List<String> roles) {
        turn.roster(Roster.ofName(screenName), turn.roster.withRoles(screenName, roles));
    }

    /** SSP 17.1.5, one-way. Without names, as the document's table has it, it is all of ours. */
    void removed(LeaveGroupIndication indication) {
        boolean all = indication.leavingUsers().isEmpty();
        if (all) {
            // RFC 4575 §3.3: there is no conference any more.
            turn.announcements.endAll("noresource");
        }
        List<String> leaving = all
                ? List.copyOf(turn.participants.keySet())
                : indication.leavingUsers().stream()
                        .flatMap(user -> Members.canonical(user.userId().value()).stream())
                        .toList();
        for (String user : leaving) {
            if (members.out(user, Presence.BOOTED)) {
                dismissals.dismiss(user, indication.reasonText(), all);
            }
        }
    }

    private void answer(TransactionRef transaction, Status status) {
        turn.ssp(new SspCommand.Answer(transaction, status));
    }
}
