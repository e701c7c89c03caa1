package org.impsiwf.sip.stack;

import java.util.List;
import java.util.Optional;
import org.impsiwf.sip.body.BodyException;
import org.impsiwf.sip.body.BodyLimits;
import org.impsiwf.sip.body.ReceivedBody;
import org.impsiwf.sip.dialog.InviteUsage;
import org.impsiwf.sip.dialog.UsageEvent;
import org.impsiwf.sip.event.NameAddr;
import org.impsiwf.sip.event.Originator;
import org.impsiwf.sip.event.SipCommand.Response;
import org.impsiwf.sip.event.SipTransactionId;
import org.impsiwf.sip.event.SipUri;
import org.impsiwf.sip.list.UriListException;

/** Requests with a To tag: our local tag names the usage. */
final class InsideRequests {

    private final InviteUsages usages;
    private final ServerTransactions servers;
    private final SubscribeRequests subscribes;

    InsideRequests(InviteUsages usages, ServerTransactions servers, SubscribeRequests subscribes) {
        this.usages = usages;
        this.subscribes = subscribes;
        this.servers = servers;
    }

    void acknowledged(ReceivedMessage ack) {
        Optional<byte[]> sdp = Responses.sdp(ack);
        usages.post(inDialog(ack), new UsageEvent.Acknowledged(ack.cseq(), sdp));
    }

    static InviteUsages.InDialog inDialog(ReceivedMessage message) {
        return new InviteUsages.InDialog(message.toTag(), message.callId(), message.fromTag());
    }

    void arrived(Arrival arrival) {
        arrived(arrival.message(), servers.keep(arrival.transaction(), arrival.request(), arrival.point(), false));
    }

    /** One that waits for its answer under that id. */
    void arrived(ReceivedMessage message, SipTransactionId id) {
        if (message.method().equals("SUBSCRIBE") && Subscriptions.isTag(message.toTag())) {
            subscribes.alone(message, id);
            return;
        }
        try {
            usages.post(inDialog(message), event(message, id));
        } catch (BodyException e) {
            servers.answer(id, RequestDoor.refusal(e.status(), OutsideRequests.headers(e.headers())));
        } catch (UriListException e) {
            servers.answer(id, RequestDoor.refusal(e));
        }
    }

    private static UsageEvent event(ReceivedMessage message, SipTransactionId id)
            throws BodyException, UriListException {
        long cseq = message.cseq();
        return switch (message.method()) {
            case "BYE" -> new UsageEvent.ByeRequested(id, cseq, message.value("Reason"));
            case "INVITE", "UPDATE" -> reinvite(message, id);
            case "SUBSCRIBE", "REFER" -> new UsageEvent.OtherUsageRequested(id, cseq, message.contact());
            case "OPTIONS" -> new UsageEvent.OtherRequested(id, cseq, RequestDoor.optionsAnswer());
            default -> new UsageEvent.OtherRequested(id, cseq, Response.of(405));
        };
    }

    /** Who speaks in a dialog is whom it was made with, whatever its From says now. */
    static Originator originator(InviteUsage usage, ReceivedMessage message) {
        NameAddr user = usage.user().orElse(usage.dialog().remote());
        return new Originator(user, false, Optional.empty(), message.sourceText());
    }

    private static UsageEvent reinvite(ReceivedMessage message, SipTransactionId id)
            throws BodyException, UriListException {
        ReceivedBody body = IncomingInvites.body(message, BodyLimits.DEFAULT);
        var originator = new Originator(message.from(), false, Optional.empty(), message.sourceText());
        SipUri contact = message.contact().orElse(message.from().uri());
        return new UsageEvent.ReinviteRequested(
                id,
                message.cseq(),
                message.method().equals("UPDATE"),
                message.head(originator, message.target().value()),
                contact,
                body.sdp(),
                List.copyOf(body.others()),
                ConferenceParts.of(message, body),
                message.terms());
    }
}
