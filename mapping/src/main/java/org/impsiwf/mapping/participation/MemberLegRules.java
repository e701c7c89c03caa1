package org.impsiwf.mapping.participation;

import java.util.Optional;
import org.impsiwf.mapping.event.Command.Noted;
import org.impsiwf.mapping.participation.MemberLeg.Answering;
import org.impsiwf.mapping.participation.MemberLeg.Away;
import org.impsiwf.mapping.participation.MemberLeg.Connecting;
import org.impsiwf.mapping.participation.MemberLeg.Inviting;
import org.impsiwf.mapping.participation.MemberLeg.Offering;
import org.impsiwf.mapping.participation.MemberLeg.Open;
import org.impsiwf.mapping.participation.MemberLeg.Rebuilding;
import org.impsiwf.mapping.participation.MemberLegEvent.Admitted;
import org.impsiwf.mapping.participation.MemberLegEvent.Agreed;
import org.impsiwf.mapping.participation.MemberLegEvent.Broken;
import org.impsiwf.mapping.participation.MemberLegEvent.Connected;
import org.impsiwf.mapping.participation.MemberLegEvent.Denied;
import org.impsiwf.mapping.participation.MemberLegEvent.Failed;
import org.impsiwf.mapping.participation.MemberLegEvent.Named;
import org.impsiwf.mapping.participation.MemberLegEvent.OfUsage;
import org.impsiwf.mapping.participation.MemberLegEvent.Prepared;
import org.impsiwf.mapping.participation.MemberLegEvent.TakenOver;
import org.impsiwf.mapping.participation.MemberLegEvent.TimeUp;
import org.impsiwf.mapping.participation.MemberLegEvent.Unwanted;
import org.impsiwf.mapping.participation.MemberLegEvent.Wanted;
import org.impsiwf.msrp.event.MsrpSessionId;
import org.impsiwf.sip.event.SipCommand.RefuseReinvite;
import org.impsiwf.sip.event.SipCommand.Response;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.sip.event.SipEvent.AckReceived;
import org.impsiwf.sip.event.SipEvent.ByeReceived;
import org.impsiwf.sip.event.SipEvent.InviteAccepted;
import org.impsiwf.sip.event.SipEvent.InviteCancelled;
import org.impsiwf.sip.event.SipEvent.InviteReceived;
import org.impsiwf.sip.event.SipEvent.InviteRefused;
import org.impsiwf.sip.event.SipEvent.ReinviteAnswered;
import org.impsiwf.sip.event.SipEvent.ReinviteReceived;
import org.impsiwf.sip.event.SipEvent.UsageEnded;

/**
 * The state machine of a member's session: a method per state, a line per event that means something in it. What the edge
 * can no longer mean, because it crossed an order of ours, ends in {@link #late}.
 */
final class MemberLegRules {

    private final MemberTurn turn;
    private final MemberLegActions actions;
    private final OpenMemberLegActions open;

    MemberLegRules(MemberTurn turn) {
        this.turn = turn;
        this.actions = new MemberLegActions(turn);
        this.open = new OpenMemberLegActions(turn);
    }

    void on(MemberLegEvent event) {
        if (isForeign(event)) {
            late(event);
            return;
        }
        switch (turn.leg) {
            case Away s -> inAway(event);
            case Answering s -> inAnswering(s, event);
            case Offering s -> inOffering(s, event);
            case Inviting s -> inInviting(s, event);
            case Connecting s -> inConnecting(s, event);
            case Open s -> inOpen(s, event);
            case Rebuilding s -> inRebuilding(s, event);
        }
    }

    private void inAway(MemberLegEvent event) {
        switch (event) {
            case OfUsage(InviteReceived e) -> actions.answer(e);
            case Agreed(var e) -> actions.agree(e);
            case Wanted(boolean asked) -> actions.offer(asked);
            case OfUsage e -> late(e);
            case Prepared e -> late(e);
            case Connected e -> late(e);
            case Failed e -> late(e);
            case Named e -> stay();
            case Admitted e -> stay();
            case Denied e -> stay();
            case Unwanted e -> stay();
            case Broken e -> stay();
            case TakenOver e -> stay();
            case TimeUp e -> stay();
        }
    }

    private void inAnswering(Answering s, MemberLegEvent event) {
        switch (event) {
            case OfUsage(InviteReceived e) -> actions.replace(s, e);
            case Agreed(var e) -> actions.replace(s, e);
            case OfUsage(InviteCancelled e) -> actions.leave(s);
            case OfUsage(ByeReceived e) -> actions.leave(s);
            case OfUsage(UsageEnded e) -> actions.leave(s);
            case OfUsage e -> late(e);
            case Prepared(var e) -> actions.ready(s.with(e.local()));
            case Admitted e -> actions.ready(s);
            case Denied(int code, String reason) -> actions.deny(s, code);
            case Failed e -> actions.refuse(s, 500);
            case Unwanted e -> actions.refuse(s, 480);
            case TakenOver e -> actions.refuse(s, 480);
            case TimeUp e -> actions.refuse(s, 480);
            case Connected e -> stay();
            case Wanted e -> stay();
            case Named e -> stay();
            case Broken e -> stay();
        }
    }

    private void inOffering(Offering s, MemberLegEvent event) {
        switch (event) {
            case OfUsage(InviteReceived e) -> actions.replace(s, e);
            case Agreed(var e) -> actions.replace(s, e);
            case OfUsage e -> late(e);
            case Prepared(var e) -> actions.prepared(s, e.local());
            case Named(var e) -> actions.named(s, e);
            case Failed e -> actions.notReached(s, "not reached");
            case TakenOver e -> actions.offerAgain(s);
            case TimeUp e -> actions.hurried(s);
            case Denied(int code, String reason) -> actions.notReached(s, reason);
            case Unwanted(String reason) -> actions.notReached(s, reason);
            case Connected e -> stay();
            case Wanted e -> stay();
            case Admitted e -> stay();
            case Broken e -> stay();
        }
    }

    private void inInviting(Inviting s, MemberLegEvent event) {
        switch (event) {
            case OfUsage(InviteReceived e) -> actions.replace(s, e);
            case Agreed(var e) -> actions.replace(s, e);
            case OfUsage(InviteAccepted e) -> actions.accepted(s, e.answer());
            case OfUsage(InviteRefused e) -> actions.refused(s, e.response().status());
            case OfUsage(ByeReceived e) -> actions.refused(s, 487);
            case OfUsage(UsageEnded e) -> actions.refused(s, 500);
            case OfUsage(SipEvent.InviteProgressed e) -> stay();
            case OfUsage e -> late(e);
            case Failed e -> actions.notReached(s, "not reached");
            case TakenOver e -> actions.inviteAgain(s);
            case TimeUp e -> actions.notReached(s, "not available");
            case Denied(int code, String reason) -> actions.notReached(s, reason);
            case Unwanted(String reason) -> actions.notReached(s, reason);
            case Prepared e -> stay();
            case Connected e -> stay();
            case Wanted e -> stay();
            case Named e -> stay();
            case Admitted e -> stay();
            case Broken e -> stay();
        }
    }

    private void inConnecting(Connecting s, MemberLegEvent event) {
        switch (event) {
            case OfUsage(InviteReceived e) -> actions.replace(s, e);
            case Agreed(var e) -> actions.replace(s, e);
            case OfUsage(AckReceived e) -> open.acknowledged(s, e.answer());
            case OfUsage(ReinviteReceived e) -> open.reoffered(s, e);
            case OfUsage(ByeReceived e) -> actions.leave(s);
            case OfUsage(UsageEnded e) -> actions.leave(s);
            case OfUsage(InviteCancelled e) -> actions.leave(s);
            case OfUsage(ReinviteAnswered e) -> stay();
            case OfUsage e -> late(e);
            case Connected e -> open.connected(s);
            case Failed e -> actions.hangUp(s, "no connection");
            case Broken e -> actions.hangUp(s, "no connection");
            case TakenOver e -> open.moveHere(s);
            case TimeUp e -> actions.hangUp(s, "no connection");
            case Denied(int code, String reason) -> actions.hangUp(s, reason);
            case Unwanted(String reason) -> actions.hangUp(s, reason);
            case Prepared e -> stay();
            case Wanted e -> stay();
            case Named e -> stay();
            case Admitted e -> stay();
        }
    }

    private void inOpen(Open s, MemberLegEvent event) {
        switch (event) {
            case OfUsage(InviteReceived e) -> actions.replace(s, e);
            case Agreed(var e) -> actions.replace(s, e);
            case OfUsage(ReinviteReceived e) -> open.reoffered(s, e);
            case OfUsage(AckReceived e) -> open.reacknowledged(s, e.answer());
            case OfUsage(ByeReceived e) -> actions.leave(s);
            case OfUsage(UsageEnded e) -> actions.leave(s);
            case OfUsage(InviteCancelled e) -> actions.leave(s);
            case OfUsage(ReinviteAnswered e) -> stay();
            case OfUsage e -> late(e);
            case Prepared(var e) -> open.moved(s, e.local());
            case Failed(var e) -> open.lost(s, e.session());
            case Broken e -> open.rebuild(s);
            case TakenOver e -> open.moveHere(s);
            case TimeUp e -> open.keep(s);
            case Denied(int code, String reason) -> actions.hangUp(s, reason);
            case Unwanted(String reason) -> actions.hangUp(s, reason);
            case Connected e -> stay();
            case Wanted e -> stay();
            case Named e -> stay();
            case Admitted e -> stay();
        }
    }

    private void inRebuilding(Rebuilding s, MemberLegEvent event) {
        switch (event) {
            case OfUsage(InviteReceived e) -> actions.replace(s, e);
            case Agreed(var e) -> actions.replace(s, e);
            case OfUsage(ReinviteAnswered e) -> open.rebuilt(s, e);
            // RFC 3261 §14.2: ours is on its way.
            case OfUsage(ReinviteReceived e) -> actions.refuse(e, 491);
            case OfUsage(ByeReceived e) -> actions.leave(s);
            case OfUsage(UsageEnded e) -> actions.leave(s);
            case OfUsage e -> late(e);
            case Prepared(var e) -> open.reoffer(s, e.local());
            case Failed e -> actions.hangUp(s, "connection lost");
            case TakenOver e -> open.moveHere(s);
            case TimeUp e -> actions.hangUp(s, "connection lost");
            case Denied(int code, String reason) -> actions.hangUp(s, reason);
            case Unwanted(String reason) -> actions.hangUp(s, reason);
            case Connected e -> stay();
            case Wanted e -> stay();
            case Named e -> stay();
            case Admitted e -> stay();
            case Broken e -> stay();
        }
    }

    /** Whether it is of a usage or session that this leg does not have. A new INVITE is of none. */
    private boolean isForeign(MemberLegEvent event) {
        return switch (event) {
            case OfUsage(InviteReceived e) -> false;
            case OfUsage(SipEvent.OfUsage e) -> !turn.leg.usage().equals(Optional.of(e.usage()));
            case Prepared(var e) -> isForeign(e.session());
            case Connected(var e) -> isForeign(e.session());
            case Failed(var e) -> isForeign(e.session());
            case Agreed e -> false;
            case Wanted e -> false;
            case Named e -> false;
            case Admitted e -> false;
            case Denied e -> false;
            case Unwanted e -> false;
            case Broken e -> false;
            case TakenOver e -> false;
            case TimeUp e -> false;
        };
    }

    private boolean isForeign(MsrpSessionId session) {
        boolean moving = turn.leg instanceof Open s
                && s.move().filter(move -> move.msrpSession().equals(session)).isPresent();
        return !moving && !turn.leg.session().equals(Optional.of(session));
    }

    private void late(MemberLegEvent event) {
        if (event instanceof OfUsage(ReinviteReceived e)) {
            // It waits for an answer all the same (RFC 3261 §12.2.2).
            turn.sip(new RefuseReinvite(e.usage(), e.transaction(), Response.of(481)));
        }
        turn.note(Noted.LATE_EVENT, event.getClass().getSimpleName() + " of a session that is over");
    }

    private void stay() {
        // Nothing to decide in this state; the line in the table says so.
    }
}
