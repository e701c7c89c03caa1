package org.impsiwf.mapping.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.impsiwf.mapping.addresses.Address;
import org.impsiwf.mapping.conversation.SspPhrases;
import org.impsiwf.mapping.event.Command;
import org.impsiwf.mapping.event.Command.Noted;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.MailboxKey;
import org.impsiwf.mapping.event.Moment;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.event.SspRequestId;
import org.impsiwf.ssp.event.TransactionRef;
import org.impsiwf.ssp.primitives.Addressee;
import org.impsiwf.ssp.primitives.ContactListId;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.ImPrimitive.DeliveryStatusReport;
import org.impsiwf.ssp.primitives.MessageInfo;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;

/** Decides for one message's report. A report is passed once, only the recipient's word counts, and an unknown one is counted. */
public final class DeliveryRules {

    private static final Duration RETRY = Duration.ofSeconds(30);

    private final MailboxKey key;
    private final Moment moment;
    private final List<Command> commands = new ArrayList<>();

    private DeliveryRules(MailboxKey key, Moment moment) {
        this.key = key;
        this.moment = moment;
    }

    /** What one event made of a delivery; empty when nothing is left to remember. */
    public record Outcome(Optional<Delivery> next, List<Command> commands) {}

    public static Outcome decide(MailboxKey key, Optional<Delivery> before, Event event, Moment moment) {
        DeliveryRules rules = new DeliveryRules(key, moment);
        Optional<Delivery> next = before.isPresent() ? rules.known(before.get(), event) : rules.unknown(event);
        return new Outcome(next, List.copyOf(rules.commands));
    }

    private Optional<Delivery> unknown(Event event) {
        return switch (event) {
            case Event.DeliveryTracked(var tracked) -> Optional.of(new Delivery.Awaited(tracked));
            case Event.DeliveryAliased(String mailbox) -> Optional.of(new Delivery.Alias(mailbox));
            case Event.DeliveryReported e -> dropped(Noted.UNKNOWN_REPORT);
            case Event.Ssp(SspEvent.RequestReceived e) -> {
                acknowledge(e.transaction(), StatusCode.SUCCESSFUL);
                yield dropped(Noted.UNKNOWN_REPORT);
            }
            case Event.Ssp(SspEvent e) -> Optional.empty();
            case Event.DeliveryForgotten e -> Optional.empty();
            case Event.DeadlineReached e -> Optional.empty();
            case Event.Draining e -> Optional.empty();
            case Event.TakenOver e -> Optional.empty();
            case Event.Sip e -> dropped(Noted.OUR_MISTAKE);
            case Event.Msrp e -> dropped(Noted.OUR_MISTAKE);
            case Event.MessageShared e -> dropped(Noted.OUR_MISTAKE);
            case Event.ShareConcluded e -> dropped(Noted.OUR_MISTAKE);
            case Event.ReportDue e -> dropped(Noted.OUR_MISTAKE);
            case Event.OfConference e -> dropped(Noted.OUR_MISTAKE);
        };
    }

    private Optional<Delivery> known(Delivery before, Event event) {
        return switch (event) {
            case Event.DeliveryReported(String reporter, int code) -> reported(before, Set.of(reporter), code);
            case Event.Ssp(SspEvent.RequestReceived e) -> requested(before, e);
            case Event.Ssp(SspEvent.ResponseReceived e) -> passed(before, e.request());
            case Event.Ssp(SspEvent.RequestFailed e) -> notPassed(before, e);
            case Event.Ssp(SspEvent.PeerUp e) -> Optional.of(before);
            case Event.Ssp(SspEvent.PeerDown e) -> Optional.of(before);
            case Event.DeadlineReached e -> retried(before);
            case Event.Draining e -> Optional.of(before);
            case Event.TakenOver e -> Optional.of(passedAgain(before));
            case Event.DeliveryForgotten e ->
                before instanceof Delivery.Awaited ? Optional.empty() : Optional.of(before);
            case Event.DeliveryTracked e -> Optional.of(before);
            case Event.DeliveryAliased e -> Optional.of(before);
            case Event.Sip e -> kept(before);
            case Event.Msrp e -> kept(before);
            case Event.MessageShared e -> kept(before);
            case Event.ShareConcluded e -> kept(before);
            case Event.ReportDue e -> kept(before);
            case Event.OfConference e -> kept(before);
        };
    }

    private Optional<Delivery> requested(Delivery before, SspEvent.RequestReceived e) {
        if (before instanceof Delivery.Alias(String mailbox)) {
            MailboxKey.parse(mailbox).ifPresent(to -> commands.add(new Command.Tell(to, new Event.Ssp(e))));
            return Optional.of(before);
        }
        if (!(e.request() instanceof DeliveryStatusReport report)) {
            acknowledge(e.transaction(), StatusCode.NOT_IMPLEMENTED);
            return Optional.of(before);
        }
        Set<String> reporters = reporters(report);
        boolean foreign = before instanceof Delivery.Awaited(var tracked) && !reporters.contains(tracked.reporter());
        acknowledge(e.transaction(), foreign ? StatusCode.INVALID_USER_ID : StatusCode.SUCCESSFUL);
        return reported(before, reporters, report.deliveryResult().statusCode());
    }

    /** Peers write the two users either way round (ssp-wire-syntax 6.1). Of a message to a group it is the group that reports. */
    private static Set<String> reporters(DeliveryStatusReport report) {
        Stream<String> asking = report.metaInformation().userId().stream().map(UserId::value);
        Stream<Addressee> sender = report.messageInfo().sender().map(MessageInfo.Sender::address).stream();
        Stream<Addressee> recipients =
                report.messageInfo().recipients().stream().map(MessageInfo.Recipient::addressee);
        return Stream.concat(asking, Stream.concat(sender, recipients).flatMap(DeliveryRules::name))
                .flatMap(name -> canonical(name).stream())
                .collect(Collectors.toSet());
    }

    private static Stream<String> name(Addressee addressee) {
        return switch (addressee) {
            case User user -> Stream.of(user.userId().value());
            case GroupId group -> Stream.of(group.value());
            case ScreenName name -> name.groupId().map(GroupId::value).stream();
            case ContactListId list -> Stream.empty();
        };
    }

    private static Optional<String> canonical(String address) {
        return Address.tryParse(address).map(Address::canonical);
    }

    private Optional<Delivery> reported(Delivery before, Set<String> reporters, int code) {
        return switch (before) {
            case Delivery.Awaited(var tracked) when code / 100 == 1 -> Optional.of(before);
            case Delivery.Awaited(var tracked)
            when !reporters.contains(tracked.reporter()) -> {
                note(Noted.FOREIGN_REPORT);
                yield Optional.of(before);
            }
            case Delivery.Awaited(var tracked) -> Optional.of(pass(tracked, code / 100 == 2 ? 200 : code));
            case Delivery.Passing p -> repeated(before);
            case Delivery.Passed p -> repeated(before);
            case Delivery.Alias(String mailbox) -> {
                String reporter = reporters.stream().findFirst().orElse("");
                MailboxKey.parse(mailbox)
                        .ifPresent(
                                to -> commands.add(new Command.Tell(to, new Event.DeliveryReported(reporter, code))));
                yield Optional.of(before);
            }
        };
    }

    private Delivery pass(Event.Tracked tracked, int code) {
        return switch (tracked.asker()) {
            case Event.AskedBySsp asked -> passToPeer(asked, code, moment.now());
            case Event.AskedBySend asked -> passToConversation(tracked, code);
            case Event.AskedByImdn asked -> passToConversation(tracked, code);
        };
    }

    private Delivery passToConversation(Event.Tracked tracked, int code) {
        MailboxKey.parse(tracked.conversation())
                .ifPresent(to -> commands.add(new Command.Tell(to, new Event.ReportDue(tracked.asker(), code))));
        return new Delivery.Passed(code);
    }

    /** A report that was out goes out again, under its id, which the peer knows if it has it. */
    private Delivery passedAgain(Delivery before) {
        return before instanceof Delivery.Passing p && p.retryAt().isEmpty()
                ? passToPeer(p.asked(), p.code(), p.reportedAt(), p.request())
                : before;
    }

    private Delivery passToPeer(Event.AskedBySsp asked, int code, Instant reportedAt) {
        return passToPeer(
                asked, code, reportedAt, new SspRequestId(key.issue(moment.ids().next())));
    }

    private Delivery passToPeer(Event.AskedBySsp asked, int code, Instant reportedAt, SspRequestId request) {
        ServiceId ours = new ServiceId(moment.policy().serviceId());
        DeliveryStatusReport report = SspPhrases.report(asked, ours, code, reportedAt);
        commands.add(new Command.Ssp(new SspCommand.SendRequest(request, asked.peer(), report)));
        return new Delivery.Passing(asked, code, reportedAt, request, Optional.empty());
    }

    private Optional<Delivery> passed(Delivery before, SspRequestId request) {
        return before instanceof Delivery.Passing p && p.request().equals(request)
                ? Optional.of(new Delivery.Passed(p.code()))
                : Optional.of(before);
    }

    /** What never left is tried again; what left without an answer was repeated by the edge and is taken as passed. */
    private Optional<Delivery> notPassed(Delivery before, SspEvent.RequestFailed e) {
        if (!(before instanceof Delivery.Passing p) || !p.request().equals(e.request())) {
            return Optional.of(before);
        }
        return switch (e.cause()) {
            case NO_ANSWER -> Optional.of(new Delivery.Passed(p.code()));
            case NO_SESSION, OVERLOAD ->
                Optional.of(new Delivery.Passing(
                        p.asked(),
                        p.code(),
                        p.reportedAt(),
                        p.request(),
                        Optional.of(moment.now().plus(RETRY))));
        };
    }

    private Optional<Delivery> retried(Delivery before) {
        boolean due = before instanceof Delivery.Passing p
                && p.retryAt().filter(at -> !moment.now().isBefore(at)).isPresent();
        if (!due) {
            return Optional.of(before);
        }
        Delivery.Passing p = (Delivery.Passing) before;
        boolean tooLate = p.reportedAt().plus(moment.policy().reportMemory()).isBefore(moment.now());
        if (tooLate) {
            return dropped(Noted.UNDELIVERABLE_REPORT);
        }
        return Optional.of(passToPeer(p.asked(), p.code(), p.reportedAt()));
    }

    private Optional<Delivery> repeated(Delivery before) {
        note(Noted.REPEATED_REPORT);
        return Optional.of(before);
    }

    private Optional<Delivery> kept(Delivery before) {
        note(Noted.OUR_MISTAKE);
        return Optional.of(before);
    }

    private Optional<Delivery> dropped(Noted why) {
        note(why);
        return Optional.empty();
    }

    private void note(Noted what) {
        commands.add(new Command.Note(what, "report on a message"));
    }

    private void acknowledge(TransactionRef transaction, StatusCode code) {
        commands.add(new Command.Ssp(new SspCommand.Answer(transaction, Status.of(code))));
    }
}
