package org.impsiwf.mapping.conversation;

import java.util.Optional;
import org.impsiwf.mapping.conversation.Leg.Answering;
import org.impsiwf.mapping.conversation.Leg.Connecting;
import org.impsiwf.mapping.conversation.Leg.Inviting;
import org.impsiwf.mapping.conversation.Leg.Leaving;
import org.impsiwf.mapping.conversation.Leg.NoSession;
import org.impsiwf.mapping.conversation.Leg.Offering;
import org.impsiwf.mapping.conversation.Leg.Open;
import org.impsiwf.mapping.conversation.Leg.Rebuilding;
import org.impsiwf.mapping.conversation.LegEvent.Broken;
import org.impsiwf.mapping.conversation.LegEvent.Connected;
import org.impsiwf.mapping.conversation.LegEvent.Failed;
import org.impsiwf.mapping.conversation.LegEvent.ImpsAnswered;
import org.impsiwf.mapping.conversation.LegEvent.OfUsage;
import org.impsiwf.mapping.conversation.LegEvent.Prepared;
import org.impsiwf.mapping.conversation.LegEvent.Replaced;
import org.impsiwf.mapping.conversation.LegEvent.TakenOver;
import org.impsiwf.mapping.conversation.LegEvent.TimeUp;
import org.impsiwf.mapping.conversation.LegEvent.Unwanted;
import org.impsiwf.mapping.conversation.LegEvent.Wanted;
import org.impsiwf.mapping.event.Command.Noted;
import org.impsiwf.msrp.event.MsrpSessionId;
import org.impsiwf.sip.event.InviteUsageId;
import org.impsiwf.sip.event.SipCommand.RefuseReinvite;
import org.impsiwf.sip.event.SipCommand.Response;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.sip.event.SipEvent.AckReceived;
import org.impsiwf.sip.event.SipEvent.ByeReceived;
import org.impsiwf.sip.event.SipEvent.InviteAccepted;
import org.impsiwf.sip.event.SipEvent.InviteCancelled;
import org.impsiwf.sip.event.SipEvent.InviteProgressed;
import org.impsiwf.sip.event.SipEvent.InviteReceived;
import org.impsiwf.sip.event.SipEvent.InviteRefused;
import org.impsiwf.sip.event.SipEvent.ReinviteAnswered;
import org.impsiwf.sip.event.SipEvent.ReinviteReceived;
import org.impsiwf.sip.event.SipEvent.UsageEnded;

/**
 * The session's state machine: a method per state, a line per event, no default. Events of a usage or MSRP session that is
 * not this leg's are late and change nothing, but for a new INVITE.
 */
final class LegRules {

    private final Turn turn;
    private final OpenLegActions actions;

    LegRules(Turn turn) {
        this.turn = turn;
        this.actions = new OpenLegActions(turn);
    }

    void on(LegEvent event) {
        if (isLate(event)) {
            if (event instanceof OfUsage(SipEvent.OfUsage e)) {
                late(e);
            } else {
                turn.note(Noted.LATE_EVENT, "event of a session that is over");
            }
            return;
        }
        switch (turn.leg) {
            case NoSession s -> inNoSession(event);
            case Answering s -> inAnswering(s, event);
            case Offering s -> inOffering(s, event);
            case Inviting s -> inInviting(s, event);
            case Connecting s -> inConnecting(s, event);
            case Open s -> inOpen(s, event);
            case Rebuilding s -> inRebuilding(s, event);
            case Leaving s -> inLeaving(s, event);
        }
    }

    private void inNoSession(LegEvent event) {
        switch (event) {
            case OfUsage(InviteReceived e) -> actions.answer(e);
            case Wanted e -> actions.offer();
            case OfUsage(ReinviteReceived e) -> late(e);
            case OfUsage(InviteCancelled e) -> late(e);
            case OfUsage(AckReceived e) -> late(e);
            case OfUsage(InviteProgressed e) -> late(e);
            case OfUsage(InviteAccepted e) -> late(e);
            case OfUsage(InviteRefused e) -> late(e);
            case OfUsage(ReinviteAnswered e) -> late(e);
            case OfUsage(ByeReceived e) -> late(e);
            case OfUsage(UsageEnded e) -> late(e);
            case Prepared e -> stay();
            case Connected e -> stay();
            case Failed e -> stay();
            case ImpsAnswered e -> stay();
            case Unwanted e -> stay();
            case Broken e -> stay();
            case TakenOver e -> stay();
            case TimeUp e -> stay();
            case Replaced e -> stay();
        }
    }

    private void inAnswering(Answering s, LegEvent event) {
        switch (event) {
            case OfUsage(InviteReceived e) -> actions.replaceUnanswered(s, e);
            case OfUsage(InviteCancelled e) -> actions.callerLeft(s);
            case OfUsage(ByeReceived e) -> actions.callerLeft(s);
            case OfUsage(UsageEnded e) -> actions.callerLeft(s);
            case Prepared(var e) -> actions.prepared(s, e.local());
            case ImpsAnswered(int code) -> actions.impsAnswered(s, code);
            case Failed e -> actions.refuse(s, 500);
            case Unwanted e -> actions.refuse(s, 480);
            case TakenOver e -> actions.refuse(s, 480);
            case TimeUp e -> actions.refuse(s, 480);
            case OfUsage(ReinviteReceived e) -> late(e);
            case OfUsage(AckReceived e) -> late(e);
            case OfUsage(InviteProgressed e) -> late(e);
            case OfUsage(InviteAccepted e) -> late(e);
            case OfUsage(InviteRefused e) -> late(e);
            case OfUsage(ReinviteAnswered e) -> late(e);
            case Wanted e -> stay();
            case Connected e -> stay();
            case Broken e -> stay();
            case Replaced e -> stay();
        }
    }

    private void inOffering(Offering s, LegEvent event) {
        switch (event) {
            case OfUsage(InviteReceived e) -> actions.giveWay(s, e);
            case Prepared(var e) -> actions.invite(s, e.local());
            case Failed e -> actions.notReached(s, 500);
            case TakenOver e -> actions.withdraw(s);
            case TimeUp e -> actions.notReached(s, 504);
            case Unwanted e -> actions.withdraw(s);
            case OfUsage(InviteCancelled e) -> late(e);
            case OfUsage(ReinviteReceived e) -> late(e);
            case OfUsage(AckReceived e) -> late(e);
            case OfUsage(InviteProgressed e) -> late(e);
            case OfUsage(InviteAccepted e) -> late(e);
            case OfUsage(InviteRefused e) -> late(e);
            case OfUsage(ReinviteAnswered e) -> late(e);
            case OfUsage(ByeReceived e) -> late(e);
            case OfUsage(UsageEnded e) -> late(e);
            case Wanted e -> stay();
            case Connected e -> stay();
            case ImpsAnswered e -> stay();
            case Broken e -> stay();
            case Replaced e -> stay();
        }
    }

    private void inInviting(Inviting s, LegEvent event) {
        switch (event) {
            case OfUsage(InviteReceived e) -> actions.giveWay(s, e);
            case OfUsage(InviteAccepted e) -> actions.accepted(s, e);
            case OfUsage(InviteRefused e) -> actions.refused(s, e.response().status());
            case OfUsage(ByeReceived e) -> actions.refused(s, 487);
            case OfUsage(UsageEnded e) -> actions.refused(s, 500);
            case Failed e -> actions.notReached(s, 500);
            case TakenOver e -> actions.withdraw(s);
            case TimeUp e -> actions.notReached(s, 504);
            case Unwanted e -> actions.withdraw(s);
            case OfUsage(InviteProgressed e) -> stay();
            case OfUsage(InviteCancelled e) -> late(e);
            case OfUsage(ReinviteReceived e) -> late(e);
            case OfUsage(AckReceived e) -> late(e);
            case OfUsage(ReinviteAnswered e) -> late(e);
            case Prepared e -> stay();
            case Wanted e -> stay();
            case Connected e -> stay();
            case ImpsAnswered e -> stay();
            case Broken e -> stay();
            case Replaced e -> stay();
        }
    }

    private void inConnecting(Connecting s, LegEvent event) {
        switch (event) {
            case OfUsage(InviteReceived e) -> actions.replaceOpen(s, e);
            case OfUsage(AckReceived e) -> actions.acknowledged(s, e.answer());
            case OfUsage(ReinviteReceived e) -> actions.reoffered(s, e);
            case Connected e -> actions.connected(s);
            case OfUsage(InviteCancelled e) -> actions.hungUp(s);
            case OfUsage(ByeReceived e) -> actions.hungUp(s);
            case OfUsage(UsageEnded e) -> actions.hungUp(s);
            case Failed e -> actions.neverConnected(s);
            case Broken e -> actions.neverConnected(s);
            case TakenOver e -> actions.moveHere(s);
            case TimeUp e -> actions.neverConnected(s);
            case Unwanted(String reason) -> actions.hangUp(s, reason);
            case OfUsage(InviteProgressed e) -> late(e);
            case OfUsage(InviteAccepted e) -> late(e);
            case OfUsage(InviteRefused e) -> late(e);
            case OfUsage(ReinviteAnswered e) -> stay();
            case Prepared e -> stay();
            case Wanted e -> stay();
            case ImpsAnswered e -> stay();
            case Replaced(boolean dialogKept) -> actions.replaced(s, dialogKept);
        }
    }

    private void inOpen(Open s, LegEvent event) {
        switch (event) {
            case OfUsage(InviteReceived e) -> actions.replaceOpen(s, e);
            case OfUsage(ReinviteReceived e) -> actions.reoffered(s, e);
            case Prepared(var e) -> actions.renewed(s, e.local());
            case OfUsage(ByeReceived e) -> actions.hungUp(s);
            case OfUsage(UsageEnded e) -> actions.hungUp(s);
            case OfUsage(InviteCancelled e) -> actions.hungUp(s);
            case Failed(var e) -> actions.lost(s, e.session());
            case Broken e -> actions.rebuild(s);
            case Unwanted(String reason) -> actions.hangUp(s, reason);
            case TakenOver e -> actions.moveHere(s);
            case TimeUp e -> actions.idle(s);
            case OfUsage(AckReceived e) -> actions.reacknowledged(s, e.answer());
            case OfUsage(InviteProgressed e) -> late(e);
            case OfUsage(InviteAccepted e) -> late(e);
            case OfUsage(InviteRefused e) -> late(e);
            case OfUsage(ReinviteAnswered e) -> stay();
            case Wanted e -> stay();
            case Connected e -> stay();
            case ImpsAnswered e -> stay();
            case Replaced(boolean dialogKept) -> actions.replaced(s, dialogKept);
        }
    }

    private void inRebuilding(Rebuilding s, LegEvent event) {
        switch (event) {
            case OfUsage(InviteReceived e) -> actions.replaceOpen(s, e);
            case OfUsage(ReinviteAnswered e) -> actions.rebuilt(s, e);
            // RFC 3261 §14.2: ours is on its way.
            case OfUsage(ReinviteReceived e) -> actions.refuse(e, 491);
            case OfUsage(ByeReceived e) -> actions.hungUp(s);
            case OfUsage(UsageEnded e) -> actions.hungUp(s);
            case OfUsage(InviteCancelled e) -> actions.hungUp(s);
            case Prepared(var e) -> actions.reoffer(s, e.local());
            case Failed e -> actions.drop(s, "connection lost");
            case Broken e -> actions.drop(s, "connection lost");
            case TimeUp e -> actions.drop(s, "connection lost");
            case TakenOver e -> actions.moveHere(s);
            case Unwanted(String reason) -> actions.hangUp(s, reason);
            case Replaced(boolean dialogKept) -> actions.replaced(s, dialogKept);
            case OfUsage(AckReceived e) -> stay();
            case OfUsage(InviteProgressed e) -> late(e);
            case OfUsage(InviteAccepted e) -> late(e);
            case OfUsage(InviteRefused e) -> late(e);
            case Wanted e -> stay();
            case Connected e -> stay();
            case ImpsAnswered e -> stay();
        }
    }

    private void inLeaving(Leaving s, LegEvent event) {
        switch (event) {
            case OfUsage(InviteReceived e) -> actions.replaceOpen(s, e);
            case OfUsage(ByeReceived e) -> actions.leave(s);
            case OfUsage(UsageEnded e) -> actions.leave(s);
            case OfUsage(InviteCancelled e) -> actions.leave(s);
            case Failed e -> actions.drop(s, "connection lost");
            case Broken e -> actions.drop(s, "connection lost");
            case Unwanted(String reason) -> actions.drop(s, reason);
            case TakenOver e -> actions.drop(s, "replaced by a conference");
            case TimeUp e -> actions.drop(s, "replaced by a conference");
            case OfUsage(ReinviteReceived e) -> late(e);
            case OfUsage(AckReceived e) -> stay();
            case OfUsage(InviteProgressed e) -> late(e);
            case OfUsage(InviteAccepted e) -> late(e);
            case OfUsage(InviteRefused e) -> late(e);
            case OfUsage(ReinviteAnswered e) -> stay();
            case Prepared e -> stay();
            case Wanted e -> stay();
            case Connected e -> stay();
            case ImpsAnswered e -> stay();
            case Replaced e -> stay();
        }
    }

    private boolean isLate(LegEvent event) {
        return switch (event) {
            case OfUsage(InviteReceived e) -> false;
            case OfUsage(SipEvent.OfUsage e) -> isForeign(e.usage());
            case Prepared(var e) -> isForeign(e.session());
            case Connected(var e) -> !turn.leg.session().equals(Optional.of(e.session()));
            case Failed(var e) -> isForeign(e.session());
            case Wanted e -> false;
            case ImpsAnswered e -> false;
            case Unwanted e -> false;
            case Replaced e -> false;
            case Broken e -> false;
            case TakenOver e -> false;
            case TimeUp e -> false;
        };
    }

    private boolean isForeign(InviteUsageId usage) {
        return !turn.leg.usage().equals(Optional.of(usage));
    }

    private boolean isForeign(MsrpSessionId session) {
        boolean renewing = turn.leg instanceof Open open
                && open.renewal().filter(r -> r.msrpSession().equals(session)).isPresent();
        return !renewing && !turn.leg.session().equals(Optional.of(session));
    }

    /** An event that the edge can no longer mean in this state, such as an answer that crossed our order. */
    private void late(SipEvent.OfUsage event) {
        if (event instanceof ReinviteReceived e) {
            // It waits for an answer all the same (RFC 3261 §12.2.2).
            turn.sip(new RefuseReinvite(e.usage(), e.transaction(), Response.of(481)));
        }
        turn.note(Noted.LATE_EVENT, event.getClass().getSimpleName());
    }

    private void stay() {
        // Nothing to decide in this state; the line in the table says so.
    }
}
