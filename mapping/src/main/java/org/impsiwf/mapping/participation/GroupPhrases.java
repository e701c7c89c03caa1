package org.impsiwf.mapping.participation;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.impsiwf.mapping.addresses.Address;
import org.impsiwf.mapping.content.InstantMessage;
import org.impsiwf.mapping.conversation.SspPhrases;
import org.impsiwf.mapping.participation.Participation.Invited;
import org.impsiwf.ssp.primitives.Addressee;
import org.impsiwf.ssp.primitives.ClientId;
import org.impsiwf.ssp.primitives.GroupPrimitive.GetJoinedMemberRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.JoinGroupRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.LeaveGroupRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.RemoveGroupMemberRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.CancelInviteRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteResponse;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteUserResponse;
import org.impsiwf.ssp.primitives.InviteId;
import org.impsiwf.ssp.primitives.InviteType;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.OwnProperties;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Property;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;

/** What a participation says on the SSP side, as its user. */
final class GroupPhrases {

    private GroupPhrases() {}

    /** @param whispers whether the user's client can tell a private message from one to all (RFC 7701 §8) */
    static JoinGroupRequest join(MemberTurn turn, String screenName, boolean whispers) {
        OwnProperties deaf = new OwnProperties(List.of(new Property("PrivateMessaging", "F")));
        return new JoinGroupRequest(
                onBehalf(turn),
                turn.room.id(),
                /* joinedRequest= */ true,
                Optional.of(ScreenName.in(turn.room.id(), screenName)),
                /* subscribeNotif= */ true,
                whispers ? Optional.empty() : Optional.of(deaf),
                // No SIP header tells an age; without one the host lets the user in (SSP 17.1.3).
                Optional.empty());
    }

    static LeaveGroupRequest leave(MemberTurn turn) {
        return new LeaveGroupRequest(onBehalf(turn), turn.room.id());
    }

    static RemoveGroupMemberRequest putOut(MemberTurn turn, Address user) {
        return new RemoveGroupMemberRequest(onBehalf(turn), turn.room.id(), List.of(new UserId(user.impsAddress())));
    }

    static GetJoinedMemberRequest whoIsIn(MemberTurn turn) {
        return new GetJoinedMemberRequest(onBehalf(turn), turn.room.id());
    }

    /** @param message its recipient is a screen name, or empty when it is for all */
    static SendMessageRequest say(MemberTurn turn, InstantMessage message) {
        Addressee to =
                message.recipient().isEmpty() ? turn.room.id() : ScreenName.in(turn.room.id(), message.recipient());
        return SspPhrases.message(
                onBehalf(turn),
                new SspPhrases.Message(
                        message.messageId(),
                        user(turn),
                        to,
                        message.contentType(),
                        message.content(),
                        message.reportWanted()),
                turn.now());
    }

    static InviteRequest invitation(MemberTurn turn, String inviteId, Address invitee, Duration validity) {
        return new InviteRequest(
                onBehalf(turn),
                new InviteId(inviteId),
                InviteType.GR,
                user(turn),
                User.of(invitee.impsAddress()),
                Optional.of(turn.room.id()),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.of(ScreenName.in(turn.room.id(), turn.screenName())),
                Optional.of(validity));
    }

    static CancelInviteRequest cancellation(MemberTurn turn, String inviteId, Address invitee) {
        return new CancelInviteRequest(
                onBehalf(turn),
                new InviteId(inviteId),
                user(turn),
                User.of(invitee.impsAddress()),
                Optional.of(turn.room.id()),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    /** The user's answer, in the words that the invitation came in (SSP 13.1.7). */
    static Primitive invitationAnswer(MemberTurn turn, Invited invited, boolean accepted, Optional<String> note) {
        Addressee inviting = invited.inviter().isEmpty()
                ? ScreenName.in(turn.room.id(), invited.inviterName().orElse(""))
                : User.of(invited.inviter());
        Optional<ScreenName> own = Optional.of(ScreenName.in(turn.room.id(), turn.screenName()));
        InviteId id = new InviteId(invited.inviteId());
        return invited.byHost()
                ? new InviteUserResponse(Status.of(200), id, inviting, accepted, user(turn), note, own, List.of())
                : new InviteResponse(Status.of(200), id, inviting, accepted, user(turn), note, own);
    }

    private static User user(MemberTurn turn) {
        return User.of(turn.member.impsAddress());
    }

    private static MetaInformation onBehalf(MemberTurn turn) {
        return new MetaInformation(
                true,
                turn.self(),
                Optional.of(new UserId(turn.member.impsAddress())),
                turn.member.client().map(ClientId::of));
    }
}
