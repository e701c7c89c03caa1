package org.impsiwf.ssp.elements.groups;

import java.time.Instant;
import java.util.Optional;
import org.impsiwf.ssp.primitives.ScreenName;

/** How a user comes into a group, whoever decided that it may (SSP 17.1.3). Within the transaction that locked the group. */
final class Entrance {

    private final GroupContext context;

    Entrance(GroupContext context) {
        this.context = context;
    }

    /** @param nameMade whether the name is not the one that was asked for */
    record Entered(Group group, Participant participant, boolean nameMade) {

        String screenName() {
            return participant.presence().orElseThrow().screenName();
        }

        GroupNotices.Changed changed() {
            return new GroupNotices.Changed(participant.user(), screenName());
        }
    }

    Entered enter(
            Group group,
            Participant before,
            Participant who,
            Optional<ScreenName> name,
            boolean subscribe,
            Instant now) {
        Optional<String> asked = ScreenNames.requested(name.map(ScreenName::name));
        Group named = group;
        String given = asked.orElse("");
        while (given.isEmpty()
                || context.store().withScreenName(group.id(), given).isPresent()) {
            // The number is the group's, so that a thousandth Bob finds a free name as fast as the second.
            named = named.nameMade();
            given = ScreenNames.made(asked, named.namesMade());
        }
        Participant joined = who.joined(new Participant.Presence(given, subscribe, now, group.lastMessage()));
        Group after = context.save(named, before, joined);
        boolean nameMade = !asked.equals(name.map(ScreenName::name))
                || asked.filter(given::equals).isEmpty();
        return new Entered(after, joined, nameMade);
    }
}
