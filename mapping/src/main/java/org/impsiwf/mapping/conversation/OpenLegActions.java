package org.impsiwf.mapping.conversation;

import java.util.Optional;
import org.impsiwf.mapping.conversation.Leg.Connecting;
import org.impsiwf.mapping.conversation.Leg.Leaving;
import org.impsiwf.mapping.conversation.Leg.Open;
import org.impsiwf.mapping.conversation.Leg.Rebuilding;
import org.impsiwf.mapping.conversation.Leg.Renewal;
import org.impsiwf.mapping.event.Command.Noted;
import org.impsiwf.mapping.media.FarEnd;
import org.impsiwf.mapping.media.OurMedia;
import org.impsiwf.msrp.event.MsrpCommand.PrepareSession;
import org.impsiwf.msrp.event.MsrpEvent.LocalEndpoint;
import org.impsiwf.msrp.event.MsrpSessionId;
import org.impsiwf.sip.event.InviteUsageId;
import org.impsiwf.sip.event.MessageMedia;
import org.impsiwf.sip.event.SipCommand.AcceptReinvite;
import org.impsiwf.sip.event.SipCommand.RefuseReinvite;
import org.impsiwf.sip.event.SipCommand.Response;
import org.impsiwf.sip.event.SipCommand.SendReinvite;
import org.impsiwf.sip.event.SipEvent.ReinviteAnswered;
import org.impsiwf.sip.event.SipEvent.ReinviteReceived;

/** What {@link LegRules} does with a session that was agreed: connecting, open, moved, lost. */
final class OpenLegActions extends LegActions {

    OpenLegActions(Turn turn) {
        super(turn);
    }

    /** The ACK brings the answer when our 2xx had the offer; without one there is no session (RFC 3264 §5). */
    void acknowledged(Connecting s, Optional<MessageMedia> answer) {
        if (s.far().isPresent()) {
            return;
        }
        if (answer.isEmpty()) {
            drop(s, "no answer to the offer");
            return;
        }
        FarEnd far = FarEnd.of(answer.get());
        turn.msrp(far.connect(s.msrpSession(), true));
        turn.leg = new Connecting(s.inviteUsage(), s.msrpSession(), s.local(), Optional.of(far), s.giveUpAt());
    }

    void connected(Connecting s) {
        if (s.far().isEmpty()) {
            return;
        }
        turn.leg = new Open(
                s.inviteUsage(),
                s.msrpSession(),
                s.local(),
                s.far().get(),
                Optional.empty(),
                turn.in(turn.policy().sessionIdle()));
        new Invitations(turn).answerAll(true, Optional.empty());
    }

    void hungUp(Leg s) {
        leave(s);
        new Invitations(turn).answerAll(false, Optional.of("not available"));
    }

    void hangUp(Leg s, String reason) {
        drop(s, reason);
    }

    /** They agreed to a session that nobody could connect: a MESSAGE may still do. */
    void neverConnected(Connecting s) {
        drop(s, "no connection");
        new Invitations(turn).answerAll(false, Optional.of("not reached"));
        turn.noSessionsUntil = Optional.of(turn.in(turn.policy().memory()));
        towardsSip.withoutSession(504);
    }

    void lost(Open s, MsrpSessionId session) {
        if (session.equals(s.msrpSession())) {
            drop(s, "connection lost");
            return;
        }
        s.renewal()
                .ifPresent(renewal ->
                        turn.sip(new RefuseReinvite(s.inviteUsage(), renewal.transaction(), Response.of(500))));
        turn.leg = with(s, s.far(), Optional.empty());
    }

    /** A message without answer: the connection is taken for dead, and what waits goes out in a new session. */
    void rebuild(Open s) {
        turn.note(Noted.SESSION_REBUILT, "a message was not answered in the session");
        drop(s, "connection lost");
    }

    /** The session goes on here: a path to this node is offered in the dialog (RFC 4975 §5.4). */
    void moveHere(Open s) {
        s.renewal().ifPresent(renewal -> {
            turn.sip(new RefuseReinvite(s.inviteUsage(), renewal.transaction(), Response.of(500)));
            close(renewal.msrpSession());
        });
        moveHere(s.inviteUsage(), s.msrpSession(), s.far().secure());
    }

    void moveHere(Connecting s) {
        if (s.far().isEmpty()) {
            // Their answer to the offer in our 2xx went to the node that is gone.
            drop(s, "no connection");
        } else {
            moveHere(s.inviteUsage(), s.msrpSession(), s.far().get().secure());
        }
    }

    void moveHere(Rebuilding s) {
        moveHere(s.inviteUsage(), s.msrpSession(), s.secure());
    }

    private void moveHere(InviteUsageId usage, MsrpSessionId old, boolean secure) {
        turn.note(Noted.SESSION_REBUILT, "the node of the session is gone");
        close(old);
        MsrpSessionId session = turn.newSession();
        turn.msrp(new PrepareSession(session, secure));
        turn.leg = new Rebuilding(
                usage, session, secure, Optional.empty(), turn.in(turn.policy().connectWait()));
    }

    void reoffer(Rebuilding s, LocalEndpoint local) {
        turn.sip(new SendReinvite(s.inviteUsage(), OurMedia.offer(local, turn.peer(), turn.policy())));
        turn.leg = new Rebuilding(
                s.inviteUsage(),
                s.msrpSession(),
                s.secure(),
                Optional.of(local),
                turn.in(turn.policy().answerWait()));
    }

    void rebuilt(Rebuilding s, ReinviteAnswered e) {
        Optional<FarEnd> far = e.answer()
                .filter(any -> e.response().isSuccess())
                .map(FarEnd::of)
                .filter(FarEnd::takesText);
        if (far.isEmpty() || s.local().isEmpty()) {
            drop(s, "connection lost");
            return;
        }
        turn.msrp(far.get().connect(s.msrpSession(), true));
        turn.leg = new Connecting(
                s.inviteUsage(),
                s.msrpSession(),
                s.local().get(),
                far,
                turn.in(turn.policy().connectWait()));
    }

    void refuse(ReinviteReceived e, int status) {
        turn.sip(new RefuseReinvite(e.usage(), e.transaction(), Response.of(status)));
    }

    void idle(Open s) {
        if (!turn.isPast(s.closeAt())) {
            return;
        }
        if (turn.toSip.isEmpty() && turn.toImps.isEmpty()) {
            drop(s, "idle");
        } else {
            touch(s);
        }
    }

    void touch(Open s) {
        turn.leg = new Open(
                s.inviteUsage(),
                s.msrpSession(),
                s.local(),
                s.far(),
                s.renewal(),
                turn.in(turn.policy().sessionIdle()));
    }

    /** Hold and resume, a changed limit, or a moved end (RFC 4975 §8.3, which then takes a new session). */
    void reoffered(Leg s, ReinviteReceived e) {
        if (e.conferencing().list().isPresent()) {
            new Becomings(turn).askedInDialog(e);
            return;
        }
        if (e.offer().isEmpty()) {
            local(s).ifPresent(local -> turn.sip(
                    new AcceptReinvite(e.usage(), e.transaction(), OurMedia.offer(local, turn.peer(), turn.policy()))));
            return;
        }
        FarEnd far = FarEnd.of(e.offer().get());
        if (!far.takesText()) {
            turn.sip(new RefuseReinvite(e.usage(), e.transaction(), Response.of(488)));
        } else if (s instanceof Open open && open.renewal().isEmpty()) {
            reoffered(open, e, far);
        } else if (s instanceof Connecting connecting && isSamePath(connecting.far(), far)) {
            turn.leg = new Connecting(
                    connecting.inviteUsage(),
                    connecting.msrpSession(),
                    connecting.local(),
                    Optional.of(far),
                    connecting.giveUpAt());
            accept(e, connecting.local(), far);
        } else {
            // RFC 3261 §14.2: one change at a time.
            turn.sip(new RefuseReinvite(e.usage(), e.transaction(), Response.of(491)));
        }
    }

    private void reoffered(Open s, ReinviteReceived e, FarEnd far) {
        if (isSamePath(Optional.of(s.far()), far)) {
            turn.leg = with(s, far, Optional.empty());
            accept(e, s.local(), far);
            return;
        }
        MsrpSessionId session = turn.newSession();
        turn.msrp(new PrepareSession(session, far.secure()));
        turn.leg = with(s, s.far(), Optional.of(new Renewal(session, e.transaction(), far)));
    }

    void renewed(Open s, LocalEndpoint local) {
        if (s.renewal().isEmpty()) {
            return;
        }
        Renewal renewal = s.renewal().get();
        turn.msrp(renewal.far().connect(renewal.msrpSession(), false));
        turn.sip(new AcceptReinvite(
                s.inviteUsage(),
                renewal.transaction(),
                OurMedia.answer(local, turn.peer(), turn.policy(), renewal.far())));
        close(s.msrpSession());
        towardsSip.release(s.msrpSession());
        turn.leg = new Connecting(
                s.inviteUsage(),
                renewal.msrpSession(),
                local,
                Optional.of(renewal.far()),
                turn.in(turn.policy().connectWait()));
    }

    /** Their answer to the offer that our 200 to a re-INVITE without SDP made. */
    void reacknowledged(Open s, Optional<MessageMedia> answer) {
        answer.map(FarEnd::of)
                .filter(far -> isSamePath(Optional.of(s.far()), far))
                .ifPresent(far -> turn.leg = with(s, far, s.renewal()));
    }

    private void accept(ReinviteReceived e, LocalEndpoint local, FarEnd far) {
        turn.sip(new AcceptReinvite(
                e.usage(), e.transaction(), OurMedia.answer(local, turn.peer(), turn.policy(), far)));
    }

    /** The far end is in the group's session now. What this one still carries is waited for. */
    void replaced(Leg s, boolean dialogKept) {
        turn.note(Noted.SESSION_REPLACED, "the talk has become a group");
        if (s instanceof Open open) {
            open.renewal().ifPresent(renewal -> close(renewal.msrpSession()));
        }
        turn.leg = new Leaving(
                dialogKept ? Optional.empty() : s.usage(),
                s.session().orElseThrow(),
                turn.in(turn.policy().answerWait()));
    }

    void leaveWhenDone() {
        if (turn.leg instanceof Leaving s && !turn.isAnyInFlight(s.msrpSession())) {
            drop(s, "replaced by a conference");
            if (!turn.invitations.isEmpty()) {
                offer();
            }
        }
    }

    private static Optional<LocalEndpoint> local(Leg s) {
        return switch (s) {
            case Open open -> Optional.of(open.local());
            case Connecting connecting -> Optional.of(connecting.local());
            case Leg.NoSession n -> Optional.empty();
            case Leg.Answering a -> a.local();
            case Leg.Offering o -> Optional.empty();
            case Leg.Inviting i -> Optional.of(i.local());
            case Rebuilding r -> r.local();
            case Leg.Leaving l -> Optional.empty();
        };
    }

    private static boolean isSamePath(Optional<FarEnd> known, FarEnd offered) {
        return known.filter(offered::hasPathOf).isPresent();
    }

    private static Open with(Open s, FarEnd far, Optional<Renewal> renewal) {
        return new Open(s.inviteUsage(), s.msrpSession(), s.local(), far, renewal, s.closeAt());
    }
}
