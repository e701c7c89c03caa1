package org.impsiwf.mapping.participation;

import java.util.List;
import java.util.Optional;
import org.impsiwf.mapping.content.Fingerprint;
import org.impsiwf.mapping.content.InstantMessage;
import org.impsiwf.mapping.content.MediaType;
import org.impsiwf.mapping.decision.Orders;
import org.impsiwf.mapping.event.Command.Noted;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.MailboxKey;
import org.impsiwf.mapping.event.Peer;
import org.impsiwf.mapping.participation.Participation.Posted;
import org.impsiwf.mapping.participation.Participation.Send;
import org.impsiwf.mapping.statuses.SspOutcome;
import org.impsiwf.mapping.statuses.SspToMsrp;
import org.impsiwf.msrp.event.MsrpCommand;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.SspRequestId;

/**
 * What the user says in the group: handed to the host in order, and answered when the host has answered. The success
 * report is the switch's own (RFC 7701 §6.3): it says that the host has the message, not that each member has it.
 */
final class Postings {

    private final MemberTurn turn;

    Postings(MemberTurn turn) {
        this.turn = turn;
    }

    /** @param to a screen name, or empty for all */
    void post(Send send, String to, String contentType, byte[] content, Optional<Event.Asker> asker) {
        String repeatId = Recent.OF_USER + send.messageId() + ":" + Fingerprint.of(content);
        if (isRepeat(send, repeatId)) {
            return;
        }
        Peer host = turn.host();
        boolean overLimit = content.length > turn.policy().maxMessageSize()
                || host.maxContentSize().filter(max -> content.length > max).isPresent();
        int refusal = overLimit ? 540 : refusal(host, contentType);
        if (refusal != 200) {
            answer(send, refusal, overLimit);
            return;
        }
        String id = turn.idOf(repeatId);
        Optional<MailboxKey> delivery = asker.map(any -> new MailboxKey(MailboxKey.Kind.DELIVERY, id));
        delivery.ifPresent(mailbox -> turn.tell(
                mailbox,
                new Event.DeliveryTracked(
                        new Event.Tracked(turn.key.text(), turn.room.address().canonical(), asker.get()))));
        InstantMessage message = new InstantMessage(
                id + "@" + turn.policy().ourDomain(),
                turn.member.impsAddress(),
                to,
                Optional.empty(),
                contentType,
                content,
                asker.isPresent());
        turn.posted.add(new Posted(
                turn.sspRequest(id),
                repeatId,
                List.of(send),
                delivery.map(MailboxKey::text),
                overLimit,
                Optional.of(message),
                turn.in(turn.policy().answerWait())));
    }

    /** A repeat is one act with its first: answered alike, carried once. */
    private boolean isRepeat(Send send, String repeatId) {
        Optional<Posted> first =
                turn.posted.stream().filter(item -> item.id().equals(repeatId)).findFirst();
        boolean done = turn.wasTaken(repeatId);
        if (done) {
            answer(send, 200, false);
        } else {
            first.ifPresent(item -> turn.posted.set(turn.posted.indexOf(item), item.owedAlso(send)));
        }
        if (done || first.isPresent()) {
            turn.note(Noted.DUPLICATE_ABSORBED, "a message of the member came again");
        }
        return done || first.isPresent();
    }

    private int refusal(Peer host, String contentType) {
        if (!host.acceptedContentTypes().isEmpty() && !MediaType.accepts(host.acceptedContentTypes(), contentType)) {
            return 415;
        }
        if (!host.up()) {
            return 503;
        }
        return turn.posted.size() >= turn.policy().queueMessages() ? 507 : 200;
    }

    /** Hands over what waits, as soon as the user is in. */
    void flush() {
        if (!(turn.membership instanceof Membership.Joined)) {
            return;
        }
        for (Posted item : List.copyOf(turn.posted)) {
            item.unsent().ifPresent(message -> {
                turn.ssp(new SspCommand.SendRequest(item.request(), turn.room.host(), GroupPhrases.say(turn, message)));
                turn.posted.set(turn.posted.indexOf(item), item.sent());
            });
        }
    }

    /** True when the host says that the user is not in the group. */
    boolean answered(SspRequestId request, int code) {
        Optional<Posted> found = turn.posted.stream()
                .filter(item -> item.request().equals(request))
                .findFirst();
        if (found.isEmpty() || code / 100 == 1) {
            return false;
        }
        conclude(found.get(), code);
        return code == 808;
    }

    void giveUp() {
        List.copyOf(turn.posted).stream()
                .filter(item -> turn.isPast(item.giveUpAt()))
                .forEach(item -> {
                    turn.note(Noted.DEADLINE_PASSED, "the host has not answered for a message in time");
                    conclude(item, 504);
                });
    }

    /** The user is out: nothing of what waits can be said any more. */
    void refuseAll(int code) {
        List.copyOf(turn.posted).forEach(item -> conclude(item, code));
    }

    /** The user leaves: what was not said yet will not be. */
    void refuseUnsent() {
        List.copyOf(turn.posted).stream()
                .filter(item -> item.unsent().isPresent())
                .forEach(item -> conclude(item, 808));
    }

    private void conclude(Posted item, int code) {
        turn.posted.remove(item);
        item.sends().forEach(send -> {
            answer(send, code, item.overLimit());
            if (code == 200 && send.reportWanted()) {
                turn.msrp(new MsrpCommand.SendReport(send.session(), send.messageId(), 200, Optional.empty()));
            }
        });
        if (code == 200) {
            turn.remember(item.id());
            return;
        }
        turn.remember(Orders.REFUSED + item.id());
        if (SspOutcome.isOurMistake(code)) {
            turn.note(Noted.OUR_MISTAKE, "the host refused our SendMessageRequest with " + code);
        }
        item.delivery()
                .flatMap(MailboxKey::parse)
                .ifPresent(delivery -> turn.tell(delivery, new Event.DeliveryForgotten()));
    }

    private void answer(Send send, int code, boolean overLimit) {
        int status = SspToMsrp.forContent(code, overLimit);
        turn.msrp(new MsrpCommand.AnswerMessage(send.session(), send.exchange(), status, Optional.empty()));
    }
}
