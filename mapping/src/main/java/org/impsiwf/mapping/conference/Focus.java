package org.impsiwf.mapping.conference;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.impsiwf.mapping.addresses.Address;
import org.impsiwf.mapping.content.InstantMessage;
import org.impsiwf.ssp.event.SspRequestId;
import org.impsiwf.ssp.primitives.ServiceId;
import org.pcollections.TreePMap;

/**
 * The focus of one group towards its SIP users (RFC 4353): what they share. It lives as long as one of them is in the group or
 * about to enter it.
 *
 * @param host who hosts the group: a neighbour, or we
 * @param participants the SIP users, by canonical address
 * @param entering how many of them the host has not let in yet
 * @param meanwhile while the host's list of members is awaited: who came (true) or went (false) since it was asked for
 * @param distributions what was said in the group and is on its way to the SIP users, by id
 * @param recent ids of what was distributed lately, oldest first, so that a repeat is answered and not told twice
 * @param stopping the gateway stops: nobody is told of changes any more
 * @param dismissed whom the host has put out and whose participations have not said that they have heard it, by canonical address
 * @param heardAt about when a participation last said that its user is in: with each change of it the focus is saved anew
 */
public record Focus(
        ServiceId host,
        Description description,
        Map<String, Participant> participants,
        int entering,
        Roster roster,
        Map<String, Boolean> meanwhile,
        Audience audience,
        Map<String, Distribution> distributions,
        List<Taken> recent,
        boolean stopping,
        Map<String, Dismissed> dismissed,
        Optional<Instant> heardAt) {

    /** How many ids are remembered against repeats. */
    static final int RECENT = 64;

    public Focus {
        participants = shared(participants);
        meanwhile = shared(meanwhile);
        distributions = shared(distributions);
        recent = List.copyOf(recent);
        dismissed = shared(dismissed);
    }

    static Focus hostedBy(ServiceId host) {
        return new Focus(
                host,
                Description.UNKNOWN,
                Map.of(),
                0,
                Roster.EMPTY,
                Map.of(),
                Audience.EMPTY,
                Map.of(),
                List.of(),
                false,
                Map.of(),
                Optional.empty());
    }

    /**
     * A SIP user.
     *
     * @param screenName what the group knows it by; empty while the host has not let it in
     */
    record Participant(String screenName) {
        static final Participant ENTERING = new Participant("");

        boolean isIn() {
            return !screenName.isEmpty();
        }

        boolean isCalled(String name) {
            return isIn() && Roster.ofName(screenName).equals(Roster.ofName(name));
        }
    }

    /**
     * That the host has put a user out.
     *
     * @param groupEnded whether there is no group any more
     * @param retellAt when its participation is told again
     * @param tellings how often it has been told
     */
    record Dismissed(String reason, boolean groupEnded, Instant retellAt, int tellings) {}

    /**
     * What the group says of itself, and what was asked of the host.
     *
     * @param name empty when it has none
     * @param topic empty when it has none
     * @param properties the question for the properties, while it is open
     * @param members the question for the members, while it is open
     * @param traits what of the properties matters to large messages
     * @param complete whether the roster began with a list of the host's
     */
    record Description(
            String name,
            String topic,
            OptionalLong maximum,
            boolean known,
            Set<Trait> traits,
            Optional<SspRequestId> properties,
            Optional<SspRequestId> members,
            boolean complete) {

        Description {
            traits = Set.copyOf(traits);
        }

        static final Description UNKNOWN = new Description(
                "", "", OptionalLong.empty(), false, Set.of(), Optional.empty(), Optional.empty(), false);

        Description named(String otherName) {
            return new Description(otherName, topic, maximum, known, traits, properties, members, complete);
        }

        Description about(String otherTopic) {
            return new Description(name, otherTopic, maximum, known, traits, properties, members, complete);
        }

        Description upTo(OptionalLong otherMaximum) {
            return new Description(name, topic, otherMaximum, known, traits, properties, members, complete);
        }

        Description being(Set<Trait> others) {
            return new Description(name, topic, maximum, known, others, properties, members, complete);
        }

        Description asked(Optional<SspRequestId> forProperties, Optional<SspRequestId> forMembers) {
            return new Description(name, topic, maximum, known, traits, forProperties, forMembers, complete);
        }

        Description learnt(boolean propertiesKnown, boolean membersComplete) {
            return new Description(name, topic, maximum, propertiesKnown, traits, properties, members, membersComplete);
        }
    }

    /** A property that a group has. */
    enum Trait {
        /** What is said is kept for those who come later (SSP 16.2.7). */
        RECORDED,
        /** Members may not whisper. */
        OPEN_SPEECH
    }

    /**
     * A message on its way to the SIP users of the group. It was answered for: it goes on until each has taken it.
     *
     * @param message addressed to the group
     * @param at when it was said here
     * @param screenName of the sender
     * @param privately whether it is for those alone whom it was owed to
     * @param owed whose participations have not taken it, by canonical address
     * @param retellAt when the participations are told again
     * @param tellings how often they have been told
     */
    record Distribution(
            InstantMessage message,
            Instant at,
            Optional<String> screenName,
            boolean privately,
            Map<String, Participant> owed,
            Instant retellAt,
            int tellings) {

        Distribution {
            owed = shared(owed);
        }

        Distribution without(String user) {
            return new Distribution(
                    message, at, screenName, privately, shared(owed).minus(user), retellAt, tellings);
        }

        boolean isRestOf(Distribution shared) {
            return shared != null && shared.owed().keySet().containsAll(owed.keySet());
        }

        Distribution toldAgain(Instant next) {
            return new Distribution(message, at, screenName, privately, owed, next, tellings + 1);
        }

        /** One of its own for each, where it is for those alone. */
        InstantMessage messageFor(String user) {
            return message.to(Address.ofCanonical(user).map(Address::sipUri).orElse(user));
        }
    }

    /** Changed copies of it share all but the path to the change: one member of a large group costs what one of a small one does. */
    static <V> TreePMap<String, V> shared(Map<String, V> map) {
        return map instanceof TreePMap<String, V> same ? same : TreePMap.from(map);
    }

    /** A message that was distributed; {@code id} holds its Message-ID and stands for its recipients. */
    record Taken(String id, Instant at) {}

    /** Whether all that it lacks is that participations have taken what was said. */
    public boolean mayLagBehind(Focus shared) {
        boolean lessOwed = distributions.entrySet().stream()
                .allMatch(entry ->
                        entry.getValue().isRestOf(shared.distributions().get(entry.getKey())));
        return lessOwed && with(shared.distributions()).equals(shared);
    }

    private Focus with(Map<String, Distribution> other) {
        return new Focus(
                host,
                description,
                participants,
                entering,
                roster,
                meanwhile,
                audience,
                other,
                recent,
                stopping,
                dismissed,
                heardAt);
    }

    /** The next instant at which something has to happen here by itself. */
    public Optional<Instant> deadline() {
        return Stream.of(
                        audience.deadlines(),
                        distributions.values().stream().map(Distribution::retellAt),
                        dismissed.values().stream().map(Dismissed::retellAt))
                .flatMap(instants -> instants)
                .min(Instant::compareTo);
    }

    boolean isOver() {
        return participants.isEmpty()
                && audience.subscriptions().isEmpty()
                && distributions.isEmpty()
                && dismissed.isEmpty();
    }
}
