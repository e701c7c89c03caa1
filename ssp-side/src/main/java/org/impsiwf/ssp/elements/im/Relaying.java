package org.impsiwf.ssp.elements.im;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.ssp.elements.ServiceAccessPoint;
import org.impsiwf.ssp.elements.delivery.Deliveries;
import org.impsiwf.ssp.elements.delivery.Destination;
import org.impsiwf.ssp.elements.delivery.Pending;
import org.impsiwf.ssp.elements.delivery.Pending.Kind;
import org.impsiwf.ssp.elements.delivery.Verdict;
import org.impsiwf.ssp.elements.im.MessageRecords.Awaited;
import org.impsiwf.ssp.primitives.Addressee;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageResponse;
import org.impsiwf.ssp.primitives.MessageInfo.Recipient;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.Status.DetailedResult;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;

/** Messages on their way to other domains, while the sender waits or as something that we took charge of. */
final class Relaying implements Deliveries.Carrier {

    private final Deliveries deliveries;
    private final MessageRecords records;
    private final Reports reports;
    private final ServiceAccessPoint sap;
    private final ImSettings.Storing settings;

    Relaying(
            Deliveries deliveries,
            MessageRecords records,
            Reports reports,
            ServiceAccessPoint sap,
            ImSettings.Storing settings) {
        this.deliveries = deliveries;
        this.records = records;
        this.reports = reports;
        this.sap = sap;
        this.settings = settings;
    }

    /** One transaction per domain (SSP 16.2.1). */
    static Map<String, List<User>> byDomain(Collection<User> users) {
        Map<String, List<User>> byDomain = new LinkedHashMap<>();
        users.forEach(user -> byDomain.computeIfAbsent(user.userId().domain(), none -> new ArrayList<>())
                .add(user));
        return byDomain;
    }

    /**
     * Asks a domain while the sender waits.
     *
     * @param mayBeKept whether we take charge of it when the domain is silent
     */
    Status ask(String domain, SendMessageRequest message, boolean mayBeKept, Instant now, Instant expires) {
        awaitReports(domain, message, expires);
        Primitive answer = sap.ask(domain, message);
        Status status = Answers.status(answer);
        if (Answers.isSilence(status) && mayBeKept && settings.forSilentDomains()) {
            deliveries.store().add(List.of(order(domain, message, expires)), now, true);
            return Status.of(StatusCode.SUCCESSFUL);
        }
        learnId(domain, message, answer, expires);
        return status;
    }

    static Pending.Order order(String domain, SendMessageRequest message, Instant expires) {
        Object from = Messages.group(message).<Object>map(group -> group).orElse(Messages.senderKey(message));
        return new Pending.Order(
                Kind.RELAYED_MESSAGE,
                new Destination.ToDomain(domain),
                from.toString().toLowerCase(Locale.ROOT),
                Messages.id(message).value(),
                message,
                expires);
    }

    private void awaitReports(String domain, SendMessageRequest message, Instant expires) {
        if (message.deliveryReportRequest()) {
            Messages.sender(message)
                    .filter(sender -> sap.isPrimary(sender, SendMessageRequest.class))
                    .ifPresent(sender -> records.awaitReports(
                            Messages.id(message), domain, new Awaited(sender, Messages.id(message)), expires));
        }
    }

    // The provider may have given it an id of its own, and will report under that.
    private void learnId(String domain, SendMessageRequest message, Primitive answer, Instant expires) {
        if (message.deliveryReportRequest() && answer instanceof SendMessageResponse response) {
            response.messageId()
                    .filter(theirs -> !theirs.equals(Messages.id(message)))
                    .ifPresent(theirs -> Messages.sender(message)
                            .ifPresent(sender -> records.awaitReports(
                                    theirs, domain, new Awaited(sender, Messages.id(message)), expires)));
        }
    }

    @Override
    public Verdict carry(Pending item, Instant now) {
        SendMessageRequest message = (SendMessageRequest) item.primitive();
        String domain = domain(item);
        awaitReports(domain, message, item.expires());
        Primitive answer = sap.ask(domain, message);
        Status status = Answers.status(answer);
        learnId(domain, message, answer, item.expires());
        if (Answers.isSilence(status)) {
            return new Verdict.Down();
        }
        if (!status.isSuccess() && Answers.mayBeRepeated(status)) {
            return new Verdict.PutOff();
        }
        List<Pending.Order> told = failures(message, status, now);
        return new Verdict.Over(() -> reports.store(told, now));
    }

    private static String domain(Pending item) {
        return switch (item.destination()) {
            case Destination.ToDomain(String domain) -> domain;
            case Destination.Aside(String domain, long any) -> domain;
            case Destination.ToUser user -> throw new IllegalStateException("relayed to " + user);
        };
    }

    /** That domain reports what it has accepted; we report what it has not. */
    private List<Pending.Order> failures(SendMessageRequest message, Status status, Instant now) {
        if (status.statusCode() == StatusCode.PARTIALLY_SUCCESSFUL.code()) {
            return status.detailedResult().stream()
                    .flatMap(detail -> detail.userIds().stream()
                            .flatMap(user -> reports.of(message, user, ofDetail(detail), now).stream()))
                    .toList();
        }
        return status.isSuccess() ? List.of() : allFailed(message, status, now);
    }

    private static Status ofDetail(DetailedResult detail) {
        return new Status(detail.code(), detail.description(), List.of(), Optional.empty(), List.of());
    }

    private List<Pending.Order> allFailed(SendMessageRequest message, Status status, Instant now) {
        return message.messageInfo().recipients().stream()
                .map(Recipient::addressee)
                .flatMap(address -> reports.of(message, userOf(address, message), status, now).stream())
                .toList();
    }

    private static UserId userOf(Addressee address, SendMessageRequest message) {
        return address instanceof User user
                ? user.userId()
                : Messages.sender(message).orElseThrow(() -> new IllegalStateException("reported to nobody"));
    }

    @Override
    public void expired(Pending item, Instant now) {
        Status expired = Status.of(StatusCode.UNABLE_TO_DELIVERY, "expired before it could be delivered");
        reports.store(allFailed((SendMessageRequest) item.primitive(), expired, now), now);
    }
}
