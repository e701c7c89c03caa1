package org.impsiwf.mapping.conference;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.impsiwf.mapping.addresses.Address;
import org.impsiwf.mapping.conference.Focus.Participant;
import org.impsiwf.mapping.conference.Roster.Member;
import org.impsiwf.mapping.event.Command.Noted;
import org.impsiwf.mapping.event.Event.Asked;
import org.impsiwf.mapping.event.Event.Entered;
import org.impsiwf.mapping.event.Event.Entering;
import org.impsiwf.sip.event.ConferenceState.Presence;
import org.pcollections.TreePMap;

/** Who comes and goes: by what the participations tell, and by the lists of the host. */
final class Members {

    private final FocusTurn turn;

    Members(FocusTurn turn) {
        this.turn = turn;
    }

    void entering(Entering e) {
        if (isOurs(e.participation(), e.user()) && turn.participant(e.user()).isEmpty()) {
            turn.host = e.host();
            turn.put(e.user(), Participant.ENTERING);
        }
    }

    void entered(Entered e) {
        if (!isOurs(e.participation(), e.user()) || e.screenName().isEmpty()) {
            return;
        }
        turn.host = e.host();
        turn.heard();
        Optional<Participant> before = turn.participant(e.user());
        boolean first = turn.in() == 0
                || (turn.in() == 1 && before.filter(Participant::isIn).isPresent());
        turn.put(e.user(), new Participant(e.screenName()));
        before.filter(Participant::isIn)
                .filter(known -> !Roster.ofName(known.screenName()).equals(Roster.ofName(e.screenName())))
                .ifPresent(renamed -> left(renamed.screenName(), Presence.DEPARTED));
        if (!e.present().isEmpty()) {
            listed(e.present(), first);
        }
        turn.announcements.retire(Roster.ofAddress(e.user()));
        joined(e.screenName());
        e.subject().ifPresent(subject -> turn.describe(turn.description.about(subject)));
        forgetMeanwhile();
    }

    private boolean isOurs(String participation, String user) {
        boolean ours = turn.userOf(participation).filter(user::equals).isPresent();
        if (!ours) {
            turn.note(Noted.OUR_MISTAKE, "a participation in another group");
        }
        return ours;
    }

    /** A participation is over; what is owed to it is owed no more. Once more is once. */
    void left(String participation) {
        turn.userOf(participation).ifPresent(user -> out(user, Presence.DEPARTED));
    }

    /** @return whether the user was in, or about to be */
    boolean out(String user, Presence how) {
        Optional<Participant> known = turn.remove(user);
        known.filter(Participant::isIn).ifPresent(participant -> left(participant.screenName(), how));
        if (known.isPresent()) {
            turn.underWay().stream()
                    .filter(entry -> entry.getValue().owed().containsKey(user))
                    .forEach(entry -> turn.owe(entry.getKey(), entry.getValue().without(user)));
            endSubscriptions(user);
            forgetMeanwhile();
        }
        return known.isPresent();
    }

    private void endSubscriptions(String user) {
        if (turn.participants.isEmpty()) {
            // Nobody tells us anything of the group any more.
            turn.announcements.endAll("noresource");
        } else if (!turn.policy().conferences().rosterForAll()) {
            turn.announcements.endAllOf(user, "rejected");
        }
    }

    /** How an invitation stands. Who came by it is in under a screen name, which its host tells. */
    void asked(Asked e) {
        Optional<String> user = canonical(e.user());
        if (user.isEmpty()
                || turn.participant(user.get()).filter(Participant::isIn).isPresent()) {
            return;
        }
        String key = Roster.ofAddress(user.get());
        boolean accepted = e.outcome().filter(code -> code / 100 == 2).isPresent();
        if (accepted) {
            turn.announcements.retire(key);
            return;
        }
        String name = e.displayName()
                .orElseGet(() -> turn.roster.find(key).map(Member::name).orElse(""));
        Presence presence = e.outcome().isPresent() ? Presence.FAILED : Presence.DIALING_OUT;
        turn.roster(key, turn.roster.invited(user.get(), name, presence));
    }

    static Optional<String> canonical(String address) {
        return Address.tryParse(address).map(Address::canonical);
    }

    /** The host says that somebody has come. */
    void heardOfJoined(String screenName) {
        remember(screenName, true);
        joined(screenName);
    }

    /** The host says that somebody has gone. */
    void heardOfLeft(String screenName) {
        remember(screenName, false);
        left(screenName, Presence.DEPARTED);
    }

    private void remember(String screenName, boolean came) {
        if (turn.listAwaited() && turn.meanwhile.size() < Roster.MOST_SHOWN) {
            turn.meanwhile = turn.meanwhile.plus(Roster.ofName(screenName), came);
        }
    }

    private void forgetMeanwhile() {
        if (!turn.listAwaited()) {
            turn.meanwhile = TreePMap.empty();
        }
    }

    private void joined(String screenName) {
        turn.roster(Roster.ofName(screenName), turn.roster.joined(screenName));
    }

    private void left(String screenName, Presence how) {
        turn.roster(Roster.ofName(screenName), turn.roster.left(screenName, how));
    }

    /**
     * The host's list of members. What was heard while it was on its way is newer than the list.
     *
     * @param only whether who is not on it is not in: nobody has told us of changes before
     */
    private void listed(List<String> names, boolean only) {
        turn.description = turn.description.learnt(turn.description.known(), true);
        names.stream()
                .filter(name -> !Boolean.FALSE.equals(turn.meanwhile.get(Roster.ofName(name))))
                .forEach(this::joined);
        if (only) {
            Set<String> listed = names.stream().map(Roster::ofName).collect(Collectors.toSet());
            turn.roster.members().entrySet().stream()
                    .filter(entry -> entry.getValue().presence() == Presence.CONNECTED)
                    .filter(entry -> !listed.contains(entry.getKey()))
                    .filter(entry -> !Boolean.TRUE.equals(turn.meanwhile.get(entry.getKey())))
                    .toList()
                    .forEach(entry -> left(entry.getValue().name(), Presence.DEPARTED));
        }
    }

    /** The list that we have asked for. */
    void answered(List<String> names) {
        if (!names.isEmpty()) {
            listed(names, true);
        }
        forgetMeanwhile();
    }
}
