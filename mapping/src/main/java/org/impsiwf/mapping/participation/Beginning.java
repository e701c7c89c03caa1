package org.impsiwf.mapping.participation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.impsiwf.mapping.addresses.Address;
import org.impsiwf.mapping.addresses.ClientIds;
import org.impsiwf.mapping.addresses.Names;
import org.impsiwf.mapping.event.Command;
import org.impsiwf.mapping.event.Command.Noted;
import org.impsiwf.mapping.event.ConferenceKeys;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.MailboxKey;
import org.impsiwf.mapping.event.Moment;
import org.impsiwf.mapping.event.Peer;
import org.impsiwf.mapping.participation.Participation.Member;
import org.impsiwf.mapping.participation.Participation.Room;
import org.impsiwf.msrp.event.MsrpCommand;
import org.impsiwf.msrp.event.MsrpEvent;
import org.impsiwf.sip.event.Originator;
import org.impsiwf.sip.event.SipCommand;
import org.impsiwf.sip.event.SipCommand.Response;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.primitives.Addressee;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.InvitationPrimitive.CancelInviteRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.CancelInviteUserRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteUserRequest;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.User;

/** What begins a participation, and what is to be said to whoever thinks that there is one still. */
final class Beginning {

    private Beginning() {}

    /** The participation that this event begins; empty for one that needs another before it. */
    static Optional<Participation> of(Event event, Moment moment) {
        return switch (event) {
            case Event.Sip(SipEvent.InviteReceived e) ->
                group(e.head().requestUri().value())
                        .flatMap(group -> host(group, moment).map(host -> new Room(group, host)))
                        .flatMap(room -> member(e.head().originator()).map(who -> Participation.begin(room, who)));
            case Event.EntryAgreed e ->
                group(e.group().value())
                        .map(group -> new Room(group, e.host()))
                        .flatMap(room ->
                                member(e.invite().head().originator()).map(who -> Participation.begin(room, who)));
            case Event.Ssp(SspEvent.RequestReceived e) ->
                switch (e.request()) {
                    case InviteRequest r -> invited(r.inviteGroupId(), r.invitedUser(), moment);
                    case InviteUserRequest r -> invited(r.inviteGroupId(), r.invitedUser(), moment);
                    default -> Optional.empty();
                };
            default -> Optional.empty();
        };
    }

    private static Optional<Participation> invited(Optional<GroupId> id, Addressee invited, Moment moment) {
        Optional<Address> user =
                invited instanceof User one ? Address.tryParse(one.userId().value()) : Optional.empty();
        return id.flatMap(group -> group(group.value()))
                .flatMap(group -> host(group, moment).map(host -> new Room(group, host)))
                .flatMap(room -> user.map(who ->
                        Participation.begin(room, member(atHome(who, moment), Optional.empty(), Optional.empty()))));
    }

    private static Address atHome(Address user, Moment moment) {
        return user instanceof Address.Telephone number && number.host().isEmpty()
                ? number.at(moment.policy().sipDomains().getFirst())
                : user;
    }

    private static Optional<Member> member(Originator originator) {
        return Address.tryParse(originator.identity().uri().value())
                .map(user ->
                        member(user, originator.identity().displayName(), ClientIds.ofInstance(originator.instance())));
    }

    private static Member member(Address user, Optional<String> displayName, Optional<String> client) {
        String name = Names.clean(displayName).orElseGet(() -> switch (user) {
            case Address.User u -> u.user();
            case Address.Telephone t -> "+" + t.digits();
            case Address.Group g -> g.name();
        });
        return new Member(user.sipUri(), user.impsAddress(), client, name);
    }

    /** We, or the neighbour that serves the group's domain. */
    private static Optional<ServiceId> host(Address.Group group, Moment moment) {
        if (moment.policy().isHome(group.domain())) {
            return Optional.of(moment.policy().hostOfOurs(group));
        }
        return moment.domains().serving(group.domain()).map(Peer::id);
    }

    private static Optional<Address.Group> group(String text) {
        return Address.Group.tryParse(text);
    }

    /** Whoever waits for an answer gets one. */
    static List<Command> tooLate(MailboxKey key, Event event) {
        List<Command> orders = new ArrayList<>();
        orders.add(new Command.Note(
                Noted.LATE_EVENT, event.getClass().getSimpleName() + " of a participation that is over"));
        switch (event) {
            case Event.Msrp(MsrpEvent.MessageReceived e) ->
                orders.add(new Command.Msrp(
                        new MsrpCommand.AnswerMessage(e.session(), e.exchange(), 481, Optional.empty())));
            case Event.Msrp(MsrpEvent.MessageBegun e) ->
                orders.add(new Command.Msrp(
                        new MsrpCommand.AnswerMessage(e.session(), e.exchange(), 481, Optional.empty())));
            case Event.Msrp(MsrpEvent.MessageRelayed e) ->
                orders.add(new Command.Msrp(
                        new MsrpCommand.AnswerMessage(e.session(), e.exchange(), 481, Optional.empty())));
            case Event.RelayOffered(Event.LargeMessage message, boolean privately) ->
                orders.add(new Command.Msrp(new MsrpCommand.AddRecipient(
                        message.session(), message.exchange(), Optional.empty(), /* missed= */ false)));
            case Event.Msrp(MsrpEvent.NicknameReceived e) ->
                orders.add(new Command.Msrp(
                        new MsrpCommand.AnswerNickname(e.session(), e.exchange(), 481, Optional.empty())));
            case Event.Sip(SipEvent.InviteReceived e) -> {
                orders.add(new Command.Sip(new SipCommand.RefuseInvite(e.usage(), Response.of(404))));
                orders.add(new Command.Forget(e.usage()));
            }
            case Event.Sip(SipEvent.ReinviteReceived e) ->
                orders.add(
                        new Command.Sip(new SipCommand.RefuseReinvite(e.usage(), e.transaction(), Response.of(481))));
            case Event.Sip(SipEvent.ReferReceived e) ->
                // RFC 4579 §5.5: only a participant may refer.
                orders.add(new Command.Sip(new SipCommand.RefuseRefer(e.refer(), Response.of(403))));
            case Event.Ssp(SspEvent.RequestReceived e) ->
                orders.add(new Command.Ssp(new SspCommand.Answer(e.transaction(), tooLate(e.request()))));
            case Event.PutOut e ->
                orders.add(new Command.Tell(ConferenceKeys.focusOf(key), new Event.Left(key.text())));
            case Event.MessageSaid e ->
                MailboxKey.parse(e.focus())
                        .ifPresent(focus -> orders.add(
                                new Command.Tell(focus, new Event.MessageTaken(key.text(), e.distribution(), 808))));
            default -> {
                // Nobody waits.
            }
        }
        return List.copyOf(orders);
    }

    private static Status tooLate(Primitive request) {
        return switch (request) {
            case InviteRequest r -> Status.of(StatusCode.GROUP_DOES_NOT_EXIST);
            case InviteUserRequest r -> Status.of(StatusCode.GROUP_DOES_NOT_EXIST);
            case CancelInviteRequest r -> Status.of(StatusCode.INVALID_INVITATION_ID);
            case CancelInviteUserRequest r -> Status.of(StatusCode.INVALID_INVITATION_ID);
            default -> Status.of(StatusCode.INVALID_INVITATION_ID);
        };
    }
}
