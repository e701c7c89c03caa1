package org.impsiwf.mapping.conference;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.sip.event.ConferenceState.Presence;

/**
 * Who is in a group, is being asked in, or has just gone, as its SIP users are told (RFC 4575 §5.6). A change returns the roster
 * itself when it changes nothing.
 *
 * @param members by key: {@link #ofName} or {@link #ofAddress}
 * @param connected how many of them are in
 */
record Roster(Map<String, Member> members, int connected) {

    /** Beyond it members are not shown. A host that names more is wrong or hostile. */
    static final int MOST_SHOWN = 5_000;

    /** RFC 7701 §8 allows a nickname 1023 octets. */
    private static final int LONGEST_NAME = 1023;

    static final Roster EMPTY = new Roster(Map.of(), 0);

    /**
     * One line of the roster.
     *
     * @param name the screen name as the group spells it; of an invitee, what the inviter calls it, else empty
     * @param address canonical address of an invitee; absent for who is known by its screen name
     */
    record Member(String name, Optional<String> address, Presence presence, List<String> roles) {
        Member {
            roles = List.copyOf(roles);
        }

        Member as(Presence other) {
            return new Member(name, address, other, roles);
        }

        boolean isGone() {
            return switch (presence) {
                case DIALING_OUT, ALERTING, CONNECTED -> false;
                case DEPARTED, BOOTED, FAILED, BUSY -> true;
            };
        }
    }

    Roster {
        members = Focus.shared(members);
    }

    /** SSP 6.3.5: names that differ in case only are one name. */
    static String ofName(String screenName) {
        return "n:" + screenName.toLowerCase(Locale.ROOT);
    }

    static String ofAddress(String canonical) {
        return "u:" + canonical;
    }

    Optional<Member> find(String key) {
        return Optional.ofNullable(members.get(key));
    }

    /** Somebody is in under this name. */
    Roster joined(String screenName) {
        String key = ofName(screenName);
        Optional<Member> known = find(key);
        if (known.isPresent() && known.get().presence() == Presence.CONNECTED) {
            return this;
        }
        boolean showable = !screenName.isBlank() && screenName.length() <= LONGEST_NAME;
        boolean room = known.isPresent() || members.size() < MOST_SHOWN;
        return showable && room
                ? with(key, new Member(screenName, Optional.empty(), Presence.CONNECTED, List.of()))
                : this;
    }

    /** Who was in under this name is out, by its own will or another's. */
    Roster left(String screenName, Presence how) {
        String key = ofName(screenName);
        return find(key)
                .filter(member -> member.presence() == Presence.CONNECTED)
                .map(member -> with(key, member.as(how)))
                .orElse(this);
    }

    /** How the invitation of this address stands. Invitees beyond the limit are not shown. */
    Roster invited(String canonical, String name, Presence presence) {
        String key = ofAddress(canonical);
        boolean room = members.containsKey(key) || members.size() < MOST_SHOWN;
        return room ? with(key, new Member(name, Optional.of(canonical), presence, List.of())) : this;
    }

    Roster withRoles(String screenName, List<String> roles) {
        String key = ofName(screenName);
        return find(key)
                .filter(member -> !member.roles().equals(roles))
                .map(member -> with(key, new Member(member.name(), member.address(), member.presence(), roles)))
                .orElse(this);
    }

    Roster without(String key) {
        Optional<Member> known = find(key);
        return known.isEmpty() ? this : new Roster(Focus.shared(members).minus(key), connected - count(known.get()));
    }

    private Roster with(String key, Member member) {
        Optional<Member> known = find(key);
        if (known.filter(member::equals).isPresent()) {
            return this;
        }
        int before = known.map(Roster::count).orElse(0);
        return new Roster(Focus.shared(members).plus(key, member), connected - before + count(member));
    }

    private static int count(Member member) {
        return member.presence() == Presence.CONNECTED ? 1 : 0;
    }
}
