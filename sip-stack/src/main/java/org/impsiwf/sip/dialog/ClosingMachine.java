package org.impsiwf.sip.dialog;

import static org.impsiwf.sip.dialog.LateAnswers.lateAccept;
import static org.impsiwf.sip.dialog.ReinviteMachine.notNow;
import static org.impsiwf.sip.dialog.UsageDecision.forget;
import static org.impsiwf.sip.dialog.UsageDecision.to;

import java.time.Instant;
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
import org.impsiwf.sip.dialog.UsageEvent.OtherUsageRequested;
import org.impsiwf.sip.dialog.UsageEvent.Progressed;
import org.impsiwf.sip.dialog.UsageEvent.Refuse;
import org.impsiwf.sip.dialog.UsageEvent.RefuseReinvite;
import org.impsiwf.sip.dialog.UsageEvent.Refused;
import org.impsiwf.sip.dialog.UsageEvent.Reinvite;
import org.impsiwf.sip.dialog.UsageEvent.Requested;
import org.impsiwf.sip.dialog.UsageEvent.Ring;
import org.impsiwf.sip.dialog.UsageEvent.SendNotify;
import org.impsiwf.sip.dialog.UsageOrder.Answer;
import org.impsiwf.sip.dialog.UsageOrder.NotSent;
import org.impsiwf.sip.dialog.UsageOrder.PassOn;
import org.impsiwf.sip.dialog.UsageOrder.SendAck;
import org.impsiwf.sip.dialog.UsageOrder.SendBye;
import org.impsiwf.sip.dialog.UsageOrder.SendCancel;
import org.impsiwf.sip.dialog.UsageState.Cancelling;
import org.impsiwf.sip.dialog.UsageState.Ending;
import org.impsiwf.sip.dialog.UsageState.Over;
import org.impsiwf.sip.event.SipCommand.Response;

/** The states of an INVITE usage in which it comes to its end (RFC 3261 §9.1, §15). Pure. */
final class ClosingMachine {

    private ClosingMachine() {}

    static UsageDecision cancelling(InviteUsage usage, Cancelling state, UsageEvent event, Instant now) {
        return switch (event) {
            // RFC 3261 §9.1: it crossed; the session is taken and ended.
            case Accepted a -> {
                Dialog dialog = usage.dialog().accepted(a.remoteTag(), a.contact(), a.recordRoute());
                yield hangUp(usage.with(dialog).over(a.flow()), Optional.empty(), now)
                        .after(new SendAck(dialog, a.cseq()));
            }
            case Refused r -> to(usage.in(new Over(now.plus(UsageTimes.GIVE_UP))));
            // The first provisional response opens the way for a CANCEL that waited.
            case Progressed p -> to(usage, new SendCancel());
            case Requested r -> to(usage, new Answer(r.transaction(), Response.of(481)));
            case DeadlineReached d when now.isBefore(state.giveUpAt()) -> to(usage);
            case DeadlineReached d -> to(usage.in(new Over(now.plus(UsageTimes.GIVE_UP))));
            case End e -> to(usage);
            case Acknowledged a -> to(usage);
            case Cancelled c -> to(usage);
            case ByeDone d -> to(usage);
            case SendNotify n -> to(usage, new NotSent(n));
            case Ring r -> to(usage);
            case Accept a -> to(usage);
            case Refuse r -> to(usage);
            case Reinvite r -> to(usage);
            case AcceptReinvite r -> to(usage);
            case RefuseReinvite r -> to(usage);
            case NodeLost l -> to(usage.in(new Over(now.plus(UsageTimes.GIVE_UP))));
        };
    }

    static UsageDecision ending(InviteUsage usage, Ending state, UsageEvent event, Instant now) {
        return switch (event) {
            case Accepted a -> lateAccept(usage, a);
            case ByeRequested bye -> to(usage, new Answer(bye.transaction(), Response.of(200)));
            case OtherUsageRequested r -> to(usage, new PassOn(r.transaction()));
            case Requested r -> to(usage, new Answer(r.transaction(), Response.of(481)));
            case ByeDone d -> rest(usage, now);
            case DeadlineReached d when now.isBefore(state.giveUpAt()) -> to(usage);
            case DeadlineReached d -> rest(usage, now);
            case Acknowledged a -> to(usage);
            case Cancelled c -> to(usage);
            case Progressed p -> to(usage);
            case Refused r -> to(usage);
            case SendNotify n -> to(usage, new NotSent(n));
            case Ring r -> to(usage);
            case Accept a -> to(usage);
            case Refuse r -> to(usage);
            case Reinvite r -> to(usage, notNow(usage));
            case AcceptReinvite r -> to(usage);
            case RefuseReinvite r -> to(usage);
            // Nobody knows whether it has left; a second one gets 481 at worst.
            case NodeLost l -> hangUp(usage, Optional.empty(), now);
            case End e -> to(usage);
        };
    }

    static UsageDecision over(InviteUsage usage, Over state, UsageEvent event, Instant now) {
        return switch (event) {
            case Accepted a -> lateAccept(usage, a);
            case OtherUsageRequested r -> to(usage, new PassOn(r.transaction()));
            case Requested r -> to(usage, new Answer(r.transaction(), Response.of(481)));
            case DeadlineReached d when now.isBefore(state.forgetAt()) -> to(usage);
            case DeadlineReached d -> forget();
            case Acknowledged a -> to(usage);
            case Cancelled c -> to(usage);
            case Progressed p -> to(usage);
            case Refused r -> to(usage);
            case ByeDone d -> to(usage);
            case SendNotify n -> to(usage, new NotSent(n));
            case Ring r -> to(usage);
            case Accept a -> to(usage);
            case Refuse r -> to(usage);
            case Reinvite r -> to(usage, notNow(usage));
            case AcceptReinvite r -> to(usage);
            case RefuseReinvite r -> to(usage);
            case NodeLost l -> to(usage);
            case End e -> to(usage);
        };
    }

    static UsageDecision hangUp(InviteUsage usage, Optional<String> reason, Instant now) {
        Dialog dialog = usage.dialog().sending();
        return to(usage.with(dialog).in(new Ending(now.plus(UsageTimes.GIVE_UP))), new SendBye(dialog, reason));
    }

    /** Only the caller's side may still hear late 2xx. */
    static UsageDecision rest(InviteUsage usage, Instant now) {
        return usage.weCalled() ? to(usage.in(new Over(now.plus(UsageTimes.GIVE_UP)))) : forget();
    }
}
