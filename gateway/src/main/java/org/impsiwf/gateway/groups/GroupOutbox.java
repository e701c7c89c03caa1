package org.impsiwf.gateway.groups;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import org.impsiwf.ssp.elements.Outbox;
import org.impsiwf.ssp.elements.ServiceAccessPoint;
import org.impsiwf.ssp.elements.delivery.Deliveries;
import org.impsiwf.ssp.elements.delivery.Destination;
import org.impsiwf.ssp.elements.delivery.Pending;
import org.impsiwf.ssp.elements.delivery.Verdict;
import org.impsiwf.ssp.elements.im.Answers;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.MessageInfo;
import org.impsiwf.ssp.primitives.MessageInfo.Recipient;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages of our groups on their way, one transaction for each domain and one for all SIP users, those of one group in order.
 * Once accepted, each copy is with its domain, or durable here and repeated until it is answered or expired. Nobody gets a
 * report of them (SSP 16.2.1: it would tell a user's address to those who know a screen name only).
 */
final class GroupOutbox implements Outbox, Deliveries.Carrier {

    private static final Logger LOG = LoggerFactory.getLogger(GroupOutbox.class);

    /** Whoever passes a request on to a domain. */
    interface Asking {
        /** As {@link ServiceAccessPoint#ask}, but returns at once, and answers on a thread that others wait for, too. */
        CompletableFuture<Primitive> begin(String domain, Primitive request);
    }

    private final Deliveries deliveries;
    private final ServiceAccessPoint sap;
    private final Optional<ImmediateDelivery> immediate;

    /**
     * @param threads to carry copies on while their senders wait; empty where other processes carry copies of the same
     *     groups, whose order only the database knows
     */
    GroupOutbox(Deliveries deliveries, ServiceAccessPoint sap, Asking asking, Optional<ExecutorService> threads) {
        this.deliveries = deliveries;
        this.sap = sap;
        immediate = threads.map(on -> new ImmediateDelivery(
                deliveries,
                on,
                order -> asking.begin(domain(order.destination()), order.primitive())
                        .thenApply(answer -> verdict(order.destination(), answer, order.reference()))));
        deliveries.register(Pending.Kind.RELAYED_MESSAGE, this);
    }

    @Override
    public void accept(SendMessageRequest message, Collection<UserId> recipients, Instant expires) {
        Map<String, List<UserId>> byDomain = new LinkedHashMap<>();
        recipients.stream()
                .distinct()
                .forEach(user -> byDomain.computeIfAbsent(place(user), any -> new ArrayList<>())
                        .add(user));
        // Those of our own domain are served while the others are on their way.
        Optional.ofNullable(byDomain.remove(home())).ifPresent(ours -> byDomain.put(home(), ours));
        List<Pending.Order> orders = byDomain.entrySet().stream()
                .map(some -> order(some.getKey(), forUsers(message, some.getValue()), expires))
                .toList();
        immediate.ifPresentOrElse(now -> now.carry(orders), () -> deliveries.add(orders));
    }

    /** Now and then. */
    void tidy() {
        immediate.ifPresent(some -> some.tidy(Pending.Kind.RELAYED_MESSAGE));
    }

    private String place(UserId user) {
        return sap.isHome(user.domain()) ? home() : user.domain().toLowerCase(Locale.ROOT);
    }

    private String home() {
        return sap.serviceId().domain();
    }

    private static Pending.Order order(String domain, SendMessageRequest message, Instant expires) {
        MessageInfo info = message.messageInfo();
        String group = info.sender().orElseThrow().address().toString().toLowerCase(Locale.ROOT);
        String id = info.messageId().orElseThrow().value();
        return new Pending.Order(
                Pending.Kind.RELAYED_MESSAGE, new Destination.ToDomain(domain), group, id, message, expires);
    }

    private static SendMessageRequest forUsers(SendMessageRequest message, List<UserId> users) {
        List<Recipient> recipients =
                users.stream().map(user -> new Recipient(User.of(user))).toList();
        return message.withMessageInfo(message.messageInfo().withRecipients(recipients));
    }

    @Override
    public Verdict carry(Pending item, Instant now) {
        Primitive answer = sap.ask(domain(item.destination()), item.primitive());
        return verdict(item.destination(), answer, item.reference());
    }

    private static Verdict verdict(Destination destination, Primitive answer, String reference) {
        Status status = Answers.status(answer);
        if (Answers.isSilence(status)) {
            return new Verdict.Down();
        }
        if (!status.isSuccess() && Answers.mayBeRepeated(status)) {
            return new Verdict.PutOff();
        }
        if (!status.isSuccess()) {
            LOG.info("message {} not taken by {}, status {}", reference, domain(destination), status.statusCode());
        }
        return Verdict.over();
    }

    private static String domain(Destination destination) {
        return switch (destination) {
            case Destination.ToDomain(String domain) -> domain;
            case Destination.Aside(String domain, long any) -> domain;
            case Destination.ToUser user -> throw new IllegalStateException("kept for " + user);
        };
    }

    @Override
    public void expired(Pending item, Instant now) {
        LOG.warn("message {} given up, {} did not take it in time", item.reference(), domain(item.destination()));
    }
}
