package org.impsiwf.sip.dialog;

import static org.impsiwf.sip.dialog.LateAnswers.fork;
import static org.impsiwf.sip.dialog.ReinviteMachine.leaving;
import static org.impsiwf.sip.dialog.ReinviteMachine.notNow;
import static org.impsiwf.sip.dialog.UsageDecision.forget;
import static org.impsiwf.sip.dialog.UsageDecision.to;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.impsiwf.sip.dialog.UsageEvent.Accept;
import org.impsiwf.sip.dialog.UsageEvent.AcceptReinvite;
import org.impsiwf.sip.dialog.UsageEvent.Accepted;
import org.impsiwf.sip.dialog.UsageEvent.Acknowledged;
import org.impsiwf.sip.dialog.UsageEvent.ByeDone;
import org.impsiwf.sip.dialog.UsageEvent.ByeRequested;
import org.impsiwf.sip.dialog.UsageEvent.Cancelled;
import org.impsiwf.sip.dialog.UsageEvent.DeadlineReached;
import org.impsiwf.sip.dialog.UsageEvent.End;
import org.impsiwf.sip.dialog.UsageEvent.NodeLost;
import org.impsiwf.sip.dialog.UsageEvent.OtherRequested;
import org.impsiwf.sip.dialog.UsageEvent.OtherUsageRequested;
import org.impsiwf.sip.dialog.UsageEvent.Progressed;
import org.impsiwf.sip.dialog.UsageEvent.Refuse;
import org.impsiwf.sip.dialog.UsageEvent.RefuseReinvite;
import org.impsiwf.sip.dialog.UsageEvent.Refused;
import org.impsiwf.sip.dialog.UsageEvent.Reinvite;
import org.impsiwf.sip.dialog.UsageEvent.ReinviteRequested;
import org.impsiwf.sip.dialog.UsageEvent.Requested;
import org.impsiwf.sip.dialog.UsageEvent.Ring;
import org.impsiwf.sip.dialog.UsageEvent.SendNotify;
import org.impsiwf.sip.dialog.UsageOrder.Answer;
import org.impsiwf.sip.dialog.UsageOrder.InviteAgain;
import org.impsiwf.sip.dialog.UsageOrder.NotSent;
import org.impsiwf.sip.dialog.UsageOrder.RepeatAccept;
import org.impsiwf.sip.dialog.UsageOrder.SendAccept;
import org.impsiwf.sip.dialog.UsageOrder.SendAck;
import org.impsiwf.sip.dialog.UsageOrder.SendCancel;
import org.impsiwf.sip.dialog.UsageOrder.SendProvisional;
import org.impsiwf.sip.dialog.UsageOrder.SendRefusal;
import org.impsiwf.sip.dialog.UsageOrder.Tell;
import org.impsiwf.sip.dialog.UsageState.Answered;
import org.impsiwf.sip.dialog.UsageState.Called;
import org.impsiwf.sip.dialog.UsageState.Calling;
import org.impsiwf.sip.dialog.UsageState.Cancelling;
import org.impsiwf.sip.dialog.UsageState.Ending;
import org.impsiwf.sip.dialog.UsageState.Over;
import org.impsiwf.sip.dialog.UsageState.Resend;
import org.impsiwf.sip.dialog.UsageState.Talking;
import org.impsiwf.sip.event.SipCommand.Response;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.sip.event.SipEvent.FinalResponse;
import org.impsiwf.sip.sdp.SdpException;
import org.impsiwf.sip.sdp.SdpPolicy;
import org.impsiwf.sip.sdp.SdpSession;

/** Decides what an event does to an INVITE usage (RFC 3261 §13–§15). Pure. */
public final class InviteUsageMachine {

    private final TimerPolicy timers;
    private final SdpPolicy descriptions;
    private final ReinviteMachine reinvites;

    public InviteUsageMachine(TimerPolicy timers, SdpPolicy descriptions) {
        this.timers = timers;
        this.descriptions = descriptions;
        this.reinvites = new ReinviteMachine(timers, descriptions);
    }

    /** The next state and what has to be done; {@code now} is when the event happened. */
    public UsageDecision decide(InviteUsage usage, UsageEvent event, Instant now) {
        InviteUsage current = usage;
        if (event instanceof NodeLost(String node) && !usage.node().equals(Optional.of(node))) {
            return to(usage); // nothing of it was there
        }
        if (event instanceof Requested request) {
            var ordered = usage.dialog().received(request.cseq());
            if (ordered.isEmpty()) {
                // RFC 3261 §12.2.2; a retransmission never gets here.
                return to(usage, new Answer(request.transaction(), Response.of(500)));
            }
            current = usage.with(ordered.get());
        }
        return switch (current.state()) {
            case Called called -> called(current, called, event, now);
            case Answered answered -> answered(current, answered, event, now);
            case Calling calling -> calling(current, calling, event, now);
            case Cancelling cancelling -> ClosingMachine.cancelling(current, cancelling, event, now);
            case Talking talking -> talking(current, talking, event, now);
            case Ending ending -> ClosingMachine.ending(current, ending, event, now);
            case Over over -> ClosingMachine.over(current, over, event, now);
        };
    }

    private UsageDecision called(InviteUsage usage, Called state, UsageEvent event, Instant now) {
        return switch (event) {
            case Ring r -> to(usage, new SendProvisional(180));
            case Accept order -> accept(usage, order, now);
            case Refuse(Response refusal) -> forget(new SendRefusal(refusal));
            case End e -> forget(new SendRefusal(Response.of(480)));
            case Cancelled c ->
                forget(new SendRefusal(Response.of(487)), new Tell(new SipEvent.InviteCancelled(usage.id())));
            // RFC 3261 §15.1.2: the caller may end an early dialog with BYE.
            case ByeRequested bye ->
                forget(
                        new Answer(bye.transaction(), Response.of(200)),
                        new SendRefusal(Response.of(487)),
                        new Tell(new SipEvent.InviteCancelled(usage.id())));
            // RFC 3261 §14.2, RFC 3311 §5.2: our answer to the first offer is still to come.
            case ReinviteRequested r -> to(usage, new Answer(r.transaction(), ReinviteMachine.later(usage, r.cseq())));
            case OtherUsageRequested r ->
                to(usage, new Answer(r.transaction(), ReinviteMachine.later(usage, r.cseq())));
            case SendNotify n -> to(usage, new NotSent(n));
            case OtherRequested r -> to(usage, new Answer(r.transaction(), r.answer()));
            case DeadlineReached d when now.isBefore(state.giveUpAt()) -> to(usage);
            case DeadlineReached d ->
                forget(new SendRefusal(Response.of(487)), new Tell(new SipEvent.InviteCancelled(usage.id())));
            case Acknowledged a -> to(usage);
            case Progressed p -> to(usage);
            case Accepted a -> to(usage);
            case Refused r -> to(usage);
            case ByeDone d -> to(usage);
            case Reinvite r -> to(usage);
            case AcceptReinvite r -> to(usage);
            case RefuseReinvite r -> to(usage);
            // Nobody can answer it any more.
            case NodeLost l -> forget(new Tell(new SipEvent.InviteCancelled(usage.id())));
        };
    }

    private UsageDecision accept(InviteUsage usage, Accept order, Instant now) {
        SdpSession.Described ours = usage.offered()
                ? usage.sdp().answer(order.media())
                : usage.sdp().offer(order.media());
        TimerTerms said = timers.answer(usage.terms());
        var state = new Answered(Resend.from(now), !usage.offered(), false);
        return to(
                usage.with(ours.next())
                        .asFocus(order.focus())
                        .timed(TimerPolicy.settled(said, false, now))
                        .in(state),
                new SendAccept(ours.sdp(), said, order.headers()));
    }

    private UsageDecision answered(InviteUsage usage, Answered state, UsageEvent event, Instant now) {
        return switch (event) {
            case Acknowledged(long cseq, Optional<byte[]> sdp)
            when cseq == usage.inviteCSeq() -> acknowledged(usage, state, sdp, now);
            case Acknowledged a -> to(usage);
            case ByeRequested bye -> ended(usage, bye, now);
            // RFC 5407 §3.1: who asks within the dialog has our answer, and only the ACK is lost or late.
            case ReinviteRequested r
            when !state.weOffered() && !state.hangUp() ->
                reinvites.decide(usage, new Exchange.Quiet(), r, now).after(acknowledged(usage));
            // Their answer to our offer comes in the ACK.
            case ReinviteRequested r -> to(usage, new Answer(r.transaction(), ReinviteMachine.later(usage, r.cseq())));
            case OtherUsageRequested r -> OtherUsageMachine.requested(usage, r);
            case SendNotify n -> OtherUsageMachine.send(usage, n);
            case OtherRequested r -> to(usage, new Answer(r.transaction(), r.answer()));
            case End e -> to(usage.in(new Answered(state.resend(), state.weOffered(), true)));
            case DeadlineReached d when now.isBefore(state.resend().due()) -> to(usage);
            case DeadlineReached d
            when now.isBefore(state.resend().giveUpAt()) ->
                to(
                        usage.in(new Answered(state.resend().again(now), state.weOffered(), state.hangUp())),
                        new RepeatAccept());
            // RFC 3261 §13.3.1.4: the dialog is confirmed, but the session is over.
            case DeadlineReached d ->
                ClosingMachine.hangUp(usage, Optional.of("no ACK"), now).after(over(usage, "no ACK"));
            case Cancelled c -> to(usage); // too late, the CANCEL has its 200
            case Accept a -> to(usage);
            case Refuse r -> to(usage);
            case Ring r -> to(usage);
            case Progressed p -> to(usage);
            case Accepted a -> to(usage);
            case Refused r -> to(usage);
            case ByeDone d -> to(usage);
            case Reinvite r -> to(usage, notNow(usage));
            case AcceptReinvite r -> to(usage);
            case RefuseReinvite r -> to(usage);
            // Its ACK may still come, to any node; nobody repeats the 2xx.
            case NodeLost l -> to(usage);
        };
    }

    private UsageDecision acknowledged(InviteUsage usage, Answered state, Optional<byte[]> sdp, Instant now) {
        if (state.hangUp()) {
            return ClosingMachine.hangUp(usage, Optional.empty(), now);
        }
        InviteUsage talking = usage.in(new Talking(new Exchange.Quiet()));
        if (!state.weOffered()) {
            return to(talking, acknowledged(usage));
        }
        try {
            var answer = usage.sdp().receiveAnswer(sdp.orElse(new byte[0]), descriptions);
            return to(
                    talking.with(answer.next()),
                    new Tell(new SipEvent.AckReceived(usage.id(), Optional.of(answer.media()))));
        } catch (SdpException e) {
            String cause = "no usable answer in ACK: " + e.getMessage();
            return ClosingMachine.hangUp(usage, Optional.of(cause), now).after(over(usage, cause));
        }
    }

    private static Tell acknowledged(InviteUsage usage) {
        return new Tell(new SipEvent.AckReceived(usage.id(), Optional.empty()));
    }

    private UsageDecision calling(InviteUsage usage, Calling state, UsageEvent event, Instant now) {
        return switch (event) {
            case Progressed(int status, String tag) when status == 100 -> to(usage);
            case Progressed(int status, String tag) ->
                to(usage.in(state.with(tag)), new Tell(new SipEvent.InviteProgressed(usage.id(), status)));
            case Accepted accepted when accepted.cseq() == usage.inviteCSeq() -> talkingNow(usage, accepted, now);
            case Accepted a -> to(usage);
            case Refused refused when refused.cseq() != usage.inviteCSeq() -> to(usage);
            case Refused refused when isRetryable(usage, refused) -> inviteAgain(usage, refused);
            case Refused refused ->
                to(
                        usage.in(new Over(now.plus(UsageTimes.GIVE_UP))),
                        new Tell(new SipEvent.InviteRefused(usage.id(), refused.response())));
            case End e -> to(usage.in(new Cancelling(now.plus(UsageTimes.GIVE_UP))), new SendCancel());
            case DeadlineReached d when now.isBefore(state.giveUpAt()) -> to(usage);
            case DeadlineReached d ->
                to(
                        usage.in(new Cancelling(now.plus(UsageTimes.GIVE_UP))),
                        new SendCancel(),
                        new Tell(new SipEvent.InviteRefused(usage.id(), noAnswer())));
            case Requested r -> to(usage, new Answer(r.transaction(), Response.of(481)));
            case Acknowledged a -> to(usage);
            case Cancelled c -> to(usage);
            case ByeDone d -> to(usage);
            case SendNotify n -> to(usage, new NotSent(n));
            case Ring r -> to(usage);
            case Accept a -> to(usage);
            case Refuse r -> to(usage);
            case Reinvite r -> to(usage, notNow(usage));
            case AcceptReinvite r -> to(usage);
            case RefuseReinvite r -> to(usage);
            case NodeLost l ->
                to(
                        usage.in(new Over(now.plus(UsageTimes.GIVE_UP))),
                        new Tell(new SipEvent.InviteRefused(usage.id(), lost())));
        };
    }

    private static FinalResponse noAnswer() {
        return new FinalResponse(408, "No final answer in time", Optional.empty(), List.of(), Optional.empty(), true);
    }

    /** Whatever is answered to it comes to where nobody is. */
    static FinalResponse lost() {
        return refusedHere("The node that asked is gone");
    }

    /** A 503 of our own. */
    static FinalResponse refusedHere(String reason) {
        return new FinalResponse(503, reason, Optional.empty(), List.of(), Optional.empty(), true);
    }

    /** RFC 4028 §7.3: once, and only for what the other side really asks. */
    private static boolean isRetryable(InviteUsage usage, Refused refused) {
        return refused.response().status() == 422
                && refused.minimum().isPresent()
                && usage.terms().minimum().isEmpty();
    }

    private UsageDecision inviteAgain(InviteUsage usage, Refused refused) {
        TimerTerms longer = timers.ask(refused.minimum());
        InviteUsage again = usage.invitingAgain(longer);
        return to(again, new InviteAgain(again.inviteCSeq(), longer));
    }

    private UsageDecision talkingNow(InviteUsage usage, Accepted accepted, Instant now) {
        Dialog dialog = usage.dialog().accepted(accepted.remoteTag(), accepted.contact(), accepted.recordRoute());
        InviteUsage confirmed = usage.with(dialog)
                .allowingUpdate(accepted.allowsUpdate())
                .over(accepted.flow())
                .timed(TimerPolicy.settled(accepted.terms(), true, now));
        SendAck ack = new SendAck(dialog, accepted.cseq());
        try {
            var answer = usage.sdp().receiveAnswer(accepted.sdp().orElse(new byte[0]), descriptions);
            return to(
                    confirmed.with(answer.next()).in(new Talking(new Exchange.Quiet())),
                    ack,
                    new Tell(new SipEvent.InviteAccepted(usage.id(), accepted.head(), answer.media())));
        } catch (SdpException e) {
            var refused = new FinalResponse(
                    488, "No usable answer: " + e.getMessage(), Optional.empty(), List.of(), Optional.empty(), true);
            return ClosingMachine.hangUp(confirmed, Optional.of("no usable answer"), now)
                    .after(ack, new Tell(new SipEvent.InviteRefused(usage.id(), refused)));
        }
    }

    private UsageDecision talking(InviteUsage usage, Talking state, UsageEvent event, Instant now) {
        return switch (event) {
            case ByeRequested bye -> leaving(state.exchange(), ended(usage, bye, now));
            case OtherUsageRequested r -> OtherUsageMachine.requested(usage, r);
            case SendNotify n -> OtherUsageMachine.send(usage, n);
            case OtherRequested r -> to(usage, new Answer(r.transaction(), r.answer()));
            case End(Optional<String> reason) -> leaving(state.exchange(), ClosingMachine.hangUp(usage, reason, now));
            case Accepted accepted
            when !accepted.remoteTag().equals(usage.dialog().remoteTag()) -> fork(usage, accepted);
            case ReinviteRequested r -> reinvites.decide(usage, state.exchange(), event, now);
            case Accepted a -> reinvites.decide(usage, state.exchange(), event, now);
            case Refused r -> reinvites.decide(usage, state.exchange(), event, now);
            case Acknowledged a -> reinvites.decide(usage, state.exchange(), event, now);
            case Reinvite r -> reinvites.decide(usage, state.exchange(), event, now);
            case AcceptReinvite r -> reinvites.decide(usage, state.exchange(), event, now);
            case RefuseReinvite r -> reinvites.decide(usage, state.exchange(), event, now);
            case NodeLost l -> reinvites.decide(usage, state.exchange(), event, now);
            // RFC 4028 §10: nobody refreshed.
            case DeadlineReached d
            when isExpired(usage, now) ->
                leaving(state.exchange(), ClosingMachine.hangUp(usage, Optional.of("session timer"), now))
                        .after(over(usage, "session timer"));
            case DeadlineReached d -> reinvites.decide(usage, state.exchange(), event, now);
            case Cancelled c -> to(usage);
            case Progressed p -> to(usage);
            case ByeDone d -> to(usage);
            case Ring r -> to(usage);
            case Accept a -> to(usage);
            case Refuse r -> to(usage);
        };
    }

    private static boolean isExpired(InviteUsage usage, Instant now) {
        return usage.timer().filter(timer -> !now.isBefore(timer.expiresAt())).isPresent();
    }

    private static UsageDecision ended(InviteUsage usage, ByeRequested bye, Instant now) {
        return ClosingMachine.rest(usage, now)
                .after(
                        new Answer(bye.transaction(), Response.of(200)),
                        new Tell(new SipEvent.ByeReceived(usage.id(), bye.reason())));
    }

    static Tell over(InviteUsage usage, String cause) {
        return new Tell(new SipEvent.UsageEnded(usage.id(), cause));
    }
}
