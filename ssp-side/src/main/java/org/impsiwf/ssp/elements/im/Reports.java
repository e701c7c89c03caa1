package org.impsiwf.ssp.elements.im;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.elements.ServiceAccessPoint;
import org.impsiwf.ssp.elements.ServiceRequest;
import org.impsiwf.ssp.elements.Users;
import org.impsiwf.ssp.elements.delivery.Deliveries;
import org.impsiwf.ssp.elements.delivery.Destination;
import org.impsiwf.ssp.elements.delivery.Pending;
import org.impsiwf.ssp.elements.delivery.Pending.Kind;
import org.impsiwf.ssp.elements.delivery.Verdict;
import org.impsiwf.ssp.elements.im.MessageRecords.Awaited;
import org.impsiwf.ssp.primitives.Addressee;
import org.impsiwf.ssp.primitives.ImPrimitive.DeliveryStatusReport;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.MessageInfo;
import org.impsiwf.ssp.primitives.MessageInfo.Recipient;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Delivery reports, as the one who tells what became of a message, and as the one whose user is told (SSP 16.2.9). */
final class Reports implements Deliveries.Carrier {

    private static final Logger LOG = LoggerFactory.getLogger(Reports.class);

    private final Deliveries deliveries;
    private final MessageRecords records;
    private final Users users;
    private final ServiceAccessPoint sap;
    private final ImSettings.Storing settings;

    Reports(
            Deliveries deliveries,
            MessageRecords records,
            Users users,
            ServiceAccessPoint sap,
            ImSettings.Storing settings) {
        this.deliveries = deliveries;
        this.records = records;
        this.users = users;
        this.sap = sap;
        this.settings = settings;
    }

    /** The report to the sender, if it has asked for one. */
    Optional<Pending.Order> of(SendMessageRequest message, UserId recipient, Status result, Instant now) {
        Optional<UserId> sender = Messages.sender(message);
        return message.deliveryReportRequest()
                ? sender.map(to -> order(to, Messages.report(message, recipient, result, now, sap.serviceId()), now))
                : Optional.empty();
    }

    /** Makes reports pending in the running transaction; {@link #kick} afterwards. */
    void store(Collection<Pending.Order> orders, Instant now) {
        deliveries.store().add(orders, now, true);
    }

    void kick(Collection<Pending.Order> orders) {
        deliveries.kick(
                orders.stream().map(Pending.Order::destination).distinct().toList());
    }

    private Pending.Order order(UserId to, DeliveryStatusReport report, Instant now) {
        String id = report.messageInfo().messageId().map(Object::toString).orElse("");
        return new Pending.Order(
                Kind.REPORT, new Destination.ToUser(to), "report", id, report, now.plus(settings.reports()));
    }

    @Override
    public Verdict carry(Pending item, Instant now) {
        UserId to = ((Destination.ToUser) item.destination()).user();
        if (sap.isHome(to.domain()) && !sap.isOnline(to)) {
            return new Verdict.Parked();
        }
        Status answer = Answers.status(sap.deliver(to, item.primitive()));
        if (answer.isSuccess()) {
            return Verdict.over();
        }
        if (sap.isHome(to.domain()) && isAway(answer)) {
            return new Verdict.Parked();
        }
        if (Answers.isSilence(answer) || Answers.mayBeRepeated(answer)) {
            return new Verdict.Down();
        }
        LOG.info("{} does not take the report on {}: {}", to.domain(), item.reference(), answer.statusCode());
        return Verdict.over();
    }

    private static boolean isAway(Status answer) {
        return answer.statusCode() == StatusCode.MESSAGE_RECIPIENT_NOT_LOGGED_IN.code()
                || answer.statusCode() == StatusCode.UNABLE_TO_DELIVERY.code();
    }

    @Override
    public void expired(Pending item, Instant now) {
        LOG.info("the report on {} was not fetched in time", item.reference());
    }

    /** A report from another domain, or of a user of ours. 2xx: the sender has it, or it is kept for it. */
    Status take(ServiceRequest request, DeliveryStatusReport report) {
        Optional<Awaited> awaited = report.messageInfo()
                .messageId()
                .flatMap(id ->
                        records.awaited(id, report.metaInformation().serviceId().domain()));
        UserId to = awaited.map(Awaited::sender).orElseGet(() -> addressed(report));
        if (sap.isHome(to.domain()) && !users.isRegistered(to)) {
            throw Refusal.of(StatusCode.UNKNOWN_USER);
        }
        DeliveryStatusReport known =
                awaited.map(original -> underItsOwnId(report, original)).orElse(report);
        boolean here = !sap.isHome(to.domain()) || sap.isOnline(to);
        Status answer =
                here ? Answers.status(sap.deliver(to, known)) : Status.of(StatusCode.MESSAGE_RECIPIENT_NOT_LOGGED_IN);
        boolean later = isAway(answer) || Answers.isSilence(answer);
        return later && settings.forOffline() ? keep(to, known, request.at()) : answer;
    }

    private Status keep(UserId to, DeliveryStatusReport report, Instant now) {
        Destination queue = new Destination.ToUser(to);
        if (deliveries.store().count(Kind.REPORT, queue) >= settings.quota()) {
            return Status.of(StatusCode.MESSAGE_QUEUE_IS_FULL);
        }
        deliveries.keep(List.of(order(to, report, now)), now);
        return Status.of(StatusCode.SUCCESSFUL);
    }

    /** The sender knows the message by the id that we gave it, not by the one that the recipient's domain did. */
    private static DeliveryStatusReport underItsOwnId(DeliveryStatusReport report, Awaited original) {
        return new DeliveryStatusReport(
                report.metaInformation(),
                report.deliveryResult(),
                report.deliveryTime(),
                report.messageInfo().withMessageId(original.ours()));
    }

    // The information of the message as it was sent names the one to be told as Sender; some peers turn it round.
    private UserId addressed(DeliveryStatusReport report) {
        Set<UserId> named = new LinkedHashSet<>();
        MessageInfo info = report.messageInfo();
        Stream.concat(
                        info.sender().map(MessageInfo.Sender::address).stream(),
                        info.recipients().stream().map(Recipient::addressee))
                .forEach(address -> user(address).ifPresent(named::add));
        if (named.isEmpty()) {
            throw Refusal.of(StatusCode.INVALID_USER_ID);
        }
        return named.stream()
                .filter(user -> sap.isPrimary(user, DeliveryStatusReport.class) || sap.isHome(user.domain()))
                .findFirst()
                .orElseThrow(() -> Refusal.of(StatusCode.DOMAIN_NOT_SUPPORTED));
    }

    private static Optional<UserId> user(Addressee address) {
        return address instanceof User user ? Optional.of(user.userId()) : Optional.empty();
    }
}
