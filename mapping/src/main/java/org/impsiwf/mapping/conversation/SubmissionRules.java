package org.impsiwf.mapping.conversation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.impsiwf.mapping.addresses.Address;
import org.impsiwf.mapping.conversation.Submission.Kind;
import org.impsiwf.mapping.conversation.Submission.Recipient;
import org.impsiwf.mapping.conversation.Submission.Share;
import org.impsiwf.mapping.event.Command;
import org.impsiwf.mapping.event.Command.Noted;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.MailboxKey;
import org.impsiwf.mapping.event.Moment;
import org.impsiwf.mapping.event.Origin;
import org.impsiwf.mapping.statuses.SspOutcome;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.event.SspRequestId;
import org.impsiwf.ssp.event.TransactionRef;
import org.impsiwf.ssp.primitives.Addressee;
import org.impsiwf.ssp.primitives.ContactListId;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.MessageInfo;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.Status.DetailedResult;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;

/** Shares a message out to its recipients' conversations and gathers their results. */
public final class SubmissionRules {

    private static final String IN_GROUP = "group-";
    private static final int NO_SUCH_GROUP = 800;

    private final MailboxKey key;
    private final Moment moment;
    private final RecipientCheck check;
    private final List<Command> commands = new ArrayList<>();

    private SubmissionRules(MailboxKey key, Moment moment, RecipientCheck check) {
        this.key = key;
        this.moment = moment;
        this.check = check;
    }

    /** Where a recipient's conversation is. */
    @FunctionalInterface
    public interface RecipientCheck {
        Checked check(UserId sender, UserId recipient);
    }

    /** @param code 200, or why there is no mailbox */
    public record Checked(Optional<MailboxKey> mailbox, int code) {}

    /** What one event made of a submission; empty when it is answered. */
    public record Outcome(Optional<Submission> next, List<Command> commands) {}

    public static Outcome decide(
            MailboxKey key, Optional<Submission> before, Event event, Moment moment, RecipientCheck check) {
        SubmissionRules rules = new SubmissionRules(key, moment, check);
        Optional<Submission> next = rules.on(before, event);
        return new Outcome(next, List.copyOf(rules.commands));
    }

    private Optional<Submission> on(Optional<Submission> before, Event event) {
        return switch (event) {
            case Event.Ssp(SspEvent.RequestReceived e) when before.isEmpty() -> submitted(e);
            case Event.Ssp(SspEvent.RequestReceived e) -> submittedAgain(before.get(), e);
            case Event.ShareConcluded(int index, int code) ->
                before.flatMap(s -> answerIfDone(concluded(s, index, code)));
            case Event.Ssp(SspEvent.ResponseReceived(var peer, var request, var response)) ->
                before.flatMap(s -> answered(s, request, SspOutcome.code(response)));
            case Event.Ssp(SspEvent.RequestFailed(var peer, var request, var cause)) ->
                before.flatMap(s -> answered(s, request, SspOutcome.code(cause)));
            case Event.DeadlineReached e -> before.flatMap(this::expired);
            case Event.Draining e -> before;
            // Each conversation goes on with its share; what was not told them the peer asks for again.
            case Event.TakenOver e -> before;
            case Event.Ssp e -> misrouted(before);
            case Event.Sip e -> misrouted(before);
            case Event.Msrp e -> misrouted(before);
            case Event.MessageShared e -> misrouted(before);
            case Event.DeliveryTracked e -> misrouted(before);
            case Event.DeliveryForgotten e -> misrouted(before);
            case Event.DeliveryAliased e -> misrouted(before);
            case Event.DeliveryReported e -> misrouted(before);
            case Event.ReportDue e -> misrouted(before);
            case Event.OfConference e -> misrouted(before);
        };
    }

    private Optional<Submission> submitted(SspEvent.RequestReceived e) {
        if (!(e.request() instanceof SendMessageRequest request)) {
            return misrouted(Optional.empty());
        }
        String messageId = request.messageInfo()
                .messageId()
                .map(Object::toString)
                .orElseGet(() -> moment.ids().next() + "@" + moment.policy().ourDomain());
        List<Share> shares = new ArrayList<>();
        for (MessageInfo.Recipient recipient : request.messageInfo().recipients()) {
            shares.add(share(request, recipient.addressee(), messageId, shares.size()));
        }
        return answerIfDone(new Submission(
                e.transaction(),
                messageId,
                shares,
                moment.now().plus(moment.policy().answerWait().plusSeconds(1))));
    }

    /**
     * The peer asks another owner of ours, after the first has died. Whose result is open is asked again, too: to a
     * conversation that knows the Message-ID it is one act with the first.
     */
    private Optional<Submission> submittedAgain(Submission s, SspEvent.RequestReceived e) {
        if (!(e.request() instanceof SendMessageRequest request)) {
            return misrouted(Optional.of(s));
        }
        List<MessageInfo.Recipient> recipients = request.messageInfo().recipients();
        for (int index = 0; index < Math.min(recipients.size(), s.shares().size()); index++) {
            if (s.shares().get(index).code() == Submission.OPEN) {
                share(request, recipients.get(index).addressee(), s.messageId(), index);
            }
        }
        commands.add(new Command.Note(Noted.DUPLICATE_ABSORBED, "a message to several came again"));
        return Optional.of(s);
    }

    /** Contact lists and groups of others are refused one by one, the others still get the message. */
    private Share share(SendMessageRequest request, Addressee addressee, String messageId, int index) {
        return switch (addressee) {
            case User user -> shareToUser(request, user.userId(), messageId, index);
            case GroupId group ->
                new Share(
                        new Recipient(Kind.GROUP, group.value(), ""),
                        shareToGroup(request, Optional.of(group), addressee, messageId, index));
            case ContactListId list -> new Share(new Recipient(Kind.CONTACT_LIST, list.value(), ""), 700);
            case ScreenName name ->
                new Share(
                        new Recipient(
                                Kind.SCREEN_NAME,
                                name.groupId().map(GroupId::value).orElse(""),
                                name.name()),
                        shareToGroup(request, name.groupId(), addressee, messageId, index));
        };
    }

    /** A group of ours is for our Group Service Element, which answers in a transaction of its own. */
    private int shareToGroup(
            SendMessageRequest request, Optional<GroupId> group, Addressee addressee, String messageId, int index) {
        boolean ours = group.flatMap(id -> Address.tryParse(id.value()))
                .filter(Address.Group.class::isInstance)
                .map(Address.Group.class::cast)
                .filter(address -> moment.policy().isHome(address.domain()))
                .isPresent();
        if (!ours) {
            return NO_SUCH_GROUP;
        }
        SspRequestId id = new SspRequestId(key.issue(IN_GROUP + index));
        ServiceId self = new ServiceId(moment.policy().serviceId());
        commands.add(
                new Command.Ssp(new SspCommand.SendRequest(id, self, Submitted.to(request, addressee, messageId))));
        return Submission.OPEN;
    }

    private Optional<Submission> answered(Submission s, SspRequestId request, int code) {
        int index =
                Integer.parseInt(request.value().substring(key.issue(IN_GROUP).length()));
        return code / 100 == 1 ? Optional.of(s) : answerIfDone(concluded(s, index, code));
    }

    private Share shareToUser(SendMessageRequest request, UserId user, String messageId, int index) {
        Recipient recipient = new Recipient(Kind.USER, user.value(), "");
        Checked checked = check.check(Submitted.sender(request).orElseThrow(), user);
        if (checked.mailbox().isEmpty()) {
            return new Share(recipient, checked.code());
        }
        commands.add(new Command.Tell(
                checked.mailbox().get(),
                new Event.MessageShared(
                        new Origin.InSubmission(key.text(), index),
                        Submitted.message(request, user.value(), messageId))));
        return new Share(recipient, Submission.OPEN);
    }

    private Submission concluded(Submission s, int index, int code) {
        List<Share> shares = new ArrayList<>(s.shares());
        if (index < shares.size() && shares.get(index).code() == Submission.OPEN) {
            shares.set(index, new Share(shares.get(index).recipient(), code));
        }
        return new Submission(s.transaction(), s.messageId(), shares, s.giveUpAt());
    }

    private Optional<Submission> expired(Submission s) {
        if (moment.now().isBefore(s.giveUpAt())) {
            return Optional.of(s);
        }
        commands.add(new Command.Note(Noted.DEADLINE_PASSED, "recipients without a result"));
        List<Share> shares = s.shares().stream()
                .map(share -> share.code() == Submission.OPEN ? new Share(share.recipient(), 504) : share)
                .toList();
        return answerIfDone(new Submission(s.transaction(), s.messageId(), shares, s.giveUpAt()));
    }

    private Optional<Submission> answerIfDone(Submission s) {
        if (s.isOpen()) {
            return Optional.of(s);
        }
        TransactionRef transaction = s.transaction();
        commands.add(new Command.Ssp(
                new SspCommand.Answer(transaction, SspPhrases.messageAnswer(status(s.shares()), s.messageId()))));
        return Optional.empty();
    }

    /** 200 for all, 201 for some, the common reason or 900 for none; each failure with the recipients that it concerns. */
    private static Status status(List<Share> shares) {
        Map<Integer, List<Recipient>> failed = shares.stream()
                .filter(share -> share.code() != 200)
                .collect(Collectors.groupingBy(
                        Share::code, TreeMap::new, Collectors.mapping(Share::recipient, Collectors.toList())));
        if (failed.isEmpty()) {
            return Status.of(200);
        }
        boolean some = shares.stream().anyMatch(share -> share.code() == 200);
        int code = some ? 201 : failed.size() == 1 ? failed.keySet().iterator().next() : 900;
        List<DetailedResult> details = failed.entrySet().stream()
                .map(entry -> detail(entry.getKey(), entry.getValue()))
                .toList();
        return new Status(code, Optional.empty(), details, Optional.empty(), List.of());
    }

    private static DetailedResult detail(int code, List<Recipient> recipients) {
        List<UserId> users = recipients.stream()
                .filter(r -> r.kind() == Kind.USER || r.kind() == Kind.CONTACT_LIST)
                .map(r -> new UserId(r.address()))
                .toList();
        List<GroupId> groups = recipients.stream()
                .filter(r -> r.kind() == Kind.GROUP)
                .map(r -> new GroupId(r.address()))
                .toList();
        List<ScreenName> names = recipients.stream()
                .filter(r -> r.kind() == Kind.SCREEN_NAME)
                .map(r -> r.address().isEmpty()
                        ? new ScreenName(Optional.empty(), r.screenName())
                        : ScreenName.in(new GroupId(r.address()), r.screenName()))
                .toList();
        return new DetailedResult(code, Optional.empty(), users, groups, names, List.of(), List.of());
    }

    private Optional<Submission> misrouted(Optional<Submission> before) {
        commands.add(new Command.Note(Noted.OUR_MISTAKE, "an event in a submission that is none of its own"));
        return before;
    }
}
