package org.impsiwf.mapping.conversation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.mapping.content.Fingerprint;
import org.impsiwf.mapping.content.MediaType;
import org.impsiwf.mapping.conversation.Conversation.Owed;
import org.impsiwf.mapping.conversation.Conversation.ToImps;
import org.impsiwf.mapping.decision.Orders;
import org.impsiwf.mapping.event.Command.Noted;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.MailboxKey;
import org.impsiwf.mapping.event.Peer;
import org.impsiwf.mapping.media.OurMedia;
import org.impsiwf.mapping.statuses.SipVerdict;
import org.impsiwf.mapping.statuses.SspOutcome;
import org.impsiwf.mapping.statuses.SspToMsrp;
import org.impsiwf.mapping.statuses.SspToSip;
import org.impsiwf.msrp.event.MsrpCommand;
import org.impsiwf.sip.event.SipCommand;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.event.SspRequestId;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageResponse;
import org.impsiwf.ssp.primitives.Primitive;

/** Messages of the SIP user: handed on at once, in order, and answered when the peer has answered. */
final class TowardsImps {

    private final Turn turn;

    TowardsImps(Turn turn) {
        this.turn = turn;
    }

    /**
     * Hands a message to the peer.
     *
     * @param senderId the sender's own id of it, empty when it has none
     * @param asker who wants to hear of its delivery
     */
    void send(Owed owed, String senderId, String contentType, byte[] content, Optional<Event.Asker> asker) {
        String repeatId = senderId.isEmpty() ? "" : "sip:" + senderId + ":" + Fingerprint.of(content);
        if (!repeatId.isEmpty() && absorbed(owed, repeatId)) {
            return;
        }
        Peer peer = turn.peer();
        boolean overLimit =
                peer.maxContentSize().filter(max -> content.length > max).isPresent();
        int refusal = refusal(peer, contentType, content.length, overLimit);
        if (refusal != 200) {
            answer(owed, refusal, refusal == 540);
            return;
        }
        String id = idOf(owed, repeatId);
        SspRequestId request = turn.sspRequest(id);
        Optional<MailboxKey> delivery = asker.map(any -> new MailboxKey(MailboxKey.Kind.DELIVERY, id));
        delivery.ifPresent(mailbox -> turn.tell(
                mailbox,
                new Event.DeliveryTracked(
                        new Event.Tracked(turn.key.text(), Reports.impsUser(turn.key), asker.get()))));
        turn.ssp(new SspCommand.SendRequest(
                request,
                turn.parties.peer(),
                SspPhrases.message(
                        turn.parties,
                        turn.moment,
                        id + "@" + turn.policy().ourDomain(),
                        asker.isPresent(),
                        contentType,
                        content)));
        turn.toImps.add(new ToImps(
                request,
                repeatId,
                List.of(owed),
                delivery.map(MailboxKey::text),
                overLimit,
                turn.in(turn.policy().answerWait())));
    }

    /** What is decided again, on another node, leaves under the same id: the peer knows it. */
    private String idOf(Owed owed, String repeatId) {
        return switch (owed) {
            case Owed.ToMessage(var transaction) when repeatId.isEmpty() -> turn.derivedId("tx:" + transaction.value());
            case Owed any when repeatId.isEmpty() || turn.wasTaken(Orders.REFUSED + repeatId) -> turn.newId();
            case Owed any -> turn.derivedId(repeatId);
        };
    }

    /** A repeat is one act with its first: answered alike, carried once. */
    private boolean absorbed(Owed owed, String repeatId) {
        if (turn.wasTaken(repeatId)) {
            turn.note(Noted.DUPLICATE_ABSORBED, "a message of the SIP user came again");
            answer(owed, 200, false);
            return true;
        }
        for (ToImps item : turn.toImps) {
            if (item.id().equals(repeatId)) {
                turn.note(Noted.DUPLICATE_ABSORBED, "a message of the SIP user came again");
                List<Owed> all = new ArrayList<>(item.owed());
                all.add(owed);
                turn.toImps.set(
                        turn.toImps.indexOf(item),
                        new ToImps(item.request(), repeatId, all, item.delivery(), item.overLimit(), item.giveUpAt()));
                return true;
            }
        }
        return false;
    }

    private int refusal(Peer peer, String contentType, int size, boolean overLimit) {
        if (overLimit || size > turn.policy().maxMessageSize()) {
            return 540;
        }
        if (!peer.acceptedContentTypes().isEmpty() && !MediaType.accepts(peer.acceptedContentTypes(), contentType)) {
            return 415;
        }
        if (!peer.up()) {
            return 503;
        }
        return turn.toImps.size() >= turn.policy().queueMessages() ? 507 : 200;
    }

    void responded(SspRequestId request, Primitive response) {
        int code = SspOutcome.code(response);
        if (code / 100 == 1) {
            return;
        }
        find(request).ifPresent(item -> {
            if (code == 200 && response instanceof SendMessageResponse r) {
                r.messageId().ifPresent(id -> alias(item, id.value()));
            }
            conclude(item, code);
        });
    }

    /** A peer may name the message anew; its reports then use that name. */
    private void alias(ToImps item, String peersId) {
        item.delivery().flatMap(MailboxKey::parse).ifPresent(delivery -> {
            boolean ours = peersId.equals(delivery.id() + "@" + turn.policy().ourDomain());
            if (!ours) {
                Reports.mailboxOfForeign(peersId)
                        .ifPresent(alias -> turn.tell(alias, new Event.DeliveryAliased(delivery.text())));
            }
        });
    }

    void failed(SspRequestId request, SspEvent.Cause cause) {
        find(request).ifPresent(item -> conclude(item, SspOutcome.code(cause)));
    }

    void giveUp() {
        List.copyOf(turn.toImps).stream()
                .filter(item -> turn.isPast(item.giveUpAt()))
                .forEach(item -> {
                    turn.note(Noted.DEADLINE_PASSED, "the peer has not answered for a message in time");
                    conclude(item, 504);
                });
    }

    private Optional<ToImps> find(SspRequestId request) {
        return turn.toImps.stream()
                .filter(item -> item.request().equals(request))
                .findFirst();
    }

    private void conclude(ToImps item, int code) {
        turn.toImps.remove(item);
        item.owed().forEach(owed -> answer(owed, code, item.overLimit()));
        if (code == 200) {
            if (!item.id().isEmpty()) {
                turn.remember(item.id());
            }
            return;
        }
        if (!item.id().isEmpty()) {
            turn.remember(Orders.REFUSED + item.id());
        }
        if (SspOutcome.isOurMistake(code)) {
            turn.note(Noted.OUR_MISTAKE, "the peer refused our SendMessageRequest with " + code);
        }
        item.delivery()
                .flatMap(MailboxKey::parse)
                .ifPresent(delivery -> turn.tell(delivery, new Event.DeliveryForgotten()));
    }

    private void answer(Owed owed, int code, boolean overLimit) {
        switch (owed) {
            case Owed.ToSend(var session, var exchange) ->
                turn.msrp(new MsrpCommand.AnswerMessage(
                        session, exchange, SspToMsrp.forContent(code, overLimit), Optional.empty()));
            case Owed.ToMessage(var transaction) ->
                turn.sip(new SipCommand.AnswerMessage(
                        transaction, response(SspToSip.forContent(code, SspToSip.Method.MESSAGE, overLimit))));
        }
    }

    private SipCommand.Response response(SipVerdict verdict) {
        SipCommand.Response response = verdict.response(turn.policy().ourDomain());
        if (verdict.status() != 415) {
            return response;
        }
        String accept = String.join(", ", OurMedia.types(turn.peer(), turn.policy()));
        return new SipCommand.Response(415, Optional.empty(), Optional.empty(), Map.of("Accept", accept));
    }

    /** Answers on our own account; the number is the same in SIP and MSRP. */
    void answerWith(Owed owed, int status) {
        switch (owed) {
            case Owed.ToSend(var session, var exchange) ->
                turn.msrp(new MsrpCommand.AnswerMessage(session, exchange, status, Optional.empty()));
            case Owed.ToMessage(var transaction) ->
                turn.sip(new SipCommand.AnswerMessage(transaction, response(SipVerdict.of(status))));
        }
    }

    static byte[] nothing() {
        return "".getBytes(StandardCharsets.US_ASCII);
    }
}
