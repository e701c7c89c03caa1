package org.impsiwf.ssp.elements.im;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.elements.ServiceAccessPoint;
import org.impsiwf.ssp.elements.delivery.Deliveries;
import org.impsiwf.ssp.elements.delivery.Destination;
import org.impsiwf.ssp.elements.delivery.Pending;
import org.impsiwf.ssp.elements.delivery.Verdict;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;

/** Stored messages on their way to users whose PSE we are: the message itself, or the notification that it is there. */
final class Pushing implements Deliveries.Carrier {

    private final Blocks blocks;
    private final MessageRecords records;
    private final Reports reports;
    private final ServiceAccessPoint sap;
    private final ImSettings.Storing settings;

    Pushing(
            Blocks blocks,
            MessageRecords records,
            Reports reports,
            ServiceAccessPoint sap,
            ImSettings.Storing settings) {
        this.blocks = blocks;
        this.records = records;
        this.reports = reports;
        this.sap = sap;
        this.settings = settings;
    }

    @Override
    public Verdict carry(Pending item, Instant now) {
        SendMessageRequest message = (SendMessageRequest) item.primitive();
        UserId user = ((Destination.ToUser) item.destination()).user();
        boolean local = sap.isHome(user.domain());
        if (local && !sap.isOnline(user)) {
            return new Verdict.Parked();
        }
        // It may have been stored before the user shut its sender out (SSP-397).
        if (!blocks.blocking(List.of(user), Messages.origin(message)).isEmpty()) {
            return over(message, user, Status.of(StatusCode.RECIPIENT_BLOCKED_THE_SENDER), now);
        }
        User to = Messages.addressee(message, user);
        if (!isPushed(message, user)) {
            Status answer = Answers.status(sap.deliver(user, Messages.notification(message, to, sap.serviceId())));
            return answer.isSuccess() || !isDown(answer, local) ? new Verdict.Parked() : new Verdict.Down();
        }
        Status answer = Answers.status(sap.deliver(user, Messages.pushed(message, to, sap.serviceId())));
        if (answer.isSuccess()) {
            return over(message, user, Status.of(StatusCode.SUCCESSFUL), now);
        }
        if (isDown(answer, local)) {
            return new Verdict.Down();
        }
        return Answers.mayBeRepeated(answer) ? new Verdict.Parked() : over(message, user, answer, now);
    }

    // A user of another domain cannot be waited for: its log-in is not told to us.
    private static boolean isDown(Status answer, boolean local) {
        return Answers.isSilence(answer) || (!local && Answers.mayBeRepeated(answer));
    }

    private boolean isPushed(SendMessageRequest message, UserId user) {
        Optional<MessageRecords.Method> method = Optional.ofNullable(
                records.methods(List.of(user), Messages.group(message)).get(user));
        return ReceptionRules.isPushed(
                method, Messages.size(message), message.content().isEmpty(), settings.method());
    }

    /** What is written when that recipient is done with the message. */
    void done(SendMessageRequest message, UserId user, Status result, Instant now) {
        records.taken(
                List.of(user), Messages.senderKey(message), Messages.id(message), now.plus(settings.remembered()));
        reports.store(reports.of(message, user, result, now).stream().toList(), now);
    }

    private Verdict over(SendMessageRequest message, UserId user, Status result, Instant now) {
        return new Verdict.Over(() -> done(message, user, result, now));
    }

    @Override
    public void expired(Pending item, Instant now) {
        Status expired = Status.of(StatusCode.UNABLE_TO_DELIVERY, "expired before it could be delivered");
        done((SendMessageRequest) item.primitive(), ((Destination.ToUser) item.destination()).user(), expired, now);
    }
}
