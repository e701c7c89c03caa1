package org.impsiwf.gateway.runtime;

import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.impsiwf.gateway.metrics.GatewayMetrics;
import org.impsiwf.gateway.metrics.GatewayMetrics.Direction;
import org.impsiwf.gateway.metrics.GatewayMetrics.Outcome;
import org.impsiwf.gateway.metrics.MessageTimes;
import org.impsiwf.mapping.State;
import org.impsiwf.mapping.event.Command;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.MailboxKey;
import org.impsiwf.msrp.event.MsrpCommand;
import org.impsiwf.msrp.event.MsrpEvent;
import org.impsiwf.msrp.event.MsrpSessionId;
import org.impsiwf.msrp.transport.MsrpCount;
import org.impsiwf.msrp.transport.MsrpWatcher;
import org.impsiwf.sip.event.SipCommand;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.event.TransactionRef;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageResponse;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.server.Counted;
import org.impsiwf.ssp.server.SspCounters;

/** Turns what the edges and the runtime see into metrics, traces and the list of live conversations. */
final class GatewayObserver implements InterworkingRuntime.Observer, MsrpWatcher, SspCounters {

    /** Every message counts; its labels are made once. */
    private static final ConcurrentHashMap<Enum<?>, String> LABELS = new ConcurrentHashMap<>();

    private final GatewayMetrics metrics;
    private final MessageTimes times;
    private final ConversationTrace trace;
    private final LiveConversations live;
    private final InstantSource clock;

    GatewayObserver(
            GatewayMetrics metrics,
            MessageTimes times,
            ConversationTrace trace,
            LiveConversations live,
            InstantSource clock) {
        this.metrics = metrics;
        this.times = times;
        this.trace = trace;
        this.live = live;
        this.clock = clock;
    }

    @Override
    public void routed(Event event, MailboxKey key) {
        trace.routed(event, key);
        switch (event) {
            case Event.Sip(SipEvent.MessageReceived message) ->
                times.arrived(Direction.SIP_TO_IMPS, message.transaction());
            case Event.Msrp(MsrpEvent.MessageReceived message) ->
                times.arrived(Direction.SIP_TO_IMPS, message.exchange());
            case Event.Ssp(
                    SspEvent.RequestReceived(var peer, TransactionRef transaction, SendMessageRequest message)) ->
                times.arrived(Direction.IMPS_TO_SIP, transaction);
            default -> {}
        }
    }

    @Override
    public void ordered(Command command) {
        switch (command) {
            case Command.Sip(SipCommand.AnswerMessage answer) ->
                times.answered(answer.transaction(), outcome(answer.response().status()));
            case Command.Msrp(MsrpCommand.AnswerMessage answer) ->
                times.answered(answer.exchange(), outcome(answer.status()));
            case Command.Ssp(SspCommand.Answer(TransactionRef transaction, Primitive response)) ->
                times.answered(transaction, outcome(response));
            case Command.Note(Command.Noted what, String detail) -> metrics.noted(label(what));
            default -> {}
        }
    }

    private static Outcome outcome(Primitive response) {
        return switch (response) {
            case Status status -> outcome(status.statusCode());
            case SendMessageResponse sent -> outcome(sent.statusInfo().statusCode());
            default -> Outcome.ACCEPTED;
        };
    }

    /** RFC 3261 §21, RFC 4975 §10 and SSP 8.2 alike: 2xx is taken; what time or trouble refused has failed. */
    private static Outcome outcome(int status) {
        if (status / 100 == 2) {
            return Outcome.ACCEPTED;
        }
        return status == 408 || status == 480 || (status / 100 == 5 && status != 531 && status != 532)
                ? Outcome.FAILED
                : Outcome.REFUSED;
    }

    @Override
    public void lost(Event event) {
        metrics.noted("unclaimed-event");
    }

    @Override
    public void handedOver(Event event) {
        switch (event) {
            case Event.Sip(SipEvent.MessageReceived message) -> times.isElsewhere(message.transaction());
            case Event.Msrp(MsrpEvent.MessageReceived message) -> times.isElsewhere(message.exchange());
            case Event.Ssp(SspEvent.RequestReceived request) -> times.isElsewhere(request.transaction());
            default -> {}
        }
    }

    @Override
    public void takenOver(MailboxKey key, String from) {
        metrics.takenOver();
    }

    @Override
    public void left(MailboxKey key) {
        live.left(key);
    }

    @Override
    public void decided(MailboxKey key, Event event, Optional<State> next) {
        live.decided(key, next, clock.instant());
    }

    @Override
    public void count(MsrpCount what) {
        metrics.msrp(label(what), "");
    }

    @Override
    public boolean traces() {
        return trace.on();
    }

    @Override
    public void frame(boolean received, Optional<MsrpSessionId> session, String startLine, int bodyBytes) {
        session.ifPresent(id -> trace.msrp(received, id, startLine, bodyBytes));
    }

    @Override
    public void count(Counted what, Optional<ServiceId> peer, String detail) {
        metrics.ssp(what.label(), detail);
    }

    private static String label(Enum<?> value) {
        return LABELS.computeIfAbsent(
                value, first -> first.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
}
