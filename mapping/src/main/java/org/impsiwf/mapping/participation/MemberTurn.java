package org.impsiwf.mapping.participation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.impsiwf.mapping.decision.Orders;
import org.impsiwf.mapping.event.Command.Noted;
import org.impsiwf.mapping.event.ConferenceKeys;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.MailboxKey;
import org.impsiwf.mapping.event.Moment;
import org.impsiwf.mapping.event.Peer;
import org.impsiwf.mapping.participation.Participation.Asking;
import org.impsiwf.mapping.participation.Participation.Due;
import org.impsiwf.mapping.participation.Participation.Farewell;
import org.impsiwf.mapping.participation.Participation.Invited;
import org.impsiwf.mapping.participation.Participation.Member;
import org.impsiwf.mapping.participation.Participation.Posted;
import org.impsiwf.mapping.participation.Participation.Room;
import org.impsiwf.sip.event.SipUri;
import org.impsiwf.ssp.primitives.ServiceId;

/** A working copy of a participation besides the orders so far; it lives for one call of {@link ParticipationRules#decide}. */
final class MemberTurn extends Orders {

    final List<Posted> posted;
    final List<Due> due;
    final List<Invited> invited;
    final List<Asking> asking;
    final List<Farewell> farewells;
    Room room;
    Member member;
    MemberLeg leg;
    Membership membership;
    List<Event.Invitee> toInvite;
    Optional<String> replaced;
    int missed;
    Optional<Instant> rebuiltAt;
    boolean stopping;
    private Recent recent;

    MemberTurn(MailboxKey key, Participation before, Moment moment) {
        super(key, moment);
        this.room = before.room();
        this.member = before.member();
        this.leg = before.leg();
        this.membership = before.membership();
        this.posted = new ArrayList<>(before.posted());
        this.due = new ArrayList<>(before.due());
        this.invited = new ArrayList<>(before.invited());
        this.asking = new ArrayList<>(before.asking());
        this.farewells = new ArrayList<>(before.farewells());
        this.toInvite = before.toInvite();
        this.replaced = before.replaced();
        this.recent = before.recent();
        this.missed = before.missed();
        this.rebuiltAt = before.rebuiltAt();
        this.stopping = before.stopping();
    }

    Participation after() {
        return new Participation(
                room,
                member,
                leg,
                membership,
                posted,
                due,
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

    /** The host as it is now: our own element is always there, a peer that is no longer configured counts as down. */
    Peer host() {
        return server(room.host());
    }

    Peer server(ServiceId id) {
        return isSelf(id) ? Peer.plain(id, true) : moment.domains().named(id).orElseGet(() -> Peer.plain(id, false));
    }

    ServiceId self() {
        return new ServiceId(policy().serviceId());
    }

    boolean isSelf(ServiceId id) {
        return id.domain().equals(policy().ourDomain());
    }

    /** Only in groups of ours: another host has to have a message as a whole. */
    OptionalLong maxRelayedSize() {
        return isSelf(room.host()) ? policy().conferences().maxRelayedSize() : OptionalLong.empty();
    }

    SipUri focus() {
        return new SipUri(room.uri());
    }

    MailboxKey focusMailbox() {
        return ConferenceKeys.focus(room.address());
    }

    void tellFocus(Event.OfConference event) {
        tell(focusMailbox(), event);
    }

    /** The name by which the group knows the user now, or would. */
    String screenName() {
        return switch (membership) {
            case Membership.Joined s -> s.screenName();
            case Membership.Renaming s -> s.before();
            case Membership.Outside s -> member.wantedName();
            case Membership.Entering s -> member.wantedName();
            case Membership.Leaving s -> member.wantedName();
        };
    }

    boolean wasTaken(String id) {
        Instant at = recent.at(id);
        return at != null && !isPast(at.plus(policy().memory()));
    }

    /** The id that a message of the user has further on: the same for a repeat, unless it was refused. */
    String idOf(String repeatId) {
        return wasTaken(REFUSED + repeatId) ? newId() : derivedId(repeatId);
    }

    void remember(String id) {
        recent = recent.with(id, now());
    }

    void misrouted(Event event) {
        note(Noted.OUR_MISTAKE, event.getClass().getSimpleName() + " in a participation");
    }
}
