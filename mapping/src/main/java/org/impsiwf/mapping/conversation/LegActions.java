package org.impsiwf.mapping.conversation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.mapping.addresses.ClientIds;
import org.impsiwf.mapping.conversation.Leg.Answering;
import org.impsiwf.mapping.conversation.Leg.Connecting;
import org.impsiwf.mapping.conversation.Leg.Inviting;
import org.impsiwf.mapping.conversation.Leg.NoSession;
import org.impsiwf.mapping.conversation.Leg.Offering;
import org.impsiwf.mapping.conversation.Leg.Open;
import org.impsiwf.mapping.event.Command.Noted;
import org.impsiwf.mapping.event.Peer;
import org.impsiwf.mapping.media.FarEnd;
import org.impsiwf.mapping.media.OurMedia;
import org.impsiwf.mapping.statuses.SipToSsp;
import org.impsiwf.mapping.statuses.SspToSip;
import org.impsiwf.mapping.statuses.Warning;
import org.impsiwf.msrp.event.MsrpCommand.CloseSession;
import org.impsiwf.msrp.event.MsrpCommand.PrepareSession;
import org.impsiwf.msrp.event.MsrpEvent.LocalEndpoint;
import org.impsiwf.msrp.event.MsrpSessionId;
import org.impsiwf.sip.event.InviteUsageId;
import org.impsiwf.sip.event.MessageMedia;
import org.impsiwf.sip.event.SipCommand.AcceptInvite;
import org.impsiwf.sip.event.SipCommand.RefuseInvite;
import org.impsiwf.sip.event.SipCommand.Response;
import org.impsiwf.sip.event.SipCommand.RingInvite;
import org.impsiwf.sip.event.SipCommand.SendInvite;
import org.impsiwf.sip.event.SipEvent.InviteAccepted;
import org.impsiwf.sip.event.SipEvent.InviteReceived;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.SspRequestId;

/** What {@link LegRules} does while a session comes to be; {@link OpenLegActions} has what follows. */
class LegActions {

    /** The edge withdraws an unanswered INVITE by itself; this much later we stop waiting for it to say so. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    final Turn turn;
    final TowardsSip towardsSip;

    LegActions(Turn turn) {
        this.turn = turn;
        this.towardsSip = new TowardsSip(turn);
    }

    void answer(InviteReceived invite) {
        Optional<Response> refusal = refusal(invite);
        if (refusal.isPresent()) {
            turn.sip(new RefuseInvite(invite.usage(), refusal.get()));
            turn.forget(invite.usage());
            return;
        }
        startAnswering(invite);
    }

    private void startAnswering(InviteReceived invite) {
        turn.parties = turn.parties.seenFromSip(
                invite.head().originator().identity().displayName(),
                ClientIds.ofInstance(invite.head().originator().instance()));
        Optional<FarEnd> far = invite.offer().map(FarEnd::of);
        MsrpSessionId session = turn.newSession();
        turn.dialog = Optional.of(Becomings.dialog(invite.head()));
        turn.correlate(invite.usage());
        turn.msrp(new PrepareSession(session, far.map(FarEnd::secure).orElse(false)));
        Optional<Leg.Invitation> invitation =
                turn.peer().invitesFirst() ? Optional.of(inviteImps(invite.usage())) : Optional.empty();
        var wait = invitation.isPresent()
                ? turn.policy().invitationWait()
                : turn.policy().connectWait();
        turn.leg = new Answering(invite.usage(), session, far, Optional.empty(), invitation, turn.in(wait));
    }

    private Leg.Invitation inviteImps(InviteUsageId usage) {
        SspRequestId request = turn.newSspRequest();
        String inviteId = turn.newId() + "@" + turn.policy().ourDomain();
        turn.ssp(new SspCommand.SendRequest(
                request, turn.parties.peer(), SspPhrases.invitation(turn.parties, turn.moment, inviteId)));
        turn.sip(new RingInvite(usage));
        return new Leg.Invitation(request, inviteId);
    }

    /** Why this INVITE cannot be taken, whatever else there is; the old session stays untouched then. */
    private Optional<Response> refusal(InviteReceived invite) {
        if (!turn.peer().up()) {
            return Optional.of(SspToSip.verdict(503, SspToSip.Method.INVITE)
                    .response(turn.policy().ourDomain()));
        }
        boolean noText =
                invite.offer().map(FarEnd::of).filter(far -> !far.takesText()).isPresent();
        if (noText) {
            return Optional.of(
                    Warning.ofMediaFormat(turn.policy().ourDomain(), "text/plain is not among the accepted types")
                            .refusal(488));
        }
        return Optional.empty();
    }

    /** A client that starts anew does not know its old INVITE any more: the newest one counts. */
    void replaceUnanswered(Answering s, InviteReceived invite) {
        if (refusal(invite).isEmpty()) {
            turn.note(Noted.SESSION_REPLACED, "a second INVITE before the first was answered");
            end(s.inviteUsage(), "replaced");
            dropInvitation(s);
            close(s.msrpSession());
            turn.leg = new NoSession();
        }
        answer(invite);
    }

    /** Both sides invite at once: the user's INVITE survives, ours goes; what waits for a session waits on. */
    void giveWay(Leg ours, InviteReceived invite) {
        if (refusal(invite).isEmpty()) {
            turn.note(Noted.GLARE_RESOLVED, "the user's INVITE is taken, ours withdrawn");
            ours.usage().ifPresent(usage -> end(usage, "glare"));
            ours.session().ifPresent(this::close);
            turn.leg = new NoSession();
        }
        answer(invite);
    }

    void replaceOpen(Leg old, InviteReceived invite) {
        if (refusal(invite).isEmpty()) {
            turn.note(Noted.SESSION_REPLACED, "a new INVITE of the same user");
            drop(old, "replaced");
        }
        answer(invite);
    }

    void prepared(Answering s, LocalEndpoint local) {
        proceed(new Answering(
                s.inviteUsage(), s.msrpSession(), s.far(), Optional.of(local), s.invitation(), s.giveUpAt()));
    }

    void impsAnswered(Answering s, int code) {
        if (s.invitation().isEmpty()) {
            return;
        }
        Answering answered =
                new Answering(s.inviteUsage(), s.msrpSession(), s.far(), s.local(), Optional.empty(), s.giveUpAt());
        if (code == 200) {
            proceed(answered);
        } else {
            turn.sip(new RefuseInvite(
                    s.inviteUsage(),
                    SspToSip.verdict(code, SspToSip.Method.INVITE)
                            .response(turn.policy().ourDomain())));
            leaveUnanswered(answered);
        }
    }

    private void proceed(Answering s) {
        turn.leg = s;
        if (s.local().isEmpty() || s.invitation().isPresent()) {
            return;
        }
        LocalEndpoint local = s.local().get();
        Peer peer = turn.peer();
        // Bound first: the far end may connect as soon as it has our answer.
        s.far().ifPresent(far -> turn.msrp(far.connect(s.msrpSession(), false)));
        MessageMedia media = s.far()
                .map(far -> OurMedia.answer(local, peer, turn.policy(), far))
                .orElseGet(() -> OurMedia.offer(local, peer, turn.policy()));
        turn.sip(new AcceptInvite(s.inviteUsage(), media));
        turn.leg = new Connecting(
                s.inviteUsage(),
                s.msrpSession(),
                local,
                s.far(),
                turn.in(turn.policy().connectWait()));
    }

    /** CANCEL: the edge has answered it and the INVITE. */
    void callerLeft(Answering s) {
        leaveUnanswered(s);
    }

    void refuse(Answering s, int status) {
        turn.sip(new RefuseInvite(s.inviteUsage(), Response.of(status)));
        leaveUnanswered(s);
    }

    private void leaveUnanswered(Answering s) {
        turn.forget(s.inviteUsage());
        dropInvitation(s);
        close(s.msrpSession());
        turn.leg = new NoSession();
    }

    private void dropInvitation(Answering s) {
        if (s.invitation().isPresent() && turn.peer().takesCancelInvite()) {
            turn.ssp(new SspCommand.SendRequest(
                    turn.newSspRequest(),
                    turn.parties.peer(),
                    SspPhrases.cancellation(
                            turn.parties, turn.moment, s.invitation().get().inviteId())));
        }
    }

    void offer() {
        MsrpSessionId session = turn.newSession();
        turn.msrp(new PrepareSession(session, false));
        turn.leg = new Offering(session, turn.in(turn.policy().connectWait()));
    }

    void invite(Offering s, LocalEndpoint local) {
        InviteUsageId usage = turn.newUsage();
        turn.sip(new SendInvite(
                usage,
                turn.impsSender(),
                turn.sipTarget(),
                OurMedia.offer(local, turn.peer(), turn.policy()),
                List.of(),
                turn.policy().invitationWait(),
                Map.of()));
        turn.leg = new Inviting(
                usage,
                s.msrpSession(),
                local,
                turn.in(turn.policy().invitationWait().plus(GRACE)));
    }

    void accepted(Inviting s, InviteAccepted e) {
        turn.dialog = Optional.of(Becomings.dialog(e.head()));
        FarEnd far = FarEnd.of(e.answer());
        turn.msrp(far.connect(s.msrpSession(), true));
        turn.leg = new Connecting(
                s.inviteUsage(),
                s.msrpSession(),
                s.local(),
                Optional.of(far),
                turn.in(turn.policy().connectWait()));
    }

    void refused(Inviting s, int status) {
        close(s.msrpSession());
        turn.leg = new NoSession();
        new Invitations(turn).answerAll(false, Optional.of(SipToSsp.invitationNote(status)));
        if (SipToSsp.saysNoSessions(status)) {
            turn.noSessionsUntil = Optional.of(turn.in(turn.policy().memory()));
            towardsSip.withoutSession(SipToSsp.forMessage(status));
        } else {
            towardsSip.concludeWaiting(SipToSsp.forMessage(status));
        }
    }

    /** Nobody said no, but there will be no session. */
    void notReached(Leg s, int code) {
        s.usage().ifPresent(usage -> end(usage, "not reached"));
        s.session().ifPresent(this::close);
        turn.leg = new NoSession();
        new Invitations(turn).answerAll(false, Optional.of("not reached"));
        towardsSip.concludeWaiting(code);
    }

    void withdraw(Leg s) {
        s.usage().ifPresent(usage -> end(usage, "no longer wanted"));
        s.session().ifPresent(this::close);
        turn.leg = new NoSession();
    }

    /** Ends an agreed session from our side. */
    final void drop(Leg s, String reason) {
        s.usage().ifPresent(usage -> end(usage, reason));
        leave(s);
    }

    /** Forgets an agreed session that the far end, or the edge, has ended; what was sent in it and not taken waits again. */
    final void leave(Leg s) {
        if (s instanceof Open open) {
            open.renewal().ifPresent(renewal -> close(renewal.msrpSession()));
        }
        s.session().ifPresent(session -> {
            close(session);
            towardsSip.release(session);
        });
        s.usage().ifPresent(turn::forget);
        turn.leg = new NoSession();
        new Becomings(turn).dialogOver();
    }

    final void end(InviteUsageId usage, String reason) {
        new Farewells(turn).hangUp(usage, reason);
        turn.forget(usage);
    }

    final void close(MsrpSessionId session) {
        turn.msrp(new CloseSession(session));
    }
}
