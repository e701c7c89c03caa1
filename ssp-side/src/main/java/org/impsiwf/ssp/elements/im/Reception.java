package org.impsiwf.ssp.elements.im;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.impsiwf.ssp.elements.ServiceAccessPoint;
import org.impsiwf.ssp.elements.Users;
import org.impsiwf.ssp.elements.delivery.Deliveries;
import org.impsiwf.ssp.elements.delivery.Destination;
import org.impsiwf.ssp.elements.delivery.Pending;
import org.impsiwf.ssp.elements.delivery.Pending.Kind;
import org.impsiwf.ssp.elements.delivery.SideBySide;
import org.impsiwf.ssp.elements.im.MessageRecords.Method;
import org.impsiwf.ssp.elements.im.ReceptionRules.Decision;
import org.impsiwf.ssp.elements.im.ReceptionRules.Facts;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.MessageId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;

/**
 * Messages for users whose PSE we are: pushed while the sender waits, or stored first (SSP 16.2.3, 16.2.6). A positive
 * answer means that the user's client has the message or that the database has it.
 */
final class Reception {

    private final Blocks blocks;
    private final Users users;
    private final MessageRecords records;
    private final Deliveries deliveries;
    private final Reports reports;
    private final ServiceAccessPoint sap;
    private final ImSettings.Storing settings;

    Reception(
            Blocks blocks,
            Users users,
            MessageRecords records,
            Deliveries deliveries,
            Reports reports,
            ServiceAccessPoint sap,
            ImSettings.Storing settings) {
        this.blocks = blocks;
        this.users = users;
        this.records = records;
        this.deliveries = deliveries;
        this.reports = reports;
        this.sap = sap;
        this.settings = settings;
    }

    /** What has been done with it for each recipient. */
    List<Part> take(SendMessageRequest message, Collection<User> recipients, Instant now) {
        if (recipients.isEmpty()) {
            return List.of();
        }
        Map<User, Decision> decisions = decide(message, recipients);
        List<Part> parts = new ArrayList<>();
        List<User> pushed = new ArrayList<>();
        List<User> awake = new ArrayList<>();
        List<User> asleep = new ArrayList<>();
        decisions.forEach((user, decision) -> {
            switch (decision) {
                case ReceptionRules.Refuse(StatusCode code) -> parts.add(Part.of(user, Status.of(code)));
                case ReceptionRules.SayAgain() -> parts.add(Part.of(user, Status.of(StatusCode.SUCCESSFUL)));
                case ReceptionRules.PushNow() -> pushed.add(user);
                case ReceptionRules.Store(boolean wake) -> (wake ? awake : asleep).add(user);
            }
        });
        parts.addAll(push(message, pushed, asleep, now));
        store(message, awake, now, true);
        store(message, asleep, now, false);
        awake.forEach(user -> parts.add(Part.of(user, Status.of(StatusCode.SUCCESSFUL))));
        asleep.forEach(user -> parts.add(Part.of(user, Status.of(StatusCode.SUCCESSFUL))));
        return parts;
    }

    private Map<User, Decision> decide(SendMessageRequest message, Collection<User> recipients) {
        List<UserId> ids = recipients.stream().map(User::userId).toList();
        Set<UserId> blocking = blocks.blocking(ids, Messages.origin(message));
        Map<UserId, Method> methods = records.methods(ids, Messages.group(message));
        Map<Destination, Integer> waiting = deliveries
                .store()
                .counts(Kind.MESSAGE, ids.stream().map(Destination.ToUser::new).toList());
        Map<User, Decision> decisions = new LinkedHashMap<>();
        for (User recipient : recipients) {
            UserId user = recipient.userId();
            boolean local = sap.isHome(user.domain());
            Facts facts = new Facts(
                    !local || users.isRegistered(user),
                    blocking.contains(user),
                    hasIt(message, user),
                    !local || sap.isOnline(user),
                    waiting.getOrDefault(new Destination.ToUser(user), 0),
                    Optional.ofNullable(methods.get(user)));
            decisions.put(
                    recipient,
                    ReceptionRules.decide(
                            facts, Messages.size(message), message.content().isEmpty(), settings));
        }
        return decisions;
    }

    private boolean hasIt(SendMessageRequest message, UserId user) {
        MessageId id = Messages.id(message);
        String sender = Messages.senderKey(message);
        return records.isTaken(user, sender, id)
                || deliveries
                        .store()
                        .find(Kind.MESSAGE, new Destination.ToUser(user), id.value())
                        .filter(pending -> Messages.senderKey((SendMessageRequest) pending.primitive())
                                .equals(sender))
                        .isPresent();
    }

    /** Who could not be reached is added to those for whom it is stored. */
    private List<Part> push(SendMessageRequest message, List<User> pushed, List<User> unreached, Instant now) {
        List<Part> parts = new ArrayList<>();
        List<UserId> delivered = new ArrayList<>();
        SideBySide.each(
                        pushed,
                        user -> Answers.status(
                                sap.deliver(user.userId(), Messages.pushed(message, user, sap.serviceId()))))
                .forEach((user, answer) -> {
                    boolean later = Answers.isSilence(answer) || Answers.mayBeRepeated(answer);
                    if (answer.isSuccess()) {
                        delivered.add(user.userId());
                    } else if (later && settings.forOffline()) {
                        unreached.add(user);
                    } else {
                        parts.add(Part.of(user, answer));
                    }
                });
        if (!delivered.isEmpty()) {
            delivered(message, delivered, now);
            parts.add(Part.ofUsers(delivered, Status.of(StatusCode.SUCCESSFUL)));
        }
        return parts;
    }

    private void delivered(SendMessageRequest message, List<UserId> to, Instant now) {
        List<Pending.Order> told = to.stream()
                .flatMap(user -> reports.of(message, user, Status.of(StatusCode.SUCCESSFUL), now).stream())
                .toList();
        deliveries.store().together(() -> {
            records.taken(to, Messages.senderKey(message), Messages.id(message), now.plus(settings.remembered()));
            reports.store(told, now);
            return true;
        });
        reports.kick(told);
    }

    private void store(SendMessageRequest message, List<User> recipients, Instant now, boolean awake) {
        List<Pending.Order> orders = orders(message, recipients, expiry(message, now));
        if (awake) {
            deliveries.add(orders);
        } else {
            deliveries.keep(orders, now);
        }
    }

    /** One item per recipient of ours. */
    static List<Pending.Order> orders(SendMessageRequest message, Collection<User> recipients, Instant expires) {
        return recipients.stream()
                .map(user -> new Pending.Order(
                        Kind.MESSAGE,
                        new Destination.ToUser(user.userId()),
                        "message",
                        Messages.id(message).value(),
                        message,
                        expires))
                .toList();
    }

    Instant expiry(SendMessageRequest message, Instant now) {
        Duration validity = message.messageInfo().validity().orElse(settings.validity());
        boolean tooLong = validity.compareTo(settings.longestValidity()) > 0;
        return now.plus(tooLong ? settings.longestValidity() : validity);
    }
}
