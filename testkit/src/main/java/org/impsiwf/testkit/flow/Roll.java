package org.impsiwf.testkit.flow;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.impsiwf.mapping.addresses.Address;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.UserId;

/**
 * What must hold in groups whatever happens: nobody stands in a group at its host whose client is gone, and what a host was told
 * to be taken for a member comes to that member, unless the member's own session ends first. Who has a session with a group is in it, and who was invited is
 * answered for.
 */
final class Roll {

    private record Member(String user, String group) {}

    private record Invitation(String host, String id) {}

    private record Promise(String text, String user) {}

    private final Map<Member, String> in = new LinkedHashMap<>();
    private final Set<Member> unheard = new HashSet<>();
    private final Set<Invitation> unanswered = new LinkedHashSet<>();
    private final Set<Promise> promised = new LinkedHashSet<>();
    private final Set<Promise> carried = new HashSet<>();
    private final Set<String> parted = new HashSet<>();

    private static Member member(UserId user, GroupId group) {
        return new Member(user.value().toLowerCase(Locale.ROOT), group.value().toLowerCase(Locale.ROOT));
    }

    /** The host has let the user in, or may have. */
    void entered(String host, UserId user, GroupId group) {
        in.put(member(user, group), host);
    }

    /** The host was told that the user is out, or has put it out. */
    void left(UserId user, GroupId group) {
        in.remove(member(user, group));
    }

    void ended(GroupId group) {
        in.keySet().removeIf(member -> member.group().equalsIgnoreCase(group.value()));
    }

    /** It need not be told anything any more. */
    void hostVanished(String host) {
        in.forEach((member, of) -> {
            if (of.equals(host)) {
                unheard.add(member);
            }
        });
        in.keySet().removeAll(unheard);
        unanswered.removeIf(invitation -> invitation.host().equals(host));
    }

    /** A host's invitation of a SIP user is taken to that user. */
    void invited(String host, String id) {
        unanswered.add(new Invitation(host, id));
    }

    /** The host was told what became of its invitation, or does not want to know any more. */
    void answered(String host, String id) {
        unanswered.remove(new Invitation(host, id));
    }

    /** When nothing has been going on for long: who has a session with a group is in it. */
    void attends(String user, Address.Group group) {
        Member member = member(new UserId(Words.sipUserAsImps(user)), new GroupId(group.impsAddress()));
        if (!in.containsKey(member) && !unheard.contains(member)) {
            throw new AssertionError(user + " has a session with a group that it is not in: " + group.impsAddress());
        }
    }

    /** A host's message for this user was answered positively. */
    void promised(String text, String user) {
        promised.add(new Promise(text, user));
    }

    void carried(String text, String user) {
        carried.add(new Promise(text, user));
    }

    /** A session of the user has ended, or its connection: what was on its way may be lost with it. */
    void parted(String user) {
        parted.add(user);
    }

    /** Once everything is over. */
    void close() {
        if (!in.isEmpty()) {
            throw new AssertionError("still in a group, as its host sees it: " + in);
        }
        if (!unanswered.isEmpty()) {
            throw new AssertionError("invited and never told what became of it: " + unanswered);
        }
        for (Promise promise : promised) {
            if (!carried.contains(promise) && !parted.contains(promise.user())) {
                throw new AssertionError("taken for " + promise.user() + " and lost: '" + promise.text() + "'");
            }
        }
    }
}
