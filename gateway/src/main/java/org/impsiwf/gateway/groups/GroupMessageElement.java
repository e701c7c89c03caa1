package org.impsiwf.gateway.groups;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.impsiwf.ssp.elements.Groups;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.elements.ServiceAccessPoint;
import org.impsiwf.ssp.elements.ServiceElement;
import org.impsiwf.ssp.elements.ServiceRequest;
import org.impsiwf.ssp.elements.delivery.Deliveries;
import org.impsiwf.ssp.primitives.Addressee;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageResponse;
import org.impsiwf.ssp.primitives.MessageId;
import org.impsiwf.ssp.primitives.MessageInfo;
import org.impsiwf.ssp.primitives.MessageInfo.Recipient;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;

/** SSP 16.2.1: messages into groups that we host, and to screen names in them. */
final class GroupMessageElement implements ServiceElement {

    private final Groups groups;
    private final ServiceAccessPoint sap;
    private final Deliveries deliveries;
    private final GroupOutbox outbox;

    GroupMessageElement(Groups groups, ServiceAccessPoint sap, Deliveries deliveries, GroupOutbox outbox) {
        this.groups = groups;
        this.sap = sap;
        this.deliveries = deliveries;
        this.outbox = outbox;
    }

    @Override
    public Set<Class<? extends Primitive>> serves() {
        return Set.of(SendMessageRequest.class);
    }

    @Override
    public Primitive serve(ServiceRequest request) {
        SendMessageRequest message = withId((SendMessageRequest) request.primitive());
        Status status = post(request, message);
        Optional<MessageId> id = message.messageInfo().messageId();
        return new SendMessageResponse(status, status.isSuccess() ? id : Optional.empty());
    }

    private Status post(ServiceRequest request, SendMessageRequest message) {
        List<GroupId> addressed = new ArrayList<>();
        List<ScreenName> names = new ArrayList<>();
        List<Recipient> others = new ArrayList<>();
        for (Recipient recipient : message.messageInfo().recipients()) {
            switch (recipient.addressee()) {
                case GroupId group -> addressed.add(group);
                case ScreenName name -> names.add(name);
                case Addressee other -> others.add(recipient);
            }
        }
        if (!others.isEmpty() || addressed.size() + (names.isEmpty() ? 0 : 1) != 1) {
            throw Refusal.of(StatusCode.BAD_PARAMETER, "one group at a time, and no users beside it");
        }
        GroupId group = addressed.isEmpty() ? groupOf(names) : addressed.getFirst();
        return groups.post(request.requiredUser(), message, group, names);
    }

    private static GroupId groupOf(List<ScreenName> names) {
        List<GroupId> named = names.stream()
                .flatMap(name -> name.groupId().stream())
                .distinct()
                .toList();
        if (named.size() != 1) {
            throw Refusal.of(StatusCode.BAD_PARAMETER, "screen names of one group");
        }
        return named.getFirst();
    }

    private SendMessageRequest withId(SendMessageRequest message) {
        MessageInfo info = message.messageInfo();
        if (info.messageId().isPresent()) {
            return message;
        }
        MessageId id = new MessageId(UUID.randomUUID() + "@" + sap.serviceId().domain());
        return message.withMessageInfo(info.withMessageId(id));
    }

    @Override
    public void expire(Instant now) {
        deliveries.expire(now);
        outbox.tidy();
    }
}
