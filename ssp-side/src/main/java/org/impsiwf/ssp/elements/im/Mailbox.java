package org.impsiwf.ssp.elements.im;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.impsiwf.ssp.elements.GroupHistory;
import org.impsiwf.ssp.elements.Groups;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.elements.ServiceAccessPoint;
import org.impsiwf.ssp.elements.delivery.Deliveries;
import org.impsiwf.ssp.elements.delivery.Destination;
import org.impsiwf.ssp.elements.delivery.Pending;
import org.impsiwf.ssp.elements.delivery.Pending.Kind;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.GroupPrimitive.GetJoinedMemberRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.GetJoinedMemberResponse;
import org.impsiwf.ssp.primitives.ImPrimitive.DeliveryMethod;
import org.impsiwf.ssp.primitives.ImPrimitive.GetMessageListRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.GetMessageListResponse;
import org.impsiwf.ssp.primitives.ImPrimitive.NewMessage;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.SetMessageDeliveryMethod;
import org.impsiwf.ssp.primitives.Mapping;
import org.impsiwf.ssp.primitives.MessageId;
import org.impsiwf.ssp.primitives.MessageInfo;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;

/** A user's stored messages, and how new ones are to come (SSP 16.2.5 to 16.2.8). */
final class Mailbox {

    private final Deliveries deliveries;
    private final MessageRecords records;
    private final Pushing pushing;
    private final Groups groups;
    private final Optional<GroupHistory> history;
    private final ServiceAccessPoint sap;
    private final ImSettings settings;

    /** @param history absent where group history is not offered: a request for it is refused with 509 */
    Mailbox(
            Deliveries deliveries,
            MessageRecords records,
            Pushing pushing,
            Groups groups,
            Optional<GroupHistory> history,
            ServiceAccessPoint sap,
            ImSettings settings) {
        this.deliveries = deliveries;
        this.records = records;
        this.pushing = pushing;
        this.groups = groups;
        this.history = history;
        this.sap = sap;
        this.settings = settings;
    }

    /** It stays stored until {@link #delivered} confirms it (SSP-383). */
    NewMessage fetch(UserId user, MessageId id) {
        SendMessageRequest message = find(user, id)
                .or(() -> history.flatMap(kept -> kept.message(id, user)))
                .orElseThrow(() -> Refusal.of(StatusCode.INVALID_MESSAGE_ID));
        if (Messages.size(message) > settings.contents().largestFetched()) {
            throw Refusal.of(StatusCode.MESSAGE_CANNOT_BE_DELIVERED_DUE_TO_LIMITATIONS);
        }
        return Messages.fetched(message, Messages.addressee(message, user));
    }

    /** The stored message of that Message-ID, or of that Message-URI. */
    Optional<SendMessageRequest> find(UserId user, MessageId id) {
        return pending(user, id).map(item -> (SendMessageRequest) item.primitive());
    }

    private Optional<Pending> pending(UserId user, MessageId id) {
        Destination queue = new Destination.ToUser(user);
        Optional<Pending> byId = deliveries.store().find(Kind.MESSAGE, queue, id.value());
        // An id with a scheme may be where the content is.
        return byId.isPresent() || !id.value().contains("://")
                ? byId
                : deliveries
                        .store()
                        .list(Kind.MESSAGE, queue, settings.storing().quota())
                        .stream()
                        .filter(item -> ((SendMessageRequest) item.primitive())
                                .messageInfo()
                                .messageUri()
                                .filter(id.value()::equals)
                                .isPresent())
                        .findFirst();
    }

    /** The user has a fetched message. */
    Status delivered(UserId user, MessageId id, Instant now) {
        Optional<Pending> item = pending(user, id);
        if (item.isEmpty()) {
            boolean ofGroup = history.flatMap(kept -> kept.message(id, user)).isPresent();
            return Status.of(ofGroup ? StatusCode.SUCCESSFUL : StatusCode.INVALID_MESSAGE_ID);
        }
        end(item.get(), user, Status.of(StatusCode.SUCCESSFUL), now);
        return Status.of(StatusCode.SUCCESSFUL);
    }

    private void end(Pending item, UserId user, Status result, Instant now) {
        SendMessageRequest message = (SendMessageRequest) item.primitive();
        deliveries.store().end(item.id(), () -> pushing.done(message, user, result, now));
        Messages.sender(message).ifPresent(sender -> deliveries.kick(List.of(new Destination.ToUser(sender))));
    }

    /** What is not stored is named in the answer; the rest is removed all the same. */
    Status reject(UserId user, List<MessageId> ids, Instant now) {
        Status rejected = Status.of(StatusCode.UNABLE_TO_DELIVERY, "rejected by the recipient");
        List<Part> parts = new ArrayList<>();
        for (MessageId id : ids) {
            Optional<Pending> item = pending(user, id);
            item.ifPresent(found -> end(found, user, rejected, now));
            StatusCode code = item.isPresent() ? StatusCode.SUCCESSFUL : StatusCode.INVALID_MESSAGE_ID;
            parts.add(Part.ofMessage(id, Status.of(code)));
        }
        return Combination.of(parts);
    }

    Primitive list(UserId user, GetMessageListRequest request) {
        long wanted = request.messageCount().orElse((long) settings.mostListed());
        if (wanted > settings.mostListed()) {
            throw Refusal.of(StatusCode.MESSAGE_COUNT_EXCEEDED);
        }
        return request.groupId().isPresent()
                ? ofGroup(user, request, request.groupId().get(), (int) wanted)
                : stored(user, (int) wanted);
    }

    private GetMessageListResponse stored(UserId user, int wanted) {
        Destination queue = new Destination.ToUser(user);
        int total = deliveries.store().count(Kind.MESSAGE, queue);
        if (total == 0) {
            throw Refusal.of(StatusCode.THERE_ARE_NO_INSTANT_MESSAGES);
        }
        List<SendMessageRequest> messages = deliveries.store().list(Kind.MESSAGE, queue, wanted).stream()
                .map(item -> (SendMessageRequest) item.primitive())
                .toList();
        return listed(user, messages, total);
    }

    private Primitive ofGroup(UserId user, GetMessageListRequest request, GroupId group, int wanted) {
        if (history.isEmpty()) {
            throw Refusal.of(StatusCode.RELATED_SERVICES_ARE_MISSING);
        }
        if (!groups.isHosted(group) && !sap.isHome(group.domain())) {
            return ofForeignGroup(user, request, group);
        }
        GroupHistory.Page page = history.get().read(group, user, OptionalInt.of(wanted));
        if (page.total() == 0) {
            throw Refusal.of(StatusCode.THERE_ARE_NO_INSTANT_MESSAGES);
        }
        return listed(user, page.messages(), page.total());
    }

    /** SSP-389: the history of another domain's group is for those who are joined there. */
    private Primitive ofForeignGroup(UserId user, GetMessageListRequest request, GroupId group) {
        Primitive answer = sap.ask(group.domain(), new GetJoinedMemberRequest(request.metaInformation(), group));
        if (!(answer instanceof GetJoinedMemberResponse joined)) {
            return answer;
        }
        boolean isJoined = is(joined.joinedAdminList(), user) || is(joined.joinedUserList(), user);
        if (!isJoined) {
            throw Refusal.of(StatusCode.GROUP_IS_NOT_JOINED);
        }
        return sap.ask(group.domain(), request);
    }

    private static boolean is(List<Mapping> joined, UserId user) {
        return joined.stream()
                .flatMap(one -> one.userId().stream())
                .anyMatch(one -> one.value().equalsIgnoreCase(user.value()));
    }

    private static GetMessageListResponse listed(UserId user, List<SendMessageRequest> messages, int total) {
        List<MessageInfo> infos = messages.stream()
                .map(message -> Messages.infoFor(message, User.of(user)))
                .toList();
        Optional<Long> more = total > infos.size() ? Optional.of((long) total) : Optional.empty();
        return new GetMessageListResponse(Status.of(StatusCode.SUCCESSFUL), infos, more);
    }

    /** From the next message on; who chooses Push in general gets what waits, too. */
    Status choose(UserId user, SetMessageDeliveryMethod request, Instant now) {
        Optional<GroupId> group = request.groupId();
        if (group.isEmpty() && request.groupContentLimit().isPresent()) {
            throw Refusal.of(StatusCode.BAD_REQUEST, "a Group-Content-Limit needs a Group-ID (SSP Table 138)");
        }
        if (group.filter(one -> sap.isHome(one.domain()) && !groups.isHosted(one))
                .isPresent()) {
            throw Refusal.of(StatusCode.GROUP_DOES_NOT_EXIST);
        }
        records.setMethod(
                user, group, new MessageRecords.Method(request.messageDeliveryMethod(), request.groupContentLimit()));
        if (request.messageDeliveryMethod() == DeliveryMethod.PUSH && group.isEmpty()) {
            deliveries.loggedIn(user, now);
        }
        return Status.of(StatusCode.SUCCESSFUL);
    }
}
