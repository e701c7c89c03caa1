package org.impsiwf.mapping;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.impsiwf.mapping.addresses.Address;
import org.impsiwf.mapping.conversation.SspPhrases;
import org.impsiwf.mapping.event.Command;
import org.impsiwf.mapping.event.Command.Noted;
import org.impsiwf.mapping.event.ConferenceKeys;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.MailboxKey;
import org.impsiwf.mapping.event.MailboxKey.Kind;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.event.TransactionRef;
import org.impsiwf.ssp.primitives.Addressee;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.GroupPrimitive.GroupChangeNotice;
import org.impsiwf.ssp.primitives.GroupPrimitive.LeaveGroupIndication;
import org.impsiwf.ssp.primitives.ImPrimitive.ExtendConversationResponse;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.CancelInviteRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.CancelInviteUserRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.FurtherAnswer;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteResponse;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteUserRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteUserResponse;
import org.impsiwf.ssp.primitives.InviteId;
import org.impsiwf.ssp.primitives.InviteType;
import org.impsiwf.ssp.primitives.MessageInfo;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.User;

/**
 * The part of {@link Reception} that knows groups on the SSP side. A host speaks for its groups, a domain for its users, and
 * our own domain, whose Service Elements have checked already, for everybody.
 */
final class GroupReception {

    /** Mailboxes that an id of ours may lead a peer's answer to. */
    private static final Set<Kind> ANSWERED_BY_ID = Set.of(Kind.PARTICIPATION, Kind.FOCUS, Kind.EXTENSION, Kind.HOSTED);

    private final Jurisdiction jurisdiction;

    GroupReception(Jurisdiction jurisdiction) {
        this.jurisdiction = jurisdiction;
    }

    /** Where a request of a host or peer goes that is about a group; empty when it is about two users. */
    Optional<Route> request(SspEvent.RequestReceived e, Event event) {
        return switch (e.request()) {
            case SendMessageRequest r -> saidIn(r).map(group -> message(e, group, event));
            case GroupChangeNotice r -> Optional.of(changed(e, r.groupId(), event));
            case LeaveGroupIndication r -> r.groupId().map(group -> leaving(e, group, event));
            case InviteRequest r
            when r.inviteType() != InviteType.IM ->
                r.inviteGroupId().map(group -> invitation(e, r.invitingUser(), r.invitedUser(), group, event));
            case InviteUserRequest r ->
                r.inviteGroupId().map(group -> invitation(e, r.invitingUser(), r.invitedUser(), group, event));
            case CancelInviteRequest r ->
                r.canceledGroupId().map(group -> invitation(e, r.cancelingUser(), r.canceledUser(), group, event));
            case CancelInviteUserRequest r ->
                r.canceledGroupId()
                        .flatMap(group ->
                                r.canceledUser().map(user -> invitation(e, r.cancelingUser(), user, group, event)));
            case InviteResponse r -> answer(e, r.inviteId(), r.invitingUser(), r.answers(), event);
            case InviteUserResponse r -> answer(e, r.inviteId(), r.invitingUser(), r.answers(), event);
            case ExtendConversationResponse r -> Optional.of(extended(e, r, event));
            default -> Optional.empty();
        };
    }

    private static Optional<GroupId> saidIn(SendMessageRequest request) {
        return request.messageInfo().sender().map(MessageInfo.Sender::address).flatMap(sender -> switch (sender) {
            case GroupId group -> Optional.of(group);
            case ScreenName name -> name.groupId();
            default -> Optional.empty();
        });
    }

    private Route message(SspEvent.RequestReceived e, GroupId group, Event event) {
        Optional<Address.Group> hosted = hosted(e.peer(), group);
        if (hosted.isPresent()) {
            return Routes.to(ConferenceKeys.focus(hosted.get()), event);
        }
        return new Route.Answered(List.of(
                new Command.Note(Noted.SPOOFED_SENDER, "a peer that speaks for a group of others"),
                new Command.Ssp(new SspCommand.Answer(
                        e.transaction(), SspPhrases.messageAnswer(Status.of(StatusCode.GENERAL_ADDRESS_ERROR), "")))));
    }

    private Route changed(SspEvent.RequestReceived e, GroupId group, Event event) {
        return hosted(e.peer(), group)
                .map(hosted -> Routes.to(ConferenceKeys.focus(hosted), event))
                .orElseGet(() -> spoofed(e.transaction(), "a peer that speaks for a group of others"));
    }

    /** One-way (SSP 17.1.5): there is nobody to answer. */
    private Route leaving(SspEvent.RequestReceived e, GroupId group, Event event) {
        return hosted(e.peer(), group)
                .map(hosted -> Routes.to(ConferenceKeys.focus(hosted), event))
                .orElseGet(() -> Routes.noted(Noted.SPOOFED_SENDER, "a peer that speaks for a group of others"));
    }

    private Optional<Address.Group> hosted(ServiceId peer, GroupId group) {
        return group(group).filter(named -> jurisdiction.hosts(peer, named));
    }

    private Route invitation(
            SspEvent.RequestReceived e, Addressee inviting, Addressee invited, GroupId groupId, Event event) {
        Optional<Address.Group> group = group(groupId);
        Optional<Address> user = user(invited);
        if (group.isEmpty() || jurisdiction.hostOf(group.get()).isEmpty()) {
            return Routes.answered(e.transaction(), Status.of(StatusCode.GROUP_DOES_NOT_EXIST));
        }
        if (user.isEmpty()) {
            return Routes.answered(e.transaction(), Status.of(StatusCode.UNKNOWN_USER));
        }
        if (!jurisdiction.isServed(user.get())) {
            return Routes.answered(e.transaction(), Status.of(StatusCode.DOMAIN_NOT_SUPPORTED));
        }
        boolean entitled = jurisdiction.hosts(e.peer(), group.get()) || speaksFor(e.peer(), inviting);
        return entitled
                ? Routes.to(ConferenceKeys.participation(group.get(), user.get()), event)
                : spoofed(e.transaction(), "a peer that invites for a user and to a group of others");
    }

    /** The id is ours and leads back; empty when it is one of a talk, or of others. */
    private Optional<Route> answer(
            SspEvent.RequestReceived e, InviteId invite, Addressee inviting, List<FurtherAnswer> answers, Event event) {
        return MailboxKey.within(invite.value())
                .filter(key -> ANSWERED_BY_ID.contains(key.kind()))
                .map(key -> {
                    // Some peers exchange the two users (ssp-wire-syntax 11, row 12).
                    boolean entitled = speaksFor(e.peer(), inviting)
                            || answers.stream().allMatch(answer -> speaksFor(e.peer(), answer.respondingUser()));
                    return entitled
                            ? Routes.to(key, event)
                            : spoofed(e.transaction(), "a peer that answers for a user of others");
                });
    }

    private static Route extended(SspEvent.RequestReceived e, ExtendConversationResponse response, Event event) {
        return MailboxKey.within(response.extendConversationId().value())
                .filter(key -> key.kind() == Kind.EXTENSION)
                .map(key -> Routes.to(key, event))
                .orElseGet(() -> Routes.answered(
                        e.transaction(), Status.of(StatusCode.BAD_PARAMETER, "that ExtendConversation-ID is unknown")));
    }

    private boolean speaksFor(ServiceId peer, Addressee who) {
        return switch (who) {
            case User user -> jurisdiction.speaksFor(peer, user.userId().value());
            case ScreenName name ->
                name.groupId().filter(group -> hosted(peer, group).isPresent()).isPresent();
            case GroupId group -> hosted(peer, group).isPresent();
            default -> false;
        };
    }

    private static Optional<Address> user(Addressee invited) {
        return Stream.of(invited)
                .filter(User.class::isInstance)
                .map(User.class::cast)
                .flatMap(user -> Address.tryParse(user.userId().value()).stream())
                .filter(address -> !(address instanceof Address.Group))
                .findFirst();
    }

    private static Optional<Address.Group> group(GroupId id) {
        return Address.Group.tryParse(id.value());
    }

    private static Route spoofed(TransactionRef transaction, String why) {
        return new Route.Answered(List.of(
                new Command.Note(Noted.SPOOFED_SENDER, why),
                new Command.Ssp(new SspCommand.Answer(transaction, Status.of(StatusCode.GENERAL_ADDRESS_ERROR)))));
    }
}
