package org.impsiwf.mapping;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.mapping.conversation.SspPhrases;
import org.impsiwf.mapping.event.Command;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.msrp.event.MsrpCommand;
import org.impsiwf.msrp.event.MsrpEvent;
import org.impsiwf.sip.event.SipCommand;
import org.impsiwf.sip.event.SipCommand.Response;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;

/** The refusals of a node that has no part in the cluster now: 503 on both sides, so that another node is asked, or later. */
final class Unavailable {

    private static final Duration LATER = Duration.ofSeconds(10);

    /** RFC 4975 §10.5: the request could not be completed in time; the sender does not know what became of it. */
    private static final int MSRP_TIMEOUT = 408;

    private Unavailable() {}

    static List<Command> answers(Event event) {
        return switch (event) {
            case Event.Sip(SipEvent e) ->
                sip(e).<List<Command>>map(order -> List.of(new Command.Sip(order)))
                        .orElse(List.of());
            case Event.Msrp(MsrpEvent e) ->
                msrp(e).<List<Command>>map(order -> List.of(new Command.Msrp(order)))
                        .orElse(List.of());
            case Event.Ssp(SspEvent.RequestReceived e) ->
                List.of(new Command.Ssp(new SspCommand.Answer(e.transaction(), refusal(e.request()))));
            default -> List.of();
        };
    }

    private static Optional<SipCommand> sip(SipEvent event) {
        Response refusal = new Response(503, Optional.empty(), Optional.of(LATER), Map.of());
        return switch (event) {
            case SipEvent.InviteReceived e -> Optional.of(new SipCommand.RefuseInvite(e.usage(), refusal));
            case SipEvent.ReinviteReceived e ->
                Optional.of(new SipCommand.RefuseReinvite(e.usage(), e.transaction(), refusal));
            case SipEvent.MessageReceived e -> Optional.of(new SipCommand.AnswerMessage(e.transaction(), refusal));
            case SipEvent.ReferReceived e -> Optional.of(new SipCommand.RefuseRefer(e.refer(), refusal));
            case SipEvent.SubscribeReceived e ->
                Optional.of(new SipCommand.RefuseSubscription(e.subscription(), refusal));
            default -> Optional.empty();
        };
    }

    private static Optional<MsrpCommand> msrp(MsrpEvent event) {
        return switch (event) {
            case MsrpEvent.MessageReceived e ->
                Optional.of(new MsrpCommand.AnswerMessage(e.session(), e.exchange(), MSRP_TIMEOUT, Optional.empty()));
            case MsrpEvent.MessageBegun e ->
                Optional.of(new MsrpCommand.AnswerMessage(e.session(), e.exchange(), MSRP_TIMEOUT, Optional.empty()));
            case MsrpEvent.MessageRelayed e ->
                Optional.of(new MsrpCommand.AnswerMessage(e.session(), e.exchange(), MSRP_TIMEOUT, Optional.empty()));
            case MsrpEvent.NicknameReceived e ->
                Optional.of(new MsrpCommand.AnswerNickname(e.session(), e.exchange(), MSRP_TIMEOUT, Optional.empty()));
            default -> Optional.empty();
        };
    }

    private static Primitive refusal(Primitive request) {
        Status status = Status.of(StatusCode.SERVICE_UNAVAILABLE);
        return request instanceof SendMessageRequest message
                ? SspPhrases.messageAnswer(
                        status,
                        message.messageInfo().messageId().map(Object::toString).orElse(""))
                : status;
    }
}
