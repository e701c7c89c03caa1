package org.impsiwf.ssp.elements.groups;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.impsiwf.ssp.elements.GroupHistory;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.elements.groups.GroupStore.Attendance;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.ImPrimitive.BlockEntityRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.MessageId;
import org.impsiwf.ssp.primitives.MessageInfo;
import org.impsiwf.ssp.primitives.MessageInfo.Recipient;
import org.impsiwf.ssp.primitives.MessageInfo.Sender;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;

/** What is said in groups: to everybody, to somebody under a screen name, and what is kept of it (SSP 16.2.1, 16.2.7). */
final class GroupMessages implements GroupHistory {

    private static final Duration VALIDITY = Duration.ofDays(1);

    private final GroupContext context;
    private final InstantSource clock;

    GroupMessages(GroupContext context, InstantSource clock) {
        this.context = context;
        this.clock = clock;
    }

    /** {@link org.impsiwf.ssp.elements.Groups#post}. */
    Status post(UserId sender, SendMessageRequest message, GroupId group, List<ScreenName> whisperedTo) {
        return whisperedTo.isEmpty() ? toAll(sender, message, group) : whisper(sender, message, group, whisperedTo);
    }

    private Status toAll(UserId sender, SendMessageRequest message, GroupId id) {
        Instant now = clock.instant();
        Attendance attendance =
                context.store().attendance(id).orElseThrow(() -> Refusal.of(StatusCode.GROUP_DOES_NOT_EXIST));
        Posted posted = attendance.group().settings().is(GroupProperty.HISTORY)
                ? context.store().atomically(() -> kept(sender, message, id, now))
                : said(sender, message, attendance, now);
        List<UserId> willing = withoutBlockers(posted.others(), sender, id);
        if (!willing.isEmpty()) {
            context.outbox().accept(to(willing, posted.copy()), willing, expiry(message, now));
        }
        return Status.of(StatusCode.SUCCESSFUL);
    }

    private record Posted(SendMessageRequest copy, List<UserId> others) {}

    private Posted said(UserId sender, SendMessageRequest message, Attendance attendance, Instant now) {
        Participant who = attendance.joined().stream()
                .filter(joined -> isSame(joined.user(), sender))
                .findFirst()
                .orElseGet(() -> joined(attendance.group(), sender));
        return new Posted(asSaidIn(attendance.group(), who, message, now), othersThan(who, attendance.joined()));
    }

    /** Only what is numbered needs to be the only one. */
    private Posted kept(UserId sender, SendMessageRequest message, GroupId id, Instant now) {
        Group group = context.locked(id);
        Posted posted =
                said(sender, message, new Attendance(group, context.store().joined(id)), now);
        keep(group, posted.copy());
        return posted;
    }

    // Kept first, so that a sender who repeats after a crash finds its message kept once, and delivered at least once.
    private void keep(Group group, SendMessageRequest copy) {
        Group next = group.messagePosted();
        context.store().save(next);
        int most = context.limits().historyMessages();
        SendMessageRequest kept =
                copy.withMessageInfo(copy.messageInfo().withRecipients(List.of(new Recipient(group.id()))));
        context.store().keep(group.id(), next.lastMessage(), kept, most);
    }

    private Status whisper(UserId sender, SendMessageRequest message, GroupId id, List<ScreenName> names) {
        Instant now = clock.instant();
        Group group = context.existing(id);
        Participant who = joined(group, sender);
        if (!group.settings().is(GroupProperty.PRIVATE_MESSAGING)) {
            throw Refusal.of(StatusCode.PRIVATE_MESSAGING_IS_DISABLED_FOR_GROUP);
        }
        Outcomes outcomes = new Outcomes();
        List<UserId> recipients = new ArrayList<>();
        for (ScreenName name : names) {
            Optional<Participant> addressed = context.store().withScreenName(id, name.name());
            Optional<StatusCode> objection = objectionToWhisper(addressed, sender, id);
            if (objection.isPresent()) {
                outcomes.failed(objection.get(), name);
            } else {
                outcomes.succeeded();
                recipients.add(addressed.orElseThrow().user());
            }
        }
        if (!recipients.isEmpty()) {
            SendMessageRequest copy = to(recipients, asWhisperedIn(group, who, message, now));
            context.outbox().accept(copy, recipients, expiry(message, now));
        }
        return outcomes.status();
    }

    private Optional<StatusCode> objectionToWhisper(Optional<Participant> addressed, UserId sender, GroupId group) {
        if (addressed.isEmpty()) {
            return Optional.of(StatusCode.UNKNOWN_USER);
        }
        if (!addressed.get().own().privateMessaging()) {
            return Optional.of(StatusCode.PRIVATE_MESSAGING_IS_DISABLED_FOR_USER);
        }
        boolean blocked =
                withoutBlockers(List.of(addressed.get().user()), sender, group).isEmpty();
        return blocked ? Optional.of(StatusCode.RECIPIENT_BLOCKED_THE_SENDER) : Optional.empty();
    }

    private Participant joined(Group group, UserId user) {
        Participant who = context.participant(group, user);
        if (!who.isJoined()) {
            throw Refusal.of(StatusCode.GROUP_IS_NOT_JOINED);
        }
        return who;
    }

    private static List<UserId> othersThan(Participant sender, List<Participant> joined) {
        return joined.stream()
                .map(Participant::user)
                .filter(user -> !isSame(user, sender.user()))
                .toList();
    }

    private static boolean isSame(UserId one, UserId other) {
        return one.value().equalsIgnoreCase(other.value());
    }

    /** Who of them has not blocked the sender, as far as their block lists are ours to keep (SSP 16.2.10). */
    private List<UserId> withoutBlockers(List<UserId> users, UserId sender, GroupId group) {
        List<UserId> ours = users.stream()
                .filter(user -> context.sap().isPrimary(user, BlockEntityRequest.class))
                .toList();
        if (ours.isEmpty()) {
            return users;
        }
        Set<UserId> blockers = context.blocking().blocking(ours, sender, Optional.of(group));
        return users.stream().filter(user -> !blockers.contains(user)).toList();
    }

    /**
     * As the others see it: from the group, by the sender's screen name. It is our domain that distributes it, but the
     * Meta-Information names the sender (SSP-021). Reports would tell one user what another is called elsewhere, so nobody is asked for them.
     */
    private SendMessageRequest asSaidIn(Group group, Participant sender, SendMessageRequest message, Instant now) {
        String name = sender.presence().orElseThrow().screenName();
        MessageInfo info = message.messageInfo();
        MessageInfo said = info.withSender(new Sender(group.id(), Optional.of(ScreenName.in(group.id(), name))))
                .withDateTime(info.dateTime().orElse(now));
        MetaInformation meta = MetaInformation.ofUser(context.sap().serviceId(), sender.user());
        return new SendMessageRequest(meta, /* deliveryReportRequest= */ false, said, message.content());
    }

    /** As those see it whom it is for: from the screen name itself, so that they can tell it from what is said to all. */
    private SendMessageRequest asWhisperedIn(Group group, Participant sender, SendMessageRequest message, Instant now) {
        SendMessageRequest said = asSaidIn(group, sender, message, now);
        String name = sender.presence().orElseThrow().screenName();
        return said.withMessageInfo(said.messageInfo().withSender(Sender.of(ScreenName.in(group.id(), name))));
    }

    private static SendMessageRequest to(List<UserId> users, SendMessageRequest copy) {
        List<Recipient> recipients =
                users.stream().map(user -> new Recipient(User.of(user))).toList();
        return copy.withMessageInfo(copy.messageInfo().withRecipients(recipients));
    }

    private static Instant expiry(SendMessageRequest message, Instant now) {
        return now.plus(message.messageInfo().validity().orElse(VALIDITY));
    }

    @Override
    public Page read(GroupId id, UserId reader, OptionalInt atMost) {
        Group group = context.existing(id);
        if (!group.settings().is(GroupProperty.HISTORY)) {
            throw Refusal.of(StatusCode.HISTORY_IS_NOT_SUPPORTED);
        }
        Participant who = context.participant(group, reader);
        GroupContext.refuse(GroupAccess.objectionToHistory(group, who));
        int most = Math.min(atMost.orElse(Integer.MAX_VALUE), context.limits().historyMessages());
        return context.store().history(id, hiddenUntil(group, who), most);
    }

    @Override
    public Optional<SendMessageRequest> message(MessageId id, UserId reader) {
        return context.store().kept(id).stream()
                .filter(kept -> mayRead(kept, reader))
                .map(GroupStore.Kept::message)
                .findFirst();
    }

    private boolean mayRead(GroupStore.Kept kept, UserId reader) {
        return context.store()
                .find(kept.group())
                .filter(group -> {
                    Participant who = context.participant(group, reader);
                    return GroupAccess.objectionToHistory(group, who).isEmpty()
                            && kept.number() > hiddenUntil(group, who);
                })
                .isPresent();
    }

    /** CSPX-35: in a conversation nothing is shown that was said before somebody's entry. */
    private static long hiddenUntil(Group group, Participant who) {
        return group.conversation() ? who.presence().orElseThrow().afterMessage() : 0;
    }
}
