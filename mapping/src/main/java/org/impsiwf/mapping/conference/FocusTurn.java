package org.impsiwf.mapping.conference;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.mapping.addresses.Address;
import org.impsiwf.mapping.conference.Focus.Description;
import org.impsiwf.mapping.conference.Focus.Dismissed;
import org.impsiwf.mapping.conference.Focus.Distribution;
import org.impsiwf.mapping.conference.Focus.Participant;
import org.impsiwf.mapping.conference.Focus.Taken;
import org.impsiwf.mapping.decision.Orders;
import org.impsiwf.mapping.event.ConferenceKeys;
import org.impsiwf.mapping.event.MailboxKey;
import org.impsiwf.mapping.event.Moment;
import org.impsiwf.ssp.primitives.ServiceId;
import org.pcollections.TreePMap;

/** One decision in the making: a working copy of the focus and the orders so far. */
final class FocusTurn extends Orders {

    /** Far less than a quiet focus lives, and rarely enough for a thousand members who all tell. */
    private static final Duration HEARD_AGAIN = Duration.ofHours(1);

    final Address.Group group;
    final Announcements announcements;
    ServiceId host;
    Description description;
    Roster roster;
    TreePMap<String, Participant> participants;
    TreePMap<String, Boolean> meanwhile;
    TreePMap<String, Distribution> distributions;
    TreePMap<String, Dismissed> dismissed;
    boolean stopping;
    private Optional<Instant> heardAt;
    private final String participationPrefix;
    private List<Taken> recent;
    private int entering;

    FocusTurn(MailboxKey key, Focus before, Moment moment) {
        super(key, moment);
        this.group = groupOf(key);
        this.participationPrefix = ConferenceKeys.participationsOf(key);
        this.host = before.host();
        this.description = before.description();
        this.roster = before.roster();
        this.participants = Focus.shared(before.participants());
        this.meanwhile = Focus.shared(before.meanwhile());
        this.distributions = Focus.shared(before.distributions());
        this.dismissed = Focus.shared(before.dismissed());
        this.recent = before.recent();
        this.entering = before.entering();
        this.stopping = before.stopping();
        this.heardAt = before.heardAt();
        this.announcements = new Announcements(this, before.audience());
    }

    Focus after() {
        return new Focus(
                host,
                description,
                participants,
                entering,
                roster,
                meanwhile,
                announcements.after(),
                distributions,
                recent,
                stopping,
                dismissed,
                heardAt);
    }

    static Address.Group groupOf(MailboxKey key) {
        return Address.Group.tryParse(key.id())
                .orElseThrow(() -> new IllegalStateException("a focus of what is no group"));
    }

    /** The mailbox of a user's participation. */
    MailboxKey participationOf(String user) {
        return MailboxKey.parse(participationPrefix + user).orElseThrow();
    }

    /** Whose participation it is; empty for one in another group. */
    Optional<String> userOf(String participation) {
        return participation.startsWith(participationPrefix)
                ? Optional.of(participation.substring(participationPrefix.length()))
                : Optional.empty();
    }

    Optional<Participant> participant(String user) {
        return Optional.ofNullable(participants.get(user));
    }

    void put(String user, Participant next) {
        entering += entering(next) - participant(user).map(FocusTurn::entering).orElse(0);
        participants = participants.plus(user, next);
    }

    Optional<Participant> remove(String user) {
        Optional<Participant> known = participant(user);
        entering -= known.map(FocusTurn::entering).orElse(0);
        participants = participants.minus(user);
        return known;
    }

    private static int entering(Participant participant) {
        return participant.isIn() ? 0 : 1;
    }

    /** A member is in, as far as its participation knows: what is remembered of the group goes on living. */
    void heard() {
        if (heardAt.filter(at -> now().isBefore(at.plus(HEARD_AGAIN))).isEmpty()) {
            heardAt = Optional.of(now());
        }
    }

    /** How many are let in already. */
    int in() {
        return participants.size() - entering;
    }

    /** Whether a list of members is on its way that may be older than what is heard now. */
    boolean listAwaited() {
        return entering > 0 || description.members().isPresent();
    }

    /** Replaces the roster, of which this line may be another now. */
    void roster(String key, Roster next) {
        if (!next.equals(roster)) {
            roster = next;
            announcements.changed(key);
        }
    }

    void describe(Description next) {
        boolean shown = !next.name().equals(description.name())
                || !next.topic().equals(description.topic())
                || !next.maximum().equals(description.maximum());
        description = next;
        if (shown) {
            announcements.described();
        }
    }

    boolean wasTaken(String id) {
        return recent.stream()
                .anyMatch(taken -> taken.id().equals(id) && !isPast(taken.at().plus(policy().memory())));
    }

    void remember(String id) {
        List<Taken> next = new ArrayList<>(recent);
        next.add(new Taken(id, now()));
        Iterator<Taken> oldest = next.iterator();
        while (oldest.hasNext()) {
            Taken taken = oldest.next();
            if (next.size() > Focus.RECENT || isPast(taken.at().plus(policy().memory()))) {
                oldest.remove();
            }
        }
        recent = next;
    }

    /** Puts a distribution back, or forgets it when nobody is owed it any more. */
    void owe(String id, Distribution next) {
        distributions = next.owed().isEmpty() ? distributions.minus(id) : distributions.plus(id, next);
    }

    List<Map.Entry<String, Distribution>> underWay() {
        return List.copyOf(distributions.entrySet());
    }
}
