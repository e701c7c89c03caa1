package org.impsiwf.testkit.domain;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.event.SspEvent.RequestReceived;
import org.impsiwf.ssp.event.SspEvent.ResponseReceived;
import org.impsiwf.ssp.event.SspRequestId;
import org.impsiwf.ssp.primitives.Addressee;
import org.impsiwf.ssp.primitives.Content;
import org.impsiwf.ssp.primitives.ExtendConversationId;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.GroupPrimitive.GroupChangeNotice;
import org.impsiwf.ssp.primitives.GroupPrimitive.JoinGroupResponse;
import org.impsiwf.ssp.primitives.ImPrimitive.DeliveryStatusReport;
import org.impsiwf.ssp.primitives.ImPrimitive.ExtendConversationRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.ExtendConversationResponse;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageResponse;
import org.impsiwf.ssp.primitives.InvitationPrimitive.CancelInviteRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteResponse;
import org.impsiwf.ssp.primitives.InviteId;
import org.impsiwf.ssp.primitives.MessageId;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;
import org.impsiwf.testkit.Inbox;

/** A user of the simulated domain. Does by itself what its script says; a test reads what came and sends with its verbs. */
public final class ImpsUser {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final SimulatedDomain domain;
    private final UserId id;
    private final ImpsUserWords words;
    private final Inbox<ArrivedMessage> messages;
    private final Inbox<DeliveryStatusReport> reports;
    private final Inbox<RequestReceived> invitations;
    private final Inbox<InviteResponse> inviteAnswers;
    private final Inbox<GroupChangeNotice> notices;
    private final Inbox<ExtendConversationRequest> wishes;
    private final Inbox<GroupId> removals;
    private volatile Script script;

    ImpsUser(SimulatedDomain domain, UserId id, Script script) {
        this.domain = domain;
        this.id = id;
        words = new ImpsUserWords(domain.self(), id);
        this.script = script;
        messages = new Inbox<>(id.value(), ArrivedMessage::toString);
        reports = new Inbox<>(
                id.value(),
                r -> r.messageInfo().messageId() + " " + r.deliveryResult().statusCode());
        invitations = new Inbox<>(id.value(), r -> r.request().getClass().getSimpleName());
        inviteAnswers = new Inbox<>(id.value(), r -> r.inviteId() + " " + r.inviteAcceptance());
        notices = new Inbox<>(
                id.value(), n -> "joined " + n.joinedUserScreenNameList() + ", left " + n.leftUserScreenNameList());
        removals = new Inbox<>(id.value(), GroupId::value);
        wishes = new Inbox<>(id.value(), w -> w.userIdList().toString());
    }

    public UserId id() {
        return id;
    }

    /** The address under which a SIP user reaches it. */
    public String sipUri() {
        return "sip:" + id.value().substring("wv:".length());
    }

    /** From now on does this. */
    public void follows(Script other) {
        script = other;
    }

    // ---- messages

    /** Waits for a message of that text. */
    public ArrivedMessage expectsText(String text) {
        return messages.take("\"" + text + "\"", m -> m.text().equals(text), PATIENCE);
    }

    /** Waits for the next message, whatever it says. */
    public ArrivedMessage expectsMessage() {
        return messages.take("a message", m -> true, PATIENCE);
    }

    /** The next message within the bound: for what should not come. */
    public Optional<ArrivedMessage> poll(Duration bound) {
        return messages.poll(m -> true, bound);
    }

    /** Answers a message by hand; for a silent user. */
    public void answers(ArrivedMessage message, int status) {
        Optional<MessageId> messageId =
                status / 100 == 2 ? message.request().messageInfo().messageId() : Optional.empty();
        domain.answer(message.transaction(), new SendMessageResponse(Status.of(status), messageId));
    }

    /** Sends a text and expects that it was accepted; gives its Message-ID. */
    public MessageId sendsTo(String recipient, String text) {
        Sent sent = sends(recipient, text, false);
        int status = sent.expectsStatus();
        if (status / 100 != 2) {
            throw new AssertionError(id + ": the message was answered " + status);
        }
        return sent.messageId();
    }

    /** Sends a text; its outcome can be awaited. */
    public Sent sends(String recipient, String text, boolean wantsReport) {
        return sends(recipient, Content.text(text), wantsReport, newMessageId());
    }

    /** As {@link #sends(String, String, boolean)}, with any content, under a Message-ID of the caller's. */
    public Sent sends(String recipient, Content content, boolean wantsReport, MessageId messageId) {
        return sends(User.of(recipient), content, wantsReport, messageId);
    }

    /** As the others, to users, groups or screen names. */
    Sent sends(Addressee recipient, Content content, boolean wantsReport, MessageId messageId) {
        return new Sent(domain.send(words.message(recipient, content, wantsReport, messageId)), messageId);
    }

    /** A message of ours on its way. */
    public final class Sent {
        private final SspRequestId request;
        private final MessageId messageId;

        private Sent(SspRequestId request, MessageId messageId) {
            this.request = request;
            this.messageId = messageId;
        }

        public MessageId messageId() {
            return messageId;
        }

        /** The status that it was answered with; 0 when there was no answer at all. */
        public int expectsStatus() {
            return status(domain.outcome(request, PATIENCE));
        }

        /** Whether an answer comes within the bound: for what should not come yet. */
        public boolean isAnsweredWithin(Duration bound) {
            return domain.pollOutcome(request, bound).isPresent();
        }
    }

    // ---- delivery

    /** Waits for the report on a message of ours; gives its result. */
    public int expectsReport(MessageId messageId) {
        return reports.take(
                        "a report on " + messageId,
                        r -> r.messageInfo().messageId().equals(Optional.of(messageId)),
                        PATIENCE)
                .deliveryResult()
                .statusCode();
    }

    public Optional<DeliveryStatusReport> pollReport(Duration bound) {
        return reports.poll(r -> true, bound);
    }

    /** Tells the sender what became of its message. */
    public void reports(ArrivedMessage message, int result) {
        domain.send(words.report(message.request(), result));
    }

    // ---- invitations

    /** Invites to an exchange of messages; gives the Invite-ID. */
    public InviteId invites(String invited) {
        InviteId inviteId = new InviteId(token());
        int status = status(domain.outcome(domain.send(words.invitation(inviteId, invited)), PATIENCE));
        if (status / 100 != 2) {
            throw new AssertionError(id + ": the invitation was answered " + status);
        }
        return inviteId;
    }

    /** Waits for the answer to an invitation of ours. */
    public boolean expectsAcceptance(InviteId inviteId) {
        return inviteAnswers
                .take("an answer to " + inviteId, r -> r.inviteId().equals(inviteId), PATIENCE)
                .inviteAcceptance();
    }

    /** Takes an invitation of ours back; gives the status. */
    public int cancels(InviteId inviteId, String invited) {
        return status(domain.outcome(domain.send(words.cancellation(inviteId, invited)), PATIENCE));
    }

    public InviteRequest expectsInvitation() {
        return (InviteRequest) invitations
                .take("an InviteRequest", r -> r.request() instanceof InviteRequest, PATIENCE)
                .request();
    }

    public CancelInviteRequest expectsCancellation() {
        return (CancelInviteRequest) invitations
                .take("a CancelInviteRequest", r -> r.request() instanceof CancelInviteRequest, PATIENCE)
                .request();
    }

    /** Says Yes or No to an invitation, by hand; for a silent user. */
    public void answers(InviteRequest invitation, boolean accepted) {
        domain.send(words.answer(invitation, accepted));
    }

    // ---- groups

    /** Joins a group of the other domain, and is told of its changes. */
    public ImpsGroupMember joins(GroupId group, String screenName) {
        return ImpsGroupMember.joins(this, group, screenName);
    }

    /** Asks to join a group of the other domain; gives the status. */
    public int triesToJoin(GroupId group, String screenName) {
        return status(ImpsGroupMember.asksIn(this, group, screenName));
    }

    /** Asks the other domain to make a group of the talk with a user of it, and to invite others; gives the id. */
    public ExtendConversationId extendsTalk(String partner, List<String> others, String screenName) {
        ExtendConversationId talk = new ExtendConversationId(token());
        Primitive answer = asks(words.extension(talk, partner, others, screenName));
        if (status(answer) != 200) {
            throw new AssertionError(id + ": the extension was answered " + answer);
        }
        return talk;
    }

    /** Waits until the talk has become a group, in which this user is now. */
    public ImpsGroupMember expectsGroup(ExtendConversationId talk, String screenName) {
        ExtendConversationResponse outcome = domain.extension(talk, PATIENCE);
        if (!outcome.result().isSuccess()) {
            throw new AssertionError(id + ": the extension failed with " + outcome.result());
        }
        return new ImpsGroupMember(this, outcome.groupId(), screenName);
    }

    /** Waits until somebody of the other domain wants others to join a talk with this user (SSP 16.2.13). */
    public ExtendConversationRequest expectsWishToExtend() {
        return wishes.take("an ExtendConversationRequest", wish -> true, PATIENCE);
    }

    /** The domain has made a group of the talk, and this user and the one who asked are in it. */
    public void agrees(ExtendConversationRequest wish, GroupId group) {
        Primitive answer = asks(words.agreement(wish, group));
        if (status(answer) != 200) {
            throw new AssertionError(id + ": the agreement was answered " + answer);
        }
    }

    /** Waits until the other domain says that this user is no member of the group any more. */
    public void expectsRemoval(GroupId group) {
        removals.take("a removal from " + group, group::equals, PATIENCE);
    }

    GroupChangeNotice expectsNotice(GroupId group, String what, Predicate<GroupChangeNotice> wanted) {
        return notices.take(what, notice -> notice.groupId().equals(group) && wanted.test(notice), PATIENCE);
    }

    /** Asks the other domain; gives the answer. */
    Primitive asks(Primitive request) {
        return switch (domain.outcome(domain.send(request), PATIENCE)) {
            case ResponseReceived(var peer, var id, Primitive response) -> response;
            case SspEvent failed -> throw new AssertionError(this.id + ": no answer, " + failed);
        };
    }

    MessageId newMessageId() {
        return new MessageId(token() + "@" + domain.self().domain());
    }

    // ---- what the domain hands over; on SSP's event loop

    void arrived(ArrivedMessage message) {
        messages.put(message);
        Script now = script;
        if (now.answer() != Script.Answer.SILENT) {
            domain.later(now.delay(), () -> act(message, now));
        }
    }

    private void act(ArrivedMessage message, Script now) {
        answers(message, now.takes() ? 200 : now.status());
        if (now.takes() && message.request().deliveryReportRequest()) {
            reports(message, 200);
        }
        if (now.answer() == Script.Answer.ECHO && !message.sender().isEmpty()) {
            Content content = Content.of(message.contentType(), message.content());
            sends(message.sender(), content, false, newMessageId());
        }
    }

    void invited(RequestReceived invitation) {
        invitations.put(invitation);
        domain.answer(invitation.transaction(), Status.of(200));
        Script now = script;
        if (invitation.request() instanceof InviteRequest invite && now.answer() != Script.Answer.SILENT) {
            domain.later(now.delay(), () -> answers(invite, now.takes()));
        }
    }

    /** One of several recipients, of whom another's script answers. */
    void heard(ArrivedMessage message) {
        messages.put(message);
    }

    void noticed(GroupChangeNotice notice) {
        notices.put(notice);
    }

    void removed(GroupId group) {
        removals.put(group);
    }

    void wished(ExtendConversationRequest wish) {
        wishes.put(wish);
    }

    void reported(DeliveryStatusReport report) {
        reports.put(report);
    }

    void answered(InviteResponse response) {
        inviteAnswers.put(response);
    }

    MetaInformation meta() {
        return words.meta();
    }

    private static int status(SspEvent outcome) {
        return outcome instanceof ResponseReceived answer ? status(answer.response()) : 0;
    }

    /** Zero for an answer that has none. */
    static int status(Primitive answer) {
        return switch (answer) {
            case SendMessageResponse response -> response.statusInfo().statusCode();
            case JoinGroupResponse response -> response.statusInfo().statusCode();
            case Status status -> status.statusCode();
            default -> 0;
        };
    }

    private static String token() {
        return UUID.randomUUID().toString().replace("-", "").substring(0, 20);
    }
}
