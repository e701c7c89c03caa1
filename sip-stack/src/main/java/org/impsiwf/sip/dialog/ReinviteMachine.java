package org.impsiwf.sip.dialog;

import static org.impsiwf.sip.dialog.UsageDecision.to;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.sip.dialog.Exchange.Asked;
import org.impsiwf.sip.dialog.Exchange.Asking;
import org.impsiwf.sip.dialog.Exchange.Quiet;
import org.impsiwf.sip.dialog.Exchange.Unacknowledged;
import org.impsiwf.sip.dialog.Exchange.Yielding;
import org.impsiwf.sip.dialog.UsageEvent.Accepted;
import org.impsiwf.sip.dialog.UsageEvent.Acknowledged;
import org.impsiwf.sip.dialog.UsageEvent.Refused;
import org.impsiwf.sip.dialog.UsageEvent.ReinviteRequested;
import org.impsiwf.sip.dialog.UsageOrder.Answer;
import org.impsiwf.sip.dialog.UsageOrder.RepeatAccept;
import org.impsiwf.sip.dialog.UsageOrder.SendAck;
import org.impsiwf.sip.dialog.UsageOrder.SendReinvite;
import org.impsiwf.sip.dialog.UsageOrder.Tell;
import org.impsiwf.sip.dialog.UsageState.Resend;
import org.impsiwf.sip.dialog.UsageState.Talking;
import org.impsiwf.sip.event.SipCommand.Response;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.sip.event.SipEvent.FinalResponse;
import org.impsiwf.sip.event.SipUri;
import org.impsiwf.sip.sdp.SdpException;
import org.impsiwf.sip.sdp.SdpPolicy;
import org.impsiwf.sip.sdp.SdpSession;

/** Re-INVITE, UPDATE and session refresh in a confirmed dialog (RFC 3261 §14, RFC 3311, RFC 4028 §10). Pure. */
final class ReinviteMachine {

    private final TimerPolicy timers;
    private final SdpPolicy descriptions;

    ReinviteMachine(TimerPolicy timers, SdpPolicy descriptions) {
        this.timers = timers;
        this.descriptions = descriptions;
    }

    UsageDecision decide(InviteUsage usage, Exchange exchange, UsageEvent event, Instant now) {
        return switch (event) {
            case ReinviteRequested request -> requested(usage, exchange, request, now);
            case Accepted accepted -> accepted(usage, exchange, accepted, now);
            case Refused refused -> refused(usage, exchange, refused, now);
            case Acknowledged acknowledged -> acknowledged(usage, exchange, acknowledged, now);
            case UsageEvent.Reinvite order -> ordered(usage, exchange, order, now);
            case UsageEvent.AcceptReinvite order -> accept(usage, exchange, order, now);
            case UsageEvent.RefuseReinvite order -> refuse(usage, exchange, order);
            case UsageEvent.DeadlineReached d -> deadline(usage, exchange, now);
            case UsageEvent.NodeLost l -> lost(usage, exchange, now);
            case UsageEvent.Requested r -> throw notMine(event);
            case UsageEvent.Cancelled c -> throw notMine(event);
            case UsageEvent.Progressed p -> throw notMine(event);
            case UsageEvent.ByeDone d -> throw notMine(event);
            case UsageEvent.SendNotify n -> throw notMine(event);
            case UsageEvent.Ring r -> throw notMine(event);
            case UsageEvent.Accept a -> throw notMine(event);
            case UsageEvent.Refuse r -> throw notMine(event);
            case UsageEvent.End e -> throw notMine(event);
        };
    }

    private static IllegalStateException notMine(UsageEvent event) {
        return new IllegalStateException(event + " is no matter of a re-INVITE");
    }

    private UsageDecision requested(InviteUsage usage, Exchange exchange, ReinviteRequested request, Instant now) {
        if (timers.isTooShort(request.terms())) {
            String minimum = Long.toString(timers.minimum().toSeconds());
            return to(
                    usage,
                    new Answer(
                            request.transaction(),
                            new Response(422, Optional.empty(), Optional.empty(), Map.of("Min-SE", minimum))));
        }
        if (request.update() && request.sdp().isEmpty()) {
            return refreshed(usage, request, now);
        }
        return switch (exchange) {
            // RFC 3261 §14.2
            case Asking a -> to(usage, new Answer(request.transaction(), Response.of(491)));
            case Asked a -> to(usage, new Answer(request.transaction(), later(usage, request.cseq())));
            // RFC 5407 §3.1: they have our answer, only the ACK is lost or late; an answer of theirs would be in it.
            case Unacknowledged u when !u.weOffered() -> offered(usage, request, now);
            case Unacknowledged u -> to(usage, new Answer(request.transaction(), later(usage, request.cseq())));
            // Theirs goes first; ours follows when its time comes.
            case Yielding y -> offered(usage, request, now);
            case Quiet q -> offered(usage, request, now);
        };
    }

    /** An UPDATE without an offer: a target and session refresh, answered here (RFC 4028 §7.4, §9). */
    private UsageDecision refreshed(InviteUsage usage, ReinviteRequested request, Instant now) {
        TimerTerms said = timers.answer(request.terms());
        InviteUsage next =
                usage.with(usage.dialog().targeting(request.contact())).timed(TimerPolicy.settled(said, false, now));
        return to(next, new UsageOrder.AcceptReinvite(request.transaction(), Optional.empty(), said, Map.of()));
    }

    private UsageDecision offered(InviteUsage usage, ReinviteRequested request, Instant now) {
        InviteUsage refreshed = usage.with(usage.dialog().targeting(request.contact()));
        var asked = new Asked(
                request.transaction(),
                request.cseq(),
                request.update(),
                request.sdp().isPresent(),
                request.terms(),
                usage.sdp(),
                now.plus(request.conferencing().list().isPresent() ? UsageTimes.CONFERENCE : UsageTimes.GIVE_UP));
        if (request.sdp().isEmpty()) {
            var told = new SipEvent.ReinviteReceived(
                    usage.id(),
                    request.transaction(),
                    request.head(),
                    Optional.empty(),
                    request.otherBodies(),
                    request.conferencing());
            return to(refreshed.in(new Talking(asked)), new Tell(told));
        }
        try {
            var offer = usage.sdp().receiveOffer(request.sdp().get(), descriptions);
            var told = new SipEvent.ReinviteReceived(
                    usage.id(),
                    request.transaction(),
                    request.head(),
                    Optional.of(offer.media()),
                    request.otherBodies(),
                    request.conferencing());
            return to(refreshed.with(offer.next()).in(new Talking(asked)), new Tell(told));
        } catch (SdpException e) {
            return to(usage, new Answer(request.transaction(), refusal(e)));
        }
    }

    private static Response refusal(SdpException e) {
        var headers = e.warning("iwf").map(w -> Map.of("Warning", w)).orElse(Map.of());
        return new Response(e.status(), Optional.empty(), Optional.empty(), headers);
    }

    private UsageDecision accept(InviteUsage usage, Exchange exchange, UsageEvent.AcceptReinvite order, Instant now) {
        if (!(exchange instanceof Asked asked) || !asked.transaction().equals(order.transaction())) {
            return to(usage);
        }
        SdpSession.Described ours = asked.offered()
                ? usage.sdp().answer(order.media())
                : usage.sdp().offer(order.media());
        TimerTerms said = timers.answer(asked.terms());
        Exchange next =
                asked.update() ? new Quiet() : new Unacknowledged(asked.cseq(), Resend.from(now), !asked.offered());
        return to(
                usage.with(ours.next())
                        .asFocus(order.focus())
                        .timed(TimerPolicy.settled(said, false, now))
                        .in(new Talking(next)),
                new UsageOrder.AcceptReinvite(order.transaction(), Optional.of(ours.sdp()), said, order.headers()));
    }

    private static UsageDecision refuse(InviteUsage usage, Exchange exchange, UsageEvent.RefuseReinvite order) {
        if (!(exchange instanceof Asked asked) || !asked.transaction().equals(order.transaction())) {
            return to(usage);
        }
        return to(
                usage.with(asked.before()).in(new Talking(new Quiet())),
                new Answer(order.transaction(), order.refusal()));
    }

    private UsageDecision acknowledged(InviteUsage usage, Exchange exchange, Acknowledged acknowledged, Instant now) {
        if (!(exchange instanceof Unacknowledged waiting) || waiting.cseq() != acknowledged.cseq()) {
            return to(usage);
        }
        InviteUsage quiet = usage.in(new Talking(new Quiet()));
        if (!waiting.weOffered()) {
            return to(quiet, new Tell(new SipEvent.AckReceived(usage.id(), Optional.empty())));
        }
        try {
            var answer = usage.sdp().receiveAnswer(acknowledged.sdp().orElse(new byte[0]), descriptions);
            return to(
                    quiet.with(answer.next()),
                    new Tell(new SipEvent.AckReceived(usage.id(), Optional.of(answer.media()))));
        } catch (SdpException e) {
            return lost(usage, "no usable answer in ACK: " + e.getMessage(), now);
        }
    }

    private static UsageDecision lost(InviteUsage usage, String cause, Instant now) {
        return ClosingMachine.hangUp(usage, Optional.of(cause), now).after(InviteUsageMachine.over(usage, cause));
    }

    private UsageDecision ordered(InviteUsage usage, Exchange exchange, UsageEvent.Reinvite order, Instant now) {
        return switch (exchange) {
            case Quiet q -> ask(usage, false, order, now);
            // A refresh that waits is done by this one.
            case Yielding y when y.refresh() -> ask(usage, false, order, now);
            case Yielding y -> to(usage, refusedHere(usage, 491, "Another offer of ours is open"));
            case Asking a -> to(usage, refusedHere(usage, 491, "Another offer of ours is open"));
            case Asked a -> to(usage, refusedHere(usage, 491, "An offer of theirs is open"));
            case Unacknowledged u -> to(usage, refusedHere(usage, 491, "An offer of theirs is open"));
        };
    }

    private UsageDecision ask(InviteUsage usage, boolean refresh, UsageEvent.Reinvite order, Instant now) {
        Dialog dialog = usage.dialog().sending();
        boolean update = refresh && usage.updateAllowed();
        TimerTerms terms = usage.timer().isPresent() ? timers.ask(usage.terms().minimum()) : TimerTerms.NONE;
        var ours = usage.sdp().offer(order.offer());
        Optional<SipUri> focus = order.focus().or(usage::focus);
        var asking = new Asking(
                dialog.localCSeq(), update, refresh, order.offer(), focus, usage.sdp(), now.plus(UsageTimes.GIVE_UP));
        InviteUsage next = usage.with(dialog).in(new Talking(asking));
        // A refresh by UPDATE carries no offer, so nothing is described anew.
        return update
                ? to(next, new SendReinvite(dialog, true, Optional.empty(), terms, focus))
                : to(next.with(ours.next()), new SendReinvite(dialog, false, Optional.of(ours.sdp()), terms, focus));
    }

    private UsageDecision accepted(InviteUsage usage, Exchange exchange, Accepted accepted, Instant now) {
        if (!(exchange instanceof Asking asking) || asking.cseq() != accepted.cseq()) {
            // A 2xx again: the ACK was lost (RFC 3261 §13.2.2.4).
            return to(usage, new SendAck(usage.dialog(), accepted.cseq()));
        }
        InviteUsage next = usage.with(usage.dialog().targeting(accepted.contact()))
                .asFocus(asking.focus())
                .timed(TimerPolicy.settled(accepted.terms(), true, now))
                .in(new Talking(new Quiet()));
        if (asking.update()) {
            return to(next);
        }
        SendAck ack = new SendAck(next.dialog(), accepted.cseq());
        try {
            var answer = usage.sdp().receiveAnswer(accepted.sdp().orElse(new byte[0]), descriptions);
            InviteUsage agreed = next.with(answer.next());
            var told =
                    new SipEvent.ReinviteAnswered(usage.id(), FinalResponse.of(200, "OK"), Optional.of(answer.media()));
            return asking.refresh() ? to(agreed, ack) : to(agreed, ack, new Tell(told));
        } catch (SdpException e) {
            return lost(next, "no usable answer: " + e.getMessage(), now).after(ack);
        }
    }

    private UsageDecision refused(InviteUsage usage, Exchange exchange, Refused refused, Instant now) {
        if (!(exchange instanceof Asking asking) || asking.cseq() != refused.cseq()) {
            return to(usage);
        }
        InviteUsage before = usage.with(asking.before()).in(new Talking(new Quiet()));
        int status = refused.response().status();
        if (status == 422 && asksForMore(usage, refused)) {
            return ask(before.asking(timers.ask(refused.minimum())), asking.refresh(), again(asking), now);
        }
        return switch (status) {
            // RFC 3261 §12.2.1.2: the other side knows no such dialog, or is gone.
            case 481, 408 -> lost(before, status + " in dialog", now);
            case 491 -> yielding(before, asking, now.plus(patience(usage, asking.cseq())));
            default ->
                asking.refresh()
                        ? yielding(before, asking, now.plus(UsageTimes.REFRESH_AGAIN))
                        : to(
                                before,
                                new Tell(new SipEvent.ReinviteAnswered(
                                        usage.id(), refused.response(), Optional.empty())));
        };
    }

    private static UsageDecision yielding(InviteUsage usage, Asking asking, Instant retryAt) {
        return to(usage.in(new Talking(new Yielding(asking.refresh(), asking.offer(), asking.focus(), retryAt))));
    }

    private static UsageEvent.Reinvite again(Asking asking) {
        return new UsageEvent.Reinvite(asking.offer(), asking.focus());
    }

    /** RFC 4028 §7.3; a Min-SE that does not grow would go round for ever. */
    private static boolean asksForMore(InviteUsage usage, Refused refused) {
        Duration known = usage.terms().minimum().orElse(Duration.ZERO);
        return refused.minimum().filter(least -> least.compareTo(known) > 0).isPresent();
    }

    /** RFC 3261 §14.1: who made the Call-ID waits 2.1–4 s, the other up to 2 s; spread by the dialog's own ids. */
    private static Duration patience(InviteUsage usage, long cseq) {
        int spread = Math.floorMod((usage.dialog().localTag() + cseq).hashCode(), 190);
        return Duration.ofMillis(usage.weCalled() ? 2_100 + 10L * spread : 10L * spread);
    }

    private UsageDecision deadline(InviteUsage usage, Exchange exchange, Instant now) {
        return switch (exchange) {
            case Quiet q when isRefreshDue(usage, now) -> refresh(usage, now);
            case Quiet q -> to(usage);
            case Yielding y when now.isBefore(y.retryAt()) -> to(usage);
            case Yielding y -> ask(usage, y.refresh(), new UsageEvent.Reinvite(y.offer(), y.focus()), now);
            case Asking a when now.isBefore(a.giveUpAt()) -> to(usage);
            // RFC 3261 §12.2.1.2: no answer is a 408.
            case Asking a -> lost(usage.with(a.before()), "no answer to our request in the dialog", now);
            case Asked a when now.isBefore(a.giveUpAt()) -> to(usage);
            case Asked a ->
                to(
                        usage.with(a.before()).in(new Talking(new Quiet())),
                        new Answer(a.transaction(), Response.of(a.update() ? 504 : 500)));
            case Unacknowledged u when now.isBefore(u.resend().due()) -> to(usage);
            case Unacknowledged u
            when now.isBefore(u.resend().giveUpAt()) ->
                to(
                        usage.in(new Talking(
                                new Unacknowledged(u.cseq(), u.resend().again(now), u.weOffered()))),
                        new RepeatAccept());
            case Unacknowledged u -> lost(usage, "no ACK", now);
        };
    }

    /** What is described stays, so that the next offer has a version of its own: the lost one may have been taken. */
    private static UsageDecision lost(InviteUsage usage, Exchange exchange, Instant now) {
        InviteUsage quiet = usage.in(new Talking(new Quiet()));
        return switch (exchange) {
            case Quiet q -> to(usage);
            case Yielding y -> to(usage);
            case Asking asking when asking.refresh() -> yielding(usage, asking, now.plus(UsageTimes.REFRESH_AGAIN));
            case Asking a ->
                to(
                        quiet,
                        new Tell(new SipEvent.ReinviteAnswered(
                                usage.id(), InviteUsageMachine.lost(), Optional.empty())));
            case Asked a -> to(quiet.with(a.before()), new Answer(a.transaction(), later(usage, a.cseq())));
            // As after the first 2xx: its ACK may still come.
            case Unacknowledged u -> to(usage);
        };
    }

    private static boolean isRefreshDue(InviteUsage usage, Instant now) {
        return usage.timer()
                .filter(timer -> timer.weRefresh() && !now.isBefore(timer.refreshDue()))
                .isPresent();
    }

    private UsageDecision refresh(InviteUsage usage, Instant now) {
        return usage.sdp()
                .local()
                .map(media -> ask(usage, true, new UsageEvent.Reinvite(media, usage.focus()), now))
                .orElseGet(() -> to(usage));
    }

    /** RFC 3261 §14.2: 500 with a Retry-After between 0 and 10 s, spread by the dialog's own ids. */
    static Response later(InviteUsage usage, long cseq) {
        int seconds = Math.floorMod((usage.dialog().remoteTag() + cseq).hashCode(), 11);
        return new Response(500, Optional.empty(), Optional.of(Duration.ofSeconds(seconds)), Map.of());
    }

    /** RFC 3261 §15.1.2: a request of theirs that is still open when the dialog ends gets 487. */
    static UsageDecision leaving(Exchange exchange, UsageDecision end) {
        return exchange instanceof Asked asked ? end.after(new Answer(asked.transaction(), Response.of(487))) : end;
    }

    /** A re-INVITE that was ordered when there is no confirmed dialog to send it in. */
    static Tell notNow(InviteUsage usage) {
        return refusedHere(usage, 491, "No confirmed dialog");
    }

    static Tell refusedHere(InviteUsage usage, int status, String reason) {
        var response = new FinalResponse(status, reason, Optional.empty(), List.of(), Optional.empty(), true);
        return new Tell(new SipEvent.ReinviteAnswered(usage.id(), response, Optional.empty()));
    }
}
