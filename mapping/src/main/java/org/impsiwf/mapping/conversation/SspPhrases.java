package org.impsiwf.mapping.conversation;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.impsiwf.mapping.event.Event.AskedBySsp;
import org.impsiwf.mapping.event.Moment;
import org.impsiwf.ssp.primitives.Addressee;
import org.impsiwf.ssp.primitives.ClientId;
import org.impsiwf.ssp.primitives.Content;
import org.impsiwf.ssp.primitives.ImPrimitive.DeliveryStatusReport;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageResponse;
import org.impsiwf.ssp.primitives.InvitationPrimitive.CancelInviteRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteResponse;
import org.impsiwf.ssp.primitives.InviteId;
import org.impsiwf.ssp.primitives.InviteType;
import org.impsiwf.ssp.primitives.MessageId;
import org.impsiwf.ssp.primitives.MessageInfo;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;

/** What the mapping says on the SSP side. */
public final class SspPhrases {

    private SspPhrases() {}

    static SendMessageRequest message(
            Parties parties, Moment moment, String messageId, boolean report, String contentType, byte[] content) {
        return message(
                onBehalf(parties, moment),
                new Message(messageId, sipUser(parties), User.of(parties.impsAddress()), contentType, content, report),
                moment.now());
    }

    /**
     * What a user of ours says.
     *
     * @param id Message-ID
     * @param report Delivery-Report-Request
     */
    public record Message(
            String id, User sender, Addressee recipient, String contentType, byte[] content, boolean report) {}

    public static SendMessageRequest message(MetaInformation meta, Message message, Instant at) {
        MessageInfo info = new MessageInfo(
                Optional.of(new MessageId(message.id())),
                Optional.empty(),
                Optional.of(message.contentType()),
                Optional.empty(),
                Optional.of((long) message.content().length),
                Optional.empty(),
                List.of(new MessageInfo.Recipient(message.recipient())),
                Optional.of(MessageInfo.Sender.of(message.sender())),
                Optional.of(at.truncatedTo(ChronoUnit.SECONDS)));
        return new SendMessageRequest(
                meta, message.report(), info, Optional.of(Content.of(message.contentType(), message.content())));
    }

    static InviteRequest invitation(Parties parties, Moment moment, String inviteId) {
        return new InviteRequest(
                onBehalf(parties, moment),
                new InviteId(inviteId),
                InviteType.IM,
                sipUser(parties),
                User.of(parties.impsAddress()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(moment.policy().invitationWait()));
    }

    static CancelInviteRequest cancellation(Parties parties, Moment moment, String inviteId) {
        return new CancelInviteRequest(
                onBehalf(parties, moment),
                new InviteId(inviteId),
                sipUser(parties),
                User.of(parties.impsAddress()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    static InviteResponse invitationAnswer(Parties parties, String inviteId, boolean accepted, Optional<String> note) {
        return new InviteResponse(
                Status.of(200),
                new InviteId(inviteId),
                User.of(parties.impsAddress()),
                accepted,
                sipUser(parties),
                note,
                Optional.empty());
    }

    /** SSP 16.2.1.1.2: the result is inside the response also when it is a failure (ssp-wire-syntax 3.2). */
    public static SendMessageResponse messageAnswer(Status status, String messageId) {
        Optional<MessageId> id = status.isSuccess() ? Optional.of(new MessageId(messageId)) : Optional.empty();
        return new SendMessageResponse(status, id);
    }

    /** SSP 16.2.9: MessageInfo turned round, as peers write it: its recipient is who gets the report. */
    public static DeliveryStatusReport report(AskedBySsp asked, ServiceId ours, int code, Instant at) {
        MessageInfo info = new MessageInfo(
                Optional.of(new MessageId(asked.messageId())),
                Optional.empty(),
                Optional.of(asked.contentType()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(new MessageInfo.Recipient(User.of(asked.sender()))),
                Optional.of(MessageInfo.Sender.of(User.of(asked.recipient()))),
                Optional.empty());
        Optional<Instant> delivered = code == 200 ? Optional.of(at.truncatedTo(ChronoUnit.SECONDS)) : Optional.empty();
        return new DeliveryStatusReport(
                MetaInformation.ofUser(ours, new UserId(asked.recipient())), Status.of(code), delivered, info);
    }

    private static User sipUser(Parties parties) {
        return new User(new UserId(parties.sipAsImps()), parties.sipName(), Optional.empty());
    }

    private static MetaInformation onBehalf(Parties parties, Moment moment) {
        return new MetaInformation(
                true,
                new ServiceId(moment.policy().serviceId()),
                Optional.of(new UserId(parties.sipAsImps())),
                parties.sipClient().map(ClientId::of));
    }
}
