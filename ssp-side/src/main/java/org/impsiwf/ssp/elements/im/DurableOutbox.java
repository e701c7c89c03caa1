package org.impsiwf.ssp.elements.im;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.impsiwf.ssp.elements.Outbox;
import org.impsiwf.ssp.elements.ServiceAccessPoint;
import org.impsiwf.ssp.elements.Users;
import org.impsiwf.ssp.elements.delivery.Deliveries;
import org.impsiwf.ssp.elements.delivery.Destination;
import org.impsiwf.ssp.elements.delivery.Pending;
import org.impsiwf.ssp.elements.delivery.Pending.Kind;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;

/** Messages that other elements send without waiting: all of one message in one transaction, one item per domain. */
final class DurableOutbox implements Outbox {

    private final Blocks blocks;
    private final Users users;
    private final Deliveries deliveries;
    private final Reports reports;
    private final MessageIds ids;
    private final ServiceAccessPoint sap;
    private final ImSettings.Storing settings;
    private final InstantSource clock;

    DurableOutbox(
            Blocks blocks,
            Users users,
            Deliveries deliveries,
            Reports reports,
            MessageIds ids,
            ServiceAccessPoint sap,
            ImSettings.Storing settings,
            InstantSource clock) {
        this.blocks = blocks;
        this.users = users;
        this.deliveries = deliveries;
        this.reports = reports;
        this.ids = ids;
        this.sap = sap;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public void accept(SendMessageRequest said, Collection<UserId> recipients, Instant expires) {
        Instant now = clock.instant();
        SendMessageRequest message =
                said.messageInfo().messageId().isPresent() ? said : Messages.withId(said, ids.next());
        List<User> ours = new ArrayList<>();
        List<User> theirs = new ArrayList<>();
        recipients.stream()
                .distinct()
                .forEach(user -> (sap.isPrimary(user, SendMessageRequest.class) ? ours : theirs)
                        .add(Messages.addressee(message, user)));
        List<Pending.Order> orders = new ArrayList<>(forUsersOfOurs(message, ours, expires, now));
        Relaying.byDomain(theirs)
                .forEach((domain, some) ->
                        orders.add(Relaying.order(domain, Messages.forUsers(message, some), expires)));
        deliveries.add(orders);
    }

    /** The messages, or reports that tell why there is none. */
    private List<Pending.Order> forUsersOfOurs(
            SendMessageRequest message, List<User> ours, Instant expires, Instant now) {
        if (ours.isEmpty()) {
            return List.of();
        }
        List<UserId> all = ours.stream().map(User::userId).toList();
        Set<UserId> blocking = blocks.blocking(all, Messages.origin(message));
        Map<Destination, Integer> waiting = deliveries
                .store()
                .counts(Kind.MESSAGE, all.stream().map(Destination.ToUser::new).toList());
        List<User> takers = new ArrayList<>();
        List<Pending.Order> refused = new ArrayList<>();
        for (User user : ours) {
            int stored = waiting.getOrDefault(new Destination.ToUser(user.userId()), 0);
            Status status = status(user.userId(), blocking, stored);
            if (status.isSuccess()) {
                takers.add(user);
            } else {
                reports.of(message, user.userId(), status, now).ifPresent(refused::add);
            }
        }
        List<Pending.Order> orders = new ArrayList<>(Reception.orders(message, takers, expires));
        orders.addAll(refused);
        return orders;
    }

    private Status status(UserId user, Set<UserId> blocking, int stored) {
        if (sap.isHome(user.domain()) && !users.isRegistered(user)) {
            return Status.of(StatusCode.UNKNOWN_USER);
        }
        if (blocking.contains(user)) {
            return Status.of(StatusCode.RECIPIENT_BLOCKED_THE_SENDER);
        }
        return Status.of(stored < settings.quota() ? StatusCode.SUCCESSFUL : StatusCode.MESSAGE_QUEUE_IS_FULL);
    }
}
