package org.impsiwf.ssp.elements.im;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.impsiwf.ssp.elements.ContactListMembers;
import org.impsiwf.ssp.elements.GroupHistory;
import org.impsiwf.ssp.elements.Groups;
import org.impsiwf.ssp.elements.Outbox;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.elements.ServiceAccessPoint;
import org.impsiwf.ssp.elements.ServiceElement;
import org.impsiwf.ssp.elements.ServiceRequest;
import org.impsiwf.ssp.elements.Users;
import org.impsiwf.ssp.elements.delivery.Deliveries;
import org.impsiwf.ssp.elements.delivery.Pending.Kind;
import org.impsiwf.ssp.primitives.ImPrimitive.DeliveryStatusReport;
import org.impsiwf.ssp.primitives.ImPrimitive.ForwardMessageRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.ForwardMessageResponse;
import org.impsiwf.ssp.primitives.ImPrimitive.GetMessageListRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.GetMessageRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.MessageDelivered;
import org.impsiwf.ssp.primitives.ImPrimitive.MessageNotification;
import org.impsiwf.ssp.primitives.ImPrimitive.NewMessage;
import org.impsiwf.ssp.primitives.ImPrimitive.RejectMessageRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.SetMessageDeliveryMethod;
import org.impsiwf.ssp.primitives.MessageId;
import org.impsiwf.ssp.primitives.MessageInfo;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;

/** The Instant Messaging Service Element (SSP 16.2.1 to 16.2.9), without blocking ({@link Blocks}) and ExtendConversation. */
public final class ImElement implements ServiceElement {

    private final Sending sending;
    private final Mailbox mailbox;
    private final Reports reports;
    private final FromPse fromPse;
    private final MessageIds ids;
    private final MessageRecords records;
    private final Deliveries deliveries;
    private final Outbox outbox;

    /** What it needs of the other elements; {@code history} is absent where group history is not offered. */
    public record Neighbours(
            Users users,
            Groups groups,
            Optional<GroupHistory> history,
            ContactListMembers contactLists,
            Blocks blocks) {}

    public ImElement(
            Neighbours neighbours,
            Deliveries deliveries,
            MessageRecords records,
            ServiceAccessPoint sap,
            ImSettings settings,
            InstantSource clock) {
        this.deliveries = deliveries;
        this.records = records;
        ids = new MessageIds(sap.serviceId());
        Users users = neighbours.users();
        Blocks blocks = neighbours.blocks();
        Groups groups = neighbours.groups();
        ImSettings.Storing storing = settings.storing();
        reports = new Reports(deliveries, records, users, sap, storing);
        Pushing pushing = new Pushing(blocks, records, reports, sap, storing);
        Relaying relaying = new Relaying(deliveries, records, reports, sap, storing);
        Reception reception = new Reception(blocks, users, records, deliveries, reports, sap, storing);
        PostingToGroups postingToGroups = new PostingToGroups(groups, reception, relaying, sap);
        sending = new Sending(reception, relaying, postingToGroups, neighbours.contactLists(), ids, sap, settings);
        mailbox = new Mailbox(deliveries, records, pushing, groups, neighbours.history(), sap, settings);
        fromPse = new FromPse(users, sap);
        outbox = new DurableOutbox(blocks, users, deliveries, reports, ids, sap, storing, clock);
        deliveries.register(Kind.MESSAGE, pushing);
        deliveries.register(Kind.RELAYED_MESSAGE, relaying);
        deliveries.register(Kind.REPORT, reports);
    }

    /** Where other elements put the messages that they send. */
    public Outbox outbox() {
        return outbox;
    }

    @Override
    public Set<Class<? extends Primitive>> serves() {
        return Set.of(
                SendMessageRequest.class,
                ForwardMessageRequest.class,
                NewMessage.class,
                MessageNotification.class,
                GetMessageRequest.class,
                MessageDelivered.class,
                SetMessageDeliveryMethod.class,
                GetMessageListRequest.class,
                RejectMessageRequest.class,
                DeliveryStatusReport.class);
    }

    @Override
    public Primitive serve(ServiceRequest request) {
        Instant now = request.at();
        return switch (request.primitive()) {
            case SendMessageRequest message -> sending.serve(request, message);
            case ForwardMessageRequest forward -> forward(request.requiredUser(), forward, now);
            case NewMessage message -> fromPse.pushed(message);
            case MessageNotification notification -> fromPse.notified(notification);
            case GetMessageRequest get -> mailbox.fetch(request.requiredUser(), get.messageId());
            case MessageDelivered done -> mailbox.delivered(request.requiredUser(), done.messageId(), now);
            case SetMessageDeliveryMethod method -> mailbox.choose(request.requiredUser(), method, now);
            case GetMessageListRequest list -> mailbox.list(request.requiredUser(), list);
            case RejectMessageRequest reject -> mailbox.reject(request.requiredUser(), reject.messageIdList(), now);
            case DeliveryStatusReport report -> reports.take(request, report);
            default -> throw new IllegalStateException("not served here: " + request.primitive());
        };
    }

    /** SSP 16.2.2: the copy is a message of the user who forwards it, with an id of its own; the original stays stored. */
    private Primitive forward(UserId user, ForwardMessageRequest forward, Instant now) {
        SendMessageRequest original =
                mailbox.find(user, forward.messageId()).orElseThrow(() -> Refusal.of(StatusCode.INVALID_MESSAGE_ID));
        MessageInfo info = original.messageInfo();
        MessageId id = ids.next();
        MessageInfo copied = info.withMessageId(id)
                .withRecipients(forward.recipients())
                .withSender(MessageInfo.Sender.of(User.of(user)));
        SendMessageRequest copy = new SendMessageRequest(forward.metaInformation(), false, copied, original.content());
        Status status = sending.send(copy, true, now);
        return status.isSuccess() ? new ForwardMessageResponse(status, Optional.of(id)) : status;
    }

    @Override
    public void loggedIn(UserId user, Instant now) {
        deliveries.loggedIn(user, now);
    }

    @Override
    public void expire(Instant now) {
        deliveries.expire(now);
        records.forget(now);
    }
}
