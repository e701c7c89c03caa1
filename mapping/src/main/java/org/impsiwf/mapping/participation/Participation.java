package org.impsiwf.mapping.participation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.impsiwf.mapping.addresses.Address;
import org.impsiwf.mapping.addresses.MemberUri;
import org.impsiwf.mapping.content.InstantMessage;
import org.impsiwf.mapping.content.WrappedMessage;
import org.impsiwf.mapping.decision.Parting;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.MailboxKey;
import org.impsiwf.msrp.event.ExchangeId;
import org.impsiwf.msrp.event.MsrpSessionId;
import org.impsiwf.sip.event.InviteUsageId;
import org.impsiwf.sip.event.ReferId;
import org.impsiwf.ssp.event.SspRequestId;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.ServiceId;

/**
 * One SIP user in one group: another node can go on from this record alone.
 *
 * @param posted what the user says and the host has not answered for, oldest first
 * @param due what is said to the user and its client has not taken, oldest first
 * @param invited invitations of the user that are not answered
 * @param asking those whom the user has invited or put out, until it is known how that ended
 * @param farewells what was ordered last, for a while
 * @param toInvite those whom the user is to invite once it is in
 * @param replaced text of the mailbox of the talk that ends when this session begins
 * @param recent ids of what was taken lately, so that a repeat is answered and not carried twice
 * @param missed messages that were left out since the user was last told so, because its client was too slow
 * @param rebuiltAt when the connection was last lost and made anew
 * @param stopping the gateway stops: the user leaves as soon as nothing is in flight
 */
public record Participation(
        Room room,
        Member member,
        MemberLeg leg,
        Membership membership,
        List<Posted> posted,
        List<Due> due,
        List<Invited> invited,
        List<Asking> asking,
        List<Farewell> farewells,
        List<Event.Invitee> toInvite,
        Optional<String> replaced,
        Recent recent,
        int missed,
        Optional<Instant> rebuiltAt,
        boolean stopping) {

    public Participation {
        posted = List.copyOf(posted);
        due = List.copyOf(due);
        invited = List.copyOf(invited);
        asking = List.copyOf(asking);
        farewells = List.copyOf(farewells);
        toInvite = List.copyOf(toInvite);
    }

    /** Canonical address of the user. */
    static String user(MailboxKey participation) {
        return participation.id().substring(participation.id().lastIndexOf('!') + 1);
    }

    static Participation begin(Room room, Member member) {
        return new Participation(
                room,
                member,
                new MemberLeg.Away(),
                new Membership.Outside(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Recent.NONE,
                0,
                Optional.empty(),
                false);
    }

    /**
     * The group.
     *
     * @param address its name, in parts
     * @param host whose Group Service element it is in: a neighbour's, or ours
     */
    record Room(Address.Group address, ServiceId host) {

        /** The conference URI. */
        String uri() {
            return address.sipUri();
        }

        GroupId id() {
            return new GroupId(address.impsAddress());
        }

        /** The URI of somebody in it who is known by a screen name. */
        String uriOf(String screenName) {
            return new MemberUri(address, screenName).sipUri();
        }
    }

    /**
     * The user.
     *
     * @param impsAddress on the IMPS side
     * @param client Client-ID of the device
     * @param wantedName the screen name to ask for
     */
    record Member(String sipUri, String impsAddress, Optional<String> client, String wantedName) {

        Member wanting(String screenName) {
            return new Member(sipUri, impsAddress, client, screenName);
        }
    }

    /**
     * Something that the user says.
     *
     * @param id the client's own id of it, for repeats
     * @param delivery text of the mailbox that waits for a report on it
     * @param unsent what to say once the user is in: its recipient is a screen name, or nobody, which is all
     */
    record Posted(
            SspRequestId request,
            String id,
            List<Send> sends,
            Optional<String> delivery,
            boolean overLimit,
            Optional<InstantMessage> unsent,
            Instant giveUpAt) {

        Posted {
            sends = List.copyOf(sends);
        }

        Posted owedAlso(Send send) {
            List<Send> all = Stream.concat(sends.stream(), Stream.of(send)).toList();
            return new Posted(request, id, all, delivery, overLimit, unsent, giveUpAt);
        }

        Posted sent() {
            return new Posted(request, id, sends, delivery, overLimit, Optional.empty(), giveUpAt);
        }
    }

    /** A SEND that waits for its answer; with {@code reportWanted} also for a REPORT. */
    record Send(MsrpSessionId session, ExchangeId exchange, String messageId, boolean reportWanted) {}

    /**
     * Something that the user has to be sent.
     *
     * @param id our Message-ID in its sessions; others who are sent the same have another one
     * @param sentIn the session that it is on its way in
     * @param resent whether it was in one that broke
     */
    record Due(String id, WrappedMessage message, Optional<MsrpSessionId> sentIn, boolean resent) {

        Due in(MsrpSessionId session) {
            return new Due(id, message, Optional.of(session), resent);
        }

        Due unsent() {
            return new Due(id, message, Optional.empty(), false);
        }

        Due again() {
            return new Due(id, message, Optional.empty(), true);
        }
    }

    /**
     * An invitation of the user.
     *
     * @param inviter User-ID of who invites, empty where only its screen name is known
     * @param peer who has passed it on, and gets the answer
     * @param byHost whether it came as InviteUserRequest
     * @param extendsTalk whether a talk is to become the group (EC)
     */
    record Invited(
            String inviteId,
            String inviter,
            Optional<String> inviterName,
            ServiceId peer,
            boolean byHost,
            boolean extendsTalk,
            Instant until) {}

    /**
     * Somebody whom the user has invited or put out.
     *
     * @param inviteId absent when it is put out
     * @param user SIP URI
     * @param shown whether the others may see that the user is asked
     * @param refer the REFER that asked for it
     * @param soFar best SIP status of others of the same REFER, 0 while there is none
     */
    record Asking(
            SspRequestId request,
            Optional<String> inviteId,
            String user,
            boolean shown,
            Optional<ReferId> refer,
            int soFar,
            Instant until) {

        Asking after(int status) {
            return new Asking(request, inviteId, user, shown, refer, status, until);
        }
    }

    /** What may have to be ordered again. */
    sealed interface Farewell extends Parting {
        /** The answer to an invitation; the request has the id that it had. */
        record Responded(SspRequestId request, Invited invited, boolean accepted, Optional<String> note, Instant until)
                implements Farewell {
            @Override
            public Optional<SspRequestId> awaited() {
                return Optional.of(request);
            }
        }

        /** A session that we have ended. */
        record HungUp(InviteUsageId usage, Optional<String> reason, Instant until) implements Farewell {
            @Override
            public Optional<SspRequestId> awaited() {
                return Optional.empty();
            }
        }
    }

    /** The next instant at which something has to happen here by itself. */
    public Optional<Instant> deadline() {
        if (posted.isEmpty() && invited.isEmpty() && asking.isEmpty() && farewells.isEmpty()) {
            Optional<Instant> ofLeg = leg.deadline();
            Optional<Instant> ofMembership = membership.deadline();
            return ofLeg.isEmpty()
                    ? ofMembership
                    : ofMembership.filter(ofLeg.get()::isAfter).or(() -> ofLeg);
        }
        return Stream.of(
                        leg.deadline().stream(),
                        membership.deadline().stream(),
                        posted.stream().map(Posted::giveUpAt),
                        invited.stream().map(Invited::until),
                        asking.stream().map(Asking::until),
                        farewells.stream().map(Farewell::until))
                .flatMap(instants -> instants)
                .min(Instant::compareTo);
    }

    /**
     * What another node needs to go on ({@link org.impsiwf.mapping.State#toShare}): what is promised to the user, and what was taken
     * for it. What the user says its client repeats until it is answered.
     */
    public Participation toShare() {
        return new Participation(
                room,
                member,
                leg,
                membership,
                List.of(),
                due.stream().map(Due::unsent).toList(),
                invited,
                asking,
                farewells,
                toInvite,
                replaced,
                recent.ofHost(),
                0,
                rebuiltAt,
                false);
    }

    /** Whether all that it lacks is that messages were taken. */
    public boolean mayLagBehind(Participation shared) {
        Participation share = toShare();
        return shared.due().containsAll(share.due()) && share.with(shared.due()).equals(shared);
    }

    private Participation with(List<Due> other) {
        return new Participation(
                room,
                member,
                leg,
                membership,
                posted,
                other,
                invited,
                asking,
                farewells,
                toInvite,
                replaced,
                recent,
                missed,
                rebuiltAt,
                stopping);
    }

    /** Whether a message has no answer yet, or session or membership are about to change. */
    public boolean isInTransit() {
        boolean settled = leg instanceof MemberLeg.Away || leg instanceof MemberLeg.Open;
        return !settled
                || membership.awaited().isPresent()
                || !posted.isEmpty()
                || due.stream().anyMatch(item -> item.sentIn().isPresent());
    }

    /** Whether nothing is left of it but what may have to be ordered again. */
    public boolean isQuiet() {
        return leg instanceof MemberLeg.Away
                && membership instanceof Membership.Outside
                && posted.isEmpty()
                && invited.isEmpty()
                && asking.isEmpty();
    }

    /** Whether nothing is left of it. */
    boolean isOver() {
        return isQuiet() && farewells.isEmpty();
    }
}
