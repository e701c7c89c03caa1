package org.impsiwf.mapping.extension;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.mapping.decision.Orders;
import org.impsiwf.mapping.event.Command;
import org.impsiwf.mapping.event.Command.Noted;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.MailboxKey;
import org.impsiwf.mapping.event.Moment;
import org.impsiwf.mapping.extension.Extension.Attempt;
import org.impsiwf.mapping.extension.Extension.Offered;
import org.impsiwf.mapping.extension.Extension.Stage.Asking;
import org.impsiwf.mapping.extension.Extension.Stage.Creating;
import org.impsiwf.mapping.extension.Extension.Stage.HandedOver;
import org.impsiwf.mapping.extension.Extension.Stage.Leaving;
import org.impsiwf.mapping.extension.Extension.Stage.Seeking;
import org.impsiwf.mapping.extension.Extension.Stage.Waiting;
import org.impsiwf.mapping.extension.Extension.Stage.Withdrawn;
import org.impsiwf.mapping.extension.Happening.Answered;
import org.impsiwf.mapping.extension.Happening.EntryTaken;
import org.impsiwf.mapping.extension.Happening.Extended;
import org.impsiwf.mapping.extension.Happening.InitiatorLeft;
import org.impsiwf.mapping.extension.Happening.PartnerLeft;
import org.impsiwf.mapping.extension.Happening.Stopping;
import org.impsiwf.mapping.extension.Happening.TakenOver;
import org.impsiwf.mapping.extension.Happening.TalkAnswered;
import org.impsiwf.mapping.extension.Happening.TimeUp;
import org.impsiwf.mapping.statuses.SspOutcome;
import org.impsiwf.sip.event.SipCommand;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.event.TransactionRef;
import org.impsiwf.ssp.primitives.ImPrimitive.ExtendConversationResponse;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;

/**
 * Decides for {@link Extension}: a method per stage, a line per happening, no default. On every way out but {@link HandedOver}
 * the INVITE has been refused, and what was begun on the SSP side is undone.
 */
public final class ExtensionRules {

    private final Orders orders;
    private final Beginning beginning;
    private final Concluding concluding;
    private final Undoing undoing;

    private ExtensionRules(Orders orders) {
        this.orders = orders;
        this.undoing = new Undoing(orders);
        this.beginning = new Beginning(orders, undoing);
        this.concluding = new Concluding(orders, undoing);
    }

    /** What to save, nothing when it is over, and what to do then. */
    public record Outcome(Optional<Extension> next, List<Command> commands) {}

    public static Outcome decide(MailboxKey key, Optional<Extension> before, Event event, Moment moment) {
        Orders orders = new Orders(key, moment);
        ExtensionRules rules = new ExtensionRules(orders);
        Optional<Extension> next = rules.on(before, event);
        return new Outcome(next, orders.commands());
    }

    private Optional<Extension> on(Optional<Extension> before, Event event) {
        return switch (event) {
            case Event.Sip(SipEvent.InviteReceived e) when before.isEmpty() -> beginning.of(e);
            case Event.ExtensionAsked e when before.isEmpty() -> beginning.of(e.reinvite(), e.talk());
            case Event.Sip(SipEvent.InviteCancelled e) -> onAttempt(before, new InitiatorLeft(e));
            case Event.Sip(SipEvent.ByeReceived e) -> onAttempt(before, new InitiatorLeft(e));
            case Event.Sip(SipEvent.UsageEnded e) -> onAttempt(before, new InitiatorLeft(e));
            case Event.Sip(SipEvent.OfUsage e) when before.isPresent() -> passedOn(before.get(), event);
            case Event.Ssp(SspEvent.RequestReceived e) -> requested(before, e);
            case Event.Ssp(SspEvent.ResponseReceived e) -> responded(before, e);
            case Event.Ssp(SspEvent.RequestFailed e) ->
                onAttempt(
                        before,
                        new Answered(e.request(), SspOutcome.code(e.cause()), e.cause() != SspEvent.Cause.NO_ANSWER));
            case Event.DeadlineReached e -> before.flatMap(this::onDeadline);
            case Event.Draining e -> onAttempt(before, new Stopping());
            case Event.TakenOver e -> before.isPresent() ? takenOver(before.get()) : before;
            case Event.TalkNamed(String talk, boolean meant, boolean busy) ->
                onAttempt(before, new TalkAnswered(talk, meant, busy));
            case Event.TalkEnded(String talk) -> onAttempt(before, new PartnerLeft(talk));
            case Event.EntryTaken e -> onAttempt(before, new EntryTaken());
            case Event.ReplacementOffered(String extension, Map<String, String> headers) ->
                Optional.of(new Offered(
                        extension,
                        headers,
                        orders.in(orders.policy().conferences().extensionWait().multipliedBy(2))));
            case Event.ReplacementSought(String participation) -> named(before, participation);
            case Event.Sip e -> misrouted(before, event);
            case Event.Msrp e -> misrouted(before, event);
            case Event.Ssp e -> misrouted(before, event);
            case Event.OfConference e -> misrouted(before, event);
            case Event.MessageShared e -> misrouted(before, event);
            case Event.ShareConcluded e -> misrouted(before, event);
            case Event.DeliveryTracked e -> misrouted(before, event);
            case Event.DeliveryForgotten e -> misrouted(before, event);
            case Event.DeliveryAliased e -> misrouted(before, event);
            case Event.DeliveryReported e -> misrouted(before, event);
            case Event.ReportDue e -> misrouted(before, event);
        };
    }

    private Optional<Extension> onAttempt(Optional<Extension> before, Happening happening) {
        if (!(before.orElse(null) instanceof Attempt attempt)) {
            return late(before, happening);
        }
        return switch (attempt.stage()) {
            case Seeking s -> inSeeking(attempt, s, happening);
            case Creating s -> inCreating(attempt, s, happening);
            case Asking s -> inAsking(attempt, s, happening);
            case Waiting s -> inWaiting(attempt, s, happening);
            case HandedOver s -> inHandedOver(attempt, s, happening);
            case Withdrawn s -> inWithdrawn(attempt, s, happening);
            case Leaving s -> inLeaving(attempt, s, happening);
        };
    }

    private Optional<Extension> inSeeking(Attempt a, Seeking s, Happening happening) {
        return switch (happening) {
            case TalkAnswered(String talk, boolean meant, boolean busy)
            when meant && busy -> beginning.busy(a, s, talk);
            case TalkAnswered(String talk, boolean meant, boolean busy) when meant -> beginning.found(a, s, talk);
            case TalkAnswered(String talk, boolean meant, boolean busy) -> beginning.notThis(a, s, talk);
            case InitiatorLeft left -> beginning.unsought(a, s);
            case TimeUp up -> beginning.notFound(a, s);
            case TakenOver taken -> beginning.stopped(a, s);
            case Stopping stopping -> beginning.stopped(a, s);
            case PartnerLeft left -> Optional.of(a);
            case Answered answered -> late(Optional.of(a), answered);
            case EntryTaken taken -> late(Optional.of(a), taken);
            case Extended extended -> unknown(Optional.of(a), extended);
        };
    }

    private Optional<Extension> inCreating(Attempt a, Creating s, Happening happening) {
        return switch (happening) {
            case Answered(var request, int code, boolean certain)
            when !request.equals(s.group().request()) -> late(Optional.of(a), happening);
            case Answered(var request, int code, boolean certain) when code == 200 -> concluding.made(a, s.group());
            case Answered(var request, int code, boolean certain) -> undoing.refused(a, s.group(), code, certain);
            case InitiatorLeft left -> undoing.withdrawn(a, s.group());
            case TimeUp up -> undoing.timedOut(a, s.group());
            case TakenOver taken -> undoing.stopped(a, s.group());
            case Stopping stopping -> undoing.stopped(a, s.group());
            case TalkAnswered answered -> late(Optional.of(a), answered);
            case PartnerLeft left -> late(Optional.of(a), left);
            case EntryTaken taken -> late(Optional.of(a), taken);
            case Extended extended -> unknown(Optional.of(a), extended);
        };
    }

    private Optional<Extension> inAsking(Attempt a, Asking s, Happening happening) {
        return switch (happening) {
            case Answered(var request, int code, boolean certain)
            when !s.extending().request().equals(Optional.of(request)) -> late(Optional.of(a), happening);
            case Answered(var request, int code, boolean certain)
            when code == 200 -> concluding.agreed(a, s.extending());
            case Answered(var request, int code, boolean certain) -> undoing.refused(a, s.extending(), code, certain);
            // The outcome may overtake the Status.
            case Extended extended -> concluding.extended(a, s.extending(), extended);
            case InitiatorLeft left -> undoing.withdrawn(a, s.extending());
            case PartnerLeft(String talk) -> undoing.partnerLeft(a, s.extending(), talk);
            case TimeUp up -> undoing.timedOut(a, s.extending());
            case TakenOver taken -> undoing.stopped(a, s.extending());
            case Stopping stopping -> undoing.stopped(a, s.extending());
            case TalkAnswered(String talk, boolean meant, boolean busy) ->
                concluding.alsoMeant(a, s.extending(), talk, meant);
            case EntryTaken taken -> late(Optional.of(a), taken);
        };
    }

    private Optional<Extension> inWaiting(Attempt a, Waiting s, Happening happening) {
        return switch (happening) {
            case Extended extended -> concluding.extended(a, s.extending(), extended);
            case InitiatorLeft left -> undoing.withdrawn(a, s.extending());
            case PartnerLeft(String talk) -> undoing.partnerLeft(a, s.extending(), talk);
            case TimeUp up -> undoing.timedOut(a, s.extending());
            case TakenOver taken -> Optional.of(a);
            case Stopping stopping -> undoing.stopped(a, s.extending());
            case TalkAnswered(String talk, boolean meant, boolean busy) ->
                concluding.alsoMeant(a, s.extending(), talk, meant);
            case Answered answered -> late(Optional.of(a), answered);
            case EntryTaken taken -> late(Optional.of(a), taken);
        };
    }

    private Optional<Extension> inHandedOver(Attempt a, HandedOver s, Happening happening) {
        return switch (happening) {
            case InitiatorLeft(var event) -> {
                participation(s).ifPresent(to -> orders.tell(to, new Event.Sip(event)));
                yield Optional.of(a);
            }
            // A repeat of what was answered already.
            case Extended(var transaction, var response) -> {
                answer(transaction, StatusCode.SUCCESSFUL);
                yield Optional.of(a);
            }
            case EntryTaken taken -> concluding.taken(a, s);
            case TimeUp up -> concluding.retell(a, s);
            case TakenOver taken -> concluding.tellAgain(a, s);
            case Stopping stopping -> Optional.of(a);
            case PartnerLeft left -> Optional.of(a);
            case TalkAnswered answered -> Optional.of(a);
            case Answered answered -> Optional.of(a);
        };
    }

    private Optional<Extension> inWithdrawn(Attempt a, Withdrawn s, Happening happening) {
        return switch (happening) {
            case Answered(var request, int code, boolean certain) -> undoing.answered(a, s, request, code, certain);
            case Extended extended -> undoing.extended(a, s, extended);
            case TimeUp up -> undoing.givenUp(a, s);
            case InitiatorLeft left -> Optional.of(a);
            case EntryTaken taken -> late(Optional.of(a), taken);
            case TakenOver taken -> Optional.of(a);
            case Stopping stopping -> Optional.of(a);
            case PartnerLeft left -> Optional.of(a);
            // It was asked before this was over, and must not wait for it.
            case TalkAnswered(String talk, boolean meant, boolean busy) -> {
                undoing.release(Optional.of(talk).filter(any -> meant));
                yield Optional.of(a);
            }
        };
    }

    private Optional<Extension> inLeaving(Attempt a, Leaving s, Happening happening) {
        return switch (happening) {
            case Answered(var request, int code, boolean certain) -> undoing.left(a, s, request, code);
            case TimeUp up -> undoing.leaveAgain(a, s);
            case Extended(var transaction, var response) -> {
                answer(transaction, StatusCode.SUCCESSFUL);
                yield Optional.of(a);
            }
            case InitiatorLeft left -> Optional.of(a);
            case EntryTaken taken -> late(Optional.of(a), taken);
            case TakenOver taken -> undoing.leaveAgain(a, s);
            case Stopping stopping -> Optional.of(a);
            case PartnerLeft left -> Optional.of(a);
            case TalkAnswered answered -> Optional.of(a);
        };
    }

    /** Of an attempt that asked for something nobody can say whether the question left: it ends, as when the gateway stops. */
    private Optional<Extension> takenOver(Extension extension) {
        return switch (extension) {
            case Offered offered -> Optional.of(offered);
            case Attempt attempt -> onAttempt(Optional.of(attempt), new TakenOver());
        };
    }

    private Optional<Extension> onDeadline(Extension extension) {
        boolean early = extension.deadline().filter(orders::isPast).isEmpty();
        if (early) {
            return Optional.of(extension);
        }
        return switch (extension) {
            case Offered offered -> Optional.empty();
            case Attempt attempt -> onAttempt(Optional.of(attempt), new TimeUp());
        };
    }

    private Optional<Extension> requested(Optional<Extension> before, SspEvent.RequestReceived e) {
        if (e.request() instanceof ExtendConversationResponse response) {
            return onAttempt(before, new Extended(e.transaction(), response));
        }
        answer(e.transaction(), StatusCode.NOT_IMPLEMENTED);
        return before;
    }

    private Optional<Extension> responded(Optional<Extension> before, SspEvent.ResponseReceived e) {
        // Several are named in an ExtendConversationRequest: it may well succeed for some of them.
        boolean done = e.response() instanceof Status status && status.isSuccess();
        int code = done ? 200 : SspOutcome.code(e.response());
        return code / 100 == 1 ? before : onAttempt(before, new Answered(e.request(), code, true));
    }

    /** Said always: a participation waits for it. */
    private Optional<Extension> named(Optional<Extension> before, String participation) {
        Map<String, String> headers = before.orElse(null) instanceof Offered offered ? offered.headers() : Map.of();
        MailboxKey.parse(participation)
                .ifPresent(to -> orders.tell(
                        to,
                        new Event.ReplacementNamed(orders.key.text(), Optional.empty(), !headers.isEmpty(), headers)));
        return before;
    }

    /** Further events of the usage belong to whoever answered it. */
    private Optional<Extension> passedOn(Extension extension, Event event) {
        if (extension instanceof Attempt(var intent, HandedOver s)) {
            participation(s).ifPresent(to -> orders.tell(to, event));
        } else {
            orders.note(Noted.LATE_EVENT, "an event of an INVITE that is not answered yet");
        }
        return Optional.of(extension);
    }

    private static Optional<MailboxKey> participation(HandedOver s) {
        return MailboxKey.parse(s.participation());
    }

    private Optional<Extension> late(Optional<Extension> before, Happening happening) {
        if (happening instanceof Extended extended) {
            return unknown(before, extended);
        }
        orders.note(Noted.LATE_EVENT, happening.getClass().getSimpleName() + " of an extension that is over");
        return before;
    }

    private Optional<Extension> unknown(Optional<Extension> before, Extended extended) {
        orders.note(Noted.PEER_MISBEHAVED, "the outcome of an extension that nobody waits for");
        answer(extended.transaction(), StatusCode.BAD_PARAMETER);
        return before;
    }

    private void answer(TransactionRef transaction, StatusCode code) {
        orders.ssp(new SspCommand.Answer(transaction, Status.of(code)));
    }

    private Optional<Extension> misrouted(Optional<Extension> before, Event event) {
        if (event instanceof Event.Sip(SipEvent.ReferReceived e)) {
            orders.sip(new SipCommand.RefuseRefer(e.refer(), SipCommand.Response.of(481)));
        }
        orders.note(Noted.OUR_MISTAKE, event.getClass().getSimpleName() + " in an extension");
        return before;
    }
}
