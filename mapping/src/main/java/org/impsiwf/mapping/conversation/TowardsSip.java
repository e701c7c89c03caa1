package org.impsiwf.mapping.conversation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.mapping.content.InstantMessage;
import org.impsiwf.mapping.conversation.Conversation.Carried;
import org.impsiwf.mapping.conversation.Conversation.ToSip;
import org.impsiwf.mapping.decision.Orders;
import org.impsiwf.mapping.event.Command.Noted;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.MailboxKey;
import org.impsiwf.mapping.event.Origin;
import org.impsiwf.mapping.event.Policy;
import org.impsiwf.mapping.statuses.MsrpToSsp;
import org.impsiwf.mapping.statuses.SipToSsp;
import org.impsiwf.msrp.event.FailureReport;
import org.impsiwf.msrp.event.MsrpCommand;
import org.impsiwf.msrp.event.MsrpContent;
import org.impsiwf.msrp.event.MsrpSessionId;
import org.impsiwf.msrp.event.SuccessReport;
import org.impsiwf.sip.event.Body;
import org.impsiwf.sip.event.RequestId;
import org.impsiwf.sip.event.SipCommand;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.primitives.Status;

/**
 * Messages of the IMPS user: kept in order until the SIP side has taken them, and only then answered. While a MESSAGE is
 * unanswered nothing overtakes it (RFC 3428 §8: one outstanding per destination).
 */
final class TowardsSip {

    /** What start line and headers of our MESSAGE take at most; the rest of the pager limit is for the body. */
    private static final int HEAD_BYTES = 500;

    private final Turn turn;

    TowardsSip(Turn turn) {
        this.turn = turn;
    }

    void accept(Origin origin, InstantMessage received) {
        turn.parties = turn.parties.seenFromImps(received.recipient(), received.senderName());
        String id = idOf(origin, received);
        InstantMessage message = received.messageId().isEmpty() ? named(received, id) : received;
        if (turn.wasTaken(takenId(message))) {
            turn.note(Noted.DUPLICATE_ABSORBED, "a message of the IMPS user came again");
            answer(origin, message, 200);
            return;
        }
        for (ToSip item : turn.toSip) {
            if (item.message().messageId().equals(message.messageId())) {
                turn.note(Noted.DUPLICATE_ABSORBED, "a message of the IMPS user came again");
                turn.replace(item, item.owedAlso(origin));
                return;
            }
        }
        int refusal = refusal(message);
        if (refusal != 200) {
            answer(origin, message, refusal);
            return;
        }
        turn.toSip.add(new ToSip(
                id,
                message,
                List.of(origin),
                new Carried.Waiting(),
                false,
                false,
                Optional.empty(),
                turn.in(turn.policy().answerWait())));
    }

    /** The peer repeats what a node that is gone has not answered: then the SIP user is to know it for the same, too. */
    private String idOf(Origin origin, InstantMessage message) {
        String senders = switch (origin) {
            case Origin.InTransaction(var transaction)
            when message.messageId().isEmpty() -> transaction.transactionId();
            case Origin.InTransaction any -> takenId(message);
            case Origin.InSubmission any -> takenId(message);
        };
        return turn.wasTaken(Orders.REFUSED + takenId(message)) ? turn.newId() : turn.derivedId(senders);
    }

    private int refusal(InstantMessage message) {
        if (message.content().length > turn.policy().maxMessageSize()) {
            return 540;
        }
        long waiting = turn.toSip.stream()
                .mapToLong(item -> item.message().content().length)
                .sum();
        boolean full = turn.toSip.size() >= turn.policy().queueMessages()
                || waiting + message.content().length > turn.policy().queueBytes();
        return full ? 507 : 200;
    }

    /** Sends what can be sent now, and asks for a session where one is needed. */
    void flush() {
        for (ToSip item : List.copyOf(turn.toSip)) {
            if (turn.anyInMessage()) {
                return;
            }
            if (!(item.carried() instanceof Carried.Waiting)) {
                continue;
            }
            switch (turn.leg) {
                case Leg.Open open when open.far().receives() -> sendInSession(item, open);
                case Leg.NoSession none when fitsMessage(item) -> sendMessage(item, wantsImdn(item));
                case Leg.NoSession none -> {
                    new LegRules(turn).on(new LegEvent.Wanted());
                    return;
                }
                case Leg.Open held -> {
                    return;
                }
                case Leg.Answering s -> {
                    return;
                }
                case Leg.Offering s -> {
                    return;
                }
                case Leg.Inviting s -> {
                    return;
                }
                case Leg.Connecting s -> {
                    return;
                }
                case Leg.Rebuilding s -> {
                    return;
                }
                case Leg.Leaving s -> {
                    return;
                }
            }
        }
    }

    private boolean fitsMessage(ToSip item) {
        if (item.needsSession() || turn.policy().carriage() == Policy.Carriage.SESSION) {
            return false;
        }
        int room = turn.policy().pagerLimit() - HEAD_BYTES;
        // The content alone decides most cases; a wrapped body need not be built for those.
        return item.message().content().length <= room
                && bodyOf(item, wantsImdn(item)).bytes().length <= room;
    }

    private boolean wantsImdn(ToSip item) {
        return item.message().reportWanted() && turn.policy().imdnTowardsSip();
    }

    private Body bodyOf(ToSip item, boolean wrapped) {
        InstantMessage message = item.message();
        return wrapped
                ? new Body("message/cpim", CpimPhrases.message(turn, item.id(), message, true))
                : new Body(message.contentType(), message.content());
    }

    private void sendMessage(ToSip item, boolean wrapped) {
        sendMessage(item, turn.newSipRequest(), wrapped);
    }

    private void sendMessage(ToSip item, RequestId request, boolean wrapped) {
        turn.sip(new SipCommand.SendMessage(
                request, turn.impsSender(), turn.sipTarget(), bodyOf(item, wrapped), Optional.empty(), Map.of()));
        turn.replace(item, item.by(new Carried.InMessage(request, wrapped)));
    }

    private void sendInSession(ToSip item, Leg.Open open) {
        InstantMessage message = item.message();
        boolean bare = open.far().takesBare(message.contentType());
        if (!bare && !open.far().takesWrapped(message.contentType())) {
            conclude(item, 415);
            return;
        }
        MsrpContent content = bare
                ? new MsrpContent(message.contentType(), message.content())
                : new MsrpContent("message/cpim", CpimPhrases.message(turn, item.id(), message, false));
        if (!open.far().fits(content.bytes().length)) {
            conclude(item, 540);
            return;
        }
        turn.msrp(new MsrpCommand.SendMessage(
                open.msrpSession(),
                item.id(),
                content,
                message.reportWanted() ? SuccessReport.YES : SuccessReport.NO,
                FailureReport.YES));
        turn.replace(item, item.by(new Carried.InSession(open.msrpSession())));
    }

    /** The far end has taken a message of ours in the session. */
    void accepted(MsrpSessionId session, String id) {
        inSession(session, id).ifPresent(item -> conclude(item, 200));
    }

    /** True when the connection seems dead and the message is to go out again, under the same Message-ID (RFC 4975 §5.4). */
    boolean refused(MsrpSessionId session, String id, int status) {
        Optional<ToSip> found = inSession(session, id);
        if (found.isEmpty()) {
            return false;
        }
        ToSip item = found.get();
        boolean sessionGone = status == 408 || status == 481 || status == 506;
        if (sessionGone && !item.resent()) {
            turn.replace(item, item.again());
            return true;
        }
        conclude(item, MsrpToSsp.code(status));
        return sessionGone;
    }

    private Optional<ToSip> inSession(MsrpSessionId session, String id) {
        return turn.toSip.stream()
                .filter(item -> item.id().equals(id))
                .filter(item -> item.carried().equals(new Carried.InSession(session)))
                .findFirst();
    }

    void answered(RequestId request, int status) {
        for (ToSip item : List.copyOf(turn.toSip)) {
            if (item.carried() instanceof Carried.InMessage(RequestId sent, boolean wrapped) && sent.equals(request)) {
                answered(item, wrapped, status);
            }
        }
    }

    private void answered(ToSip item, boolean wrapped, int status) {
        boolean sessionMayDo = SipToSsp.saysNoPager(status) && !turn.hasNoSessions();
        if (status == 415 && wrapped) {
            // The client knows no CPIM: the message goes out bare, without a word on its delivery.
            sendMessage(item, false);
        } else if (sessionMayDo) {
            turn.replace(item, item.inSession());
        } else {
            conclude(item, status < 300 ? 200 : SipToSsp.forMessage(status));
        }
    }

    /** The session that these were sent in is gone: they wait for the next one, or have had their second chance. */
    void release(MsrpSessionId session) {
        for (ToSip item : List.copyOf(turn.toSip)) {
            if (!item.carried().equals(new Carried.InSession(session))) {
                continue;
            }
            if (item.resent()) {
                conclude(item, 504);
            } else {
                turn.replace(item, item.again());
            }
        }
    }

    /** Whatever was on its way from another node, which is gone, goes out again under its id. */
    void sendAgain() {
        for (ToSip item : List.copyOf(turn.toSip)) {
            switch (item.carried()) {
                case Carried.InSession in -> turn.replace(item, item.again());
                case Carried.InMessage(RequestId request, boolean wrapped) -> sendMessage(item, request, wrapped);
                case Carried.Waiting waiting -> turn.stay();
            }
        }
    }

    void concludeWaiting(int code) {
        List.copyOf(turn.toSip).stream()
                .filter(item -> item.carried() instanceof Carried.Waiting)
                .forEach(item -> conclude(item, code));
    }

    /** There will be no session: what fits goes as MESSAGE, the rest is refused with {@code code}. */
    void withoutSession(int code) {
        List.copyOf(turn.toSip).stream()
                .filter(item -> item.carried() instanceof Carried.Waiting && !fitsMessage(item))
                .forEach(item -> conclude(item, code));
    }

    /** A REPORT or IMDN; it may be there before the response is. */
    void reported(String id, int code) {
        Optional<ToSip> pending =
                turn.toSip.stream().filter(item -> item.id().equals(id)).findFirst();
        if (pending.isPresent()) {
            turn.replace(pending.get(), pending.get().reported(code));
        } else {
            Reports.mailboxOf(id)
                    .ifPresentOrElse(
                            mailbox -> turn.tell(mailbox, new Event.DeliveryReported(Reports.sipUser(turn.key), code)),
                            () -> turn.note(Noted.UNKNOWN_REPORT, "a report on a message that was never sent"));
        }
    }

    void giveUp() {
        List.copyOf(turn.toSip).stream()
                .filter(item -> turn.isPast(item.giveUpAt()))
                .forEach(item -> {
                    turn.note(Noted.DEADLINE_PASSED, "the SIP side has not taken a message in time");
                    conclude(item, 504);
                });
    }

    private void conclude(ToSip item, int code) {
        turn.toSip.remove(item);
        item.origins().forEach(origin -> answer(origin, item.message(), code));
        if (code != 200) {
            turn.remember(Orders.REFUSED + takenId(item.message()));
            return;
        }
        turn.remember(takenId(item.message()));
        if (item.message().reportWanted()) {
            MailboxKey mailbox = new MailboxKey(MailboxKey.Kind.DELIVERY, item.id());
            String recipient = Reports.sipUser(turn.key);
            turn.tell(
                    mailbox,
                    new Event.DeliveryTracked(new Event.Tracked(
                            turn.key.text(), recipient, turn.after().askerOf(item))));
            item.earlyReport().ifPresent(report -> turn.tell(mailbox, new Event.DeliveryReported(recipient, report)));
        }
    }

    private void answer(Origin origin, InstantMessage message, int code) {
        switch (origin) {
            case Origin.InTransaction(var transaction) ->
                turn.ssp(new SspCommand.Answer(
                        transaction, SspPhrases.messageAnswer(Status.of(code), message.messageId())));
            case Origin.InSubmission(String mailbox, int index) ->
                MailboxKey.parse(mailbox).ifPresent(to -> turn.tell(to, new Event.ShareConcluded(index, code)));
        }
    }

    private InstantMessage named(InstantMessage message, String id) {
        return new InstantMessage(
                id + "@" + turn.policy().ourDomain(),
                message.sender(),
                message.recipient(),
                message.senderName(),
                message.contentType(),
                message.content(),
                message.reportWanted());
    }

    private static String takenId(InstantMessage message) {
        return "imps:" + message.messageId();
    }
}
