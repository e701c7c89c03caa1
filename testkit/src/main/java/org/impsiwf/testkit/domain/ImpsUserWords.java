package org.impsiwf.testkit.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.primitives.Addressee;
import org.impsiwf.ssp.primitives.Content;
import org.impsiwf.ssp.primitives.ExtendConversationId;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.ImPrimitive.DeliveryStatusReport;
import org.impsiwf.ssp.primitives.ImPrimitive.ExtendConversationRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.ExtendConversationResponse;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.CancelInviteRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteResponse;
import org.impsiwf.ssp.primitives.InviteId;
import org.impsiwf.ssp.primitives.InviteType;
import org.impsiwf.ssp.primitives.MessageId;
import org.impsiwf.ssp.primitives.MessageInfo;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;

/** What a user's server says in the user's name: the primitives, with what nobody varies filled in. */
record ImpsUserWords(ServiceId self, UserId id) {

    private static final Duration STORED_AT_MOST = Duration.ofMinutes(10);

    MetaInformation meta() {
        return MetaInformation.ofUser(self, id);
    }

    SendMessageRequest message(Addressee recipient, Content content, boolean wantsReport, MessageId messageId) {
        MessageInfo info = new MessageInfo(
                Optional.of(messageId),
                Optional.empty(),
                content.contentType(),
                Optional.empty(),
                Optional.of((long) content.data().bytes().length),
                Optional.of(STORED_AT_MOST),
                List.of(new MessageInfo.Recipient(recipient)),
                Optional.of(MessageInfo.Sender.of(User.of(id))),
                Optional.of(Instant.now()));
        return new SendMessageRequest(meta(), wantsReport, info, Optional.of(content));
    }

    DeliveryStatusReport report(SendMessageRequest message, int result) {
        return new DeliveryStatusReport(
                MetaInformation.ofServer(self), Status.of(result), Optional.of(Instant.now()), message.messageInfo());
    }

    /** To an exchange of messages. */
    InviteRequest invitation(InviteId inviteId, String invited) {
        return new InviteRequest(
                meta(),
                inviteId,
                InviteType.IM,
                User.of(id),
                User.of(invited),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Duration.ofMinutes(1)));
    }

    CancelInviteRequest cancellation(InviteId inviteId, String invited) {
        return new CancelInviteRequest(
                meta(),
                inviteId,
                User.of(id),
                User.of(invited),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    InviteResponse answer(InviteRequest invitation, boolean accepted) {
        return new InviteResponse(
                Status.of(200),
                invitation.inviteId(),
                invitation.invitingUser(),
                accepted,
                invitation.invitedUser(),
                Optional.empty(),
                Optional.empty());
    }

    ExtendConversationRequest extension(
            ExtendConversationId talk, String partner, List<String> others, String screenName) {
        return new ExtendConversationRequest(
                meta(),
                talk,
                others.stream().map(UserId::new).toList(),
                User.of(partner),
                /* subscribeNotif= */ true,
                Optional.empty(),
                new ScreenName(Optional.empty(), screenName));
    }

    ExtendConversationResponse agreement(ExtendConversationRequest wish, GroupId group) {
        return new ExtendConversationResponse(
                MetaInformation.ofServer(self), wish.extendConversationId(), group, Optional.empty(), Status.of(200));
    }
}
