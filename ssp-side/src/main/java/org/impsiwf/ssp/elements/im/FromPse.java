package org.impsiwf.ssp.elements.im;

import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.elements.ServiceAccessPoint;
import org.impsiwf.ssp.elements.Users;
import org.impsiwf.ssp.elements.delivery.SideBySide;
import org.impsiwf.ssp.primitives.ImPrimitive.MessageDelivered;
import org.impsiwf.ssp.primitives.ImPrimitive.MessageNotification;
import org.impsiwf.ssp.primitives.ImPrimitive.NewMessage;
import org.impsiwf.ssp.primitives.MessageId;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.User;

/** What the PSE of our users sends to their clients (SSP 16.2.3, 16.2.4): we are their home and nothing else. */
final class FromPse {

    private final Users users;
    private final ServiceAccessPoint sap;

    FromPse(Users users, ServiceAccessPoint sap) {
        this.users = users;
        this.sap = sap;
    }

    Primitive pushed(NewMessage message) {
        MessageId id = message.messageInfo().messageId().orElseThrow(() -> Refusal.of(StatusCode.INVALID_MESSAGE_ID));
        Status status = handOver(
                message.recipientUserIdList(),
                user -> new NewMessage(
                        message.metaInformation(),
                        message.statusInfo(),
                        List.of(user),
                        message.messageInfo(),
                        message.content()));
        return status.isSuccess() ? new MessageDelivered(Optional.empty(), Optional.of(status), id) : status;
    }

    Status notified(MessageNotification notification) {
        return handOver(
                notification.recipientUserIdList(),
                user -> new MessageNotification(
                        notification.metaInformation(), List.of(user), notification.messageInfo()));
    }

    private interface Copy {
        Primitive forUser(User user);
    }

    private Status handOver(List<User> recipients, Copy copy) {
        return Combination.of(SideBySide.each(recipients, user -> handOver(user, copy)).entrySet().stream()
                .map(outcome -> Part.of(outcome.getKey(), outcome.getValue()))
                .toList());
    }

    private Status handOver(User user, Copy copy) {
        if (!sap.isHome(user.userId().domain()) || !users.isRegistered(user.userId())) {
            return Status.of(StatusCode.UNKNOWN_USER);
        }
        Status answer = Answers.status(sap.deliver(user.userId(), copy.forUser(user)));
        boolean away = answer.statusCode() == StatusCode.MESSAGE_RECIPIENT_NOT_LOGGED_IN.code();
        // The word of SSP 16.3.5 for somebody who cannot take it now.
        return away ? Status.of(StatusCode.UNABLE_TO_DELIVERY, "not logged in") : answer;
    }
}
