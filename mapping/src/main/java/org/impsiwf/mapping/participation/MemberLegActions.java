package org.impsiwf.mapping.participation;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.mapping.event.Command.Noted;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.MailboxKey;
import org.impsiwf.mapping.media.FarEnd;
import org.impsiwf.mapping.media.OurMedia;
import org.impsiwf.mapping.participation.MemberLeg.Answering;
import org.impsiwf.mapping.participation.MemberLeg.Away;
import org.impsiwf.mapping.participation.MemberLeg.Connecting;
import org.impsiwf.mapping.participation.MemberLeg.Inviting;
import org.impsiwf.mapping.participation.MemberLeg.Offering;
import org.impsiwf.mapping.participation.MemberLeg.Replacement;
import org.impsiwf.mapping.participation.Participation.Invited;
import org.impsiwf.mapping.statuses.SipToSsp;
import org.impsiwf.mapping.statuses.SspToSip;
import org.impsiwf.msrp.event.MsrpCommand.CloseSession;
import org.impsiwf.msrp.event.MsrpCommand.PrepareSession;
import org.impsiwf.msrp.event.MsrpEvent.LocalEndpoint;
import org.impsiwf.msrp.event.MsrpSessionId;
import org.impsiwf.sip.event.InviteUsageId;
import org.impsiwf.sip.event.MessageMedia;
import org.impsiwf.sip.event.NameAddr;
import org.impsiwf.sip.event.SipCommand;
import org.impsiwf.sip.event.SipCommand.AcceptInvite;
import org.impsiwf.sip.event.SipCommand.AcceptReinvite;
import org.impsiwf.sip.event.SipCommand.RefuseInvite;
import org.impsiwf.sip.event.SipCommand.RefuseReinvite;
import org.impsiwf.sip.event.SipCommand.Response;
import org.impsiwf.sip.event.SipCommand.SendInvite;
import org.impsiwf.sip.event.SipEvent.InviteReceived;
import org.impsiwf.sip.event.SipEvent.ReinviteReceived;
import org.impsiwf.sip.event.SipTransactionId;
import org.impsiwf.sip.event.SipUri;

/** What {@link MemberLegRules} does while a session comes to be, and when it ends. */
class MemberLegActions {

    /** The edge withdraws an unanswered INVITE by itself; this much later we stop waiting for it to say so. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    final MemberTurn turn;

    MemberLegActions(MemberTurn turn) {
        this.turn = turn;
    }

    void answer(InviteReceived invite) {
        Optional<Response> refusal = refusal(invite.offer());
        if (refusal.isPresent()) {
            turn.sip(new RefuseInvite(invite.usage(), refusal.get()));
            turn.forget(invite.usage());
            return;
        }
        wait(invite, Optional.empty(), Map.of());
    }

    /** The host may have joined the user already; when the INVITE cannot be taken the user leaves again. */
    void agree(Event.EntryAgreed e) {
        Optional<Response> refusal = refusal(e.invite().offer());
        if (refusal.isPresent()) {
            refuse(e.invite().usage(), e.reinvite(), refusal.get());
            return;
        }
        turn.replaced = e.replaced();
        turn.toInvite = e.invitees();
        wait(e.invite(), e.reinvite(), e.headers());
    }

    private void wait(InviteReceived invite, Optional<SipTransactionId> reinvite, Map<String, String> headers) {
        Optional<FarEnd> far = invite.offer().map(FarEnd::of);
        if (reinvite.isEmpty()) {
            turn.correlate(invite.usage());
        }
        turn.leg = new Answering(
                invite.usage(),
                prepare(far.map(FarEnd::secure).orElse(false)),
                far,
                Optional.empty(),
                reinvite,
                headers,
                turn.in(turn.policy().answerWait()));
    }

    final MsrpSessionId prepare(boolean secure) {
        MsrpSessionId session = turn.newSession();
        turn.msrp(new PrepareSession(
                session, secure, List.of(), List.of(), Optional.empty(), Optional.empty(), /* chatroom= */ true));
        return session;
    }

    /** Why this INVITE cannot be taken, whatever else there is; an old session stays untouched then. */
    private Optional<Response> refusal(Optional<MessageMedia> offer) {
        if (!turn.host().up()) {
            return Optional.of(verdict(503));
        }
        return offer.map(FarEnd::of)
                .filter(far -> !far.fitsRoom())
                .map(far -> FarEnd.noRoom(turn.policy().ourDomain()));
    }

    private Response verdict(int code) {
        return SspToSip.verdict(code, SspToSip.Method.INVITE)
                .response(turn.policy().ourDomain());
    }

    /** A client that starts anew does not know its old session any more: the newest INVITE counts. */
    void replace(MemberLeg old, InviteReceived invite) {
        if (refusal(invite.offer()).isEmpty()) {
            turn.note(Noted.SESSION_REPLACED, "a new INVITE of the same member");
            hangUp(old, "replaced");
        }
        answer(invite);
    }

    void replace(MemberLeg old, Event.EntryAgreed e) {
        if (refusal(e.invite().offer()).isEmpty()) {
            turn.note(Noted.SESSION_REPLACED, "a new INVITE of the same member");
            hangUp(old, "replaced");
        }
        agree(e);
    }

    /** Answers as soon as our end is ready and the user is in. */
    void ready(Answering s) {
        turn.leg = s;
        if (s.local().isEmpty() || !(turn.membership instanceof Membership.Joined joined)) {
            return;
        }
        LocalEndpoint local = s.local().get();
        // Bound first: the far end may connect as soon as it has our answer.
        s.far().ifPresent(far -> turn.msrp(far.connect(s.msrpSession(), false)));
        MessageMedia media = OurMedia.inRoom(
                s.far()
                        .map(far -> OurMedia.answer(local, turn.host(), turn.policy(), far))
                        .orElseGet(() -> OurMedia.offer(local, turn.host(), turn.policy())),
                joined.mayReturn(),
                turn.maxRelayedSize());
        Optional<SipUri> focus = Optional.of(turn.focus());
        turn.sip(s.reinvite()
                .<SipCommand>map(tx -> new AcceptReinvite(s.inviteUsage(), tx, media, focus, s.headers()))
                .orElseGet(() -> new AcceptInvite(s.inviteUsage(), media, focus, s.headers())));
        // Until now the dialog was the talk's, which goes on when we refuse.
        s.reinvite().ifPresent(tx -> turn.correlate(s.inviteUsage()));
        connecting(s.inviteUsage(), s.msrpSession(), local, s.far());
        endReplaced(s.reinvite().isPresent());
        new InvitationsReceived(turn).answerAll(true, Optional.empty());
        new InvitationsSent(turn).sendAll();
    }

    private void connecting(InviteUsageId usage, MsrpSessionId session, LocalEndpoint local, Optional<FarEnd> far) {
        turn.leg =
                new Connecting(usage, session, local, far, turn.in(turn.policy().connectWait()));
    }

    /** RFC 3891 §3: the session that was replaced ends once the new one is agreed. */
    private void endReplaced(boolean dialogKept) {
        turn.replaced
                .flatMap(MailboxKey::parse)
                .ifPresent(talk -> turn.tell(talk, new Event.SessionReplaced(turn.key.text(), dialogKept)));
        turn.replaced = Optional.empty();
    }

    void deny(Answering s, int code) {
        refuse(s, verdict(code));
    }

    void refuse(Answering s, int status) {
        refuse(s, Response.of(status));
    }

    private void refuse(Answering s, Response refusal) {
        refuse(s.inviteUsage(), s.reinvite(), refusal);
        close(s.msrpSession());
        away();
    }

    private void refuse(InviteUsageId usage, Optional<SipTransactionId> reinvite, Response refusal) {
        if (reinvite.isPresent()) {
            // The talk goes on in its dialog.
            turn.sip(new RefuseReinvite(usage, reinvite.get(), refusal));
        } else {
            turn.sip(new RefuseInvite(usage, refusal));
            turn.forget(usage);
        }
    }

    final void refuse(ReinviteReceived e, int status) {
        turn.sip(new RefuseReinvite(e.usage(), e.transaction(), Response.of(status)));
    }

    void offer(boolean asked) {
        turn.leg = new Offering(
                prepare(false),
                Optional.empty(),
                asked,
                Optional.empty(),
                turn.in(turn.policy().connectWait()));
    }

    void prepared(Offering s, LocalEndpoint local) {
        invite(new Offering(s.msrpSession(), Optional.of(local), s.sought(), s.replacement(), s.giveUpAt()));
    }

    /** A client that would know the talk by nothing gets a plain INVITE; its talk ends when it has taken that. */
    void named(Offering s, Event.ReplacementNamed e) {
        turn.replaced = e.usage().map(usage -> e.talk());
        Optional<InviteUsageId> usage = e.usage().filter(any -> e.understood());
        Replacement replacement = new Replacement(usage, usage.isPresent() ? Map.of() : e.headers());
        invite(new Offering(s.msrpSession(), s.local(), false, Optional.of(replacement), s.giveUpAt()));
    }

    /** Nobody has said which session is to be replaced: then none is. */
    void hurried(Offering s) {
        if (s.local().isPresent()) {
            invite(new Offering(s.msrpSession(), s.local(), false, s.replacement(), s.giveUpAt()));
        } else {
            notReached(s, "not reached");
        }
    }

    /** Our end was prepared on a node that is gone. */
    void offerAgain(Offering s) {
        turn.leg = new Offering(
                prepare(false),
                Optional.empty(),
                s.sought(),
                s.replacement(),
                turn.in(turn.policy().connectWait()));
    }

    /** The transaction of our INVITE is lost: it is withdrawn, and whoever still asks the user in has it made anew. */
    void inviteAgain(Inviting s) {
        Optional<String> replaced = turn.replaced;
        hangUp(s, "made anew");
        turn.replaced = replaced;
        if (!turn.invited.isEmpty()) {
            offer(false);
        }
    }

    private void invite(Offering s) {
        turn.leg = s;
        if (s.sought() || s.local().isEmpty()) {
            return;
        }
        LocalEndpoint local = s.local().get();
        InviteUsageId usage = turn.newUsage();
        Duration wait = Duration.between(turn.now(), lastsUntil());
        turn.sip(new SendInvite(
                usage,
                new SipCommand.Sender(NameAddr.of(turn.focus()), false),
                new SipUri(turn.member.sipUri()),
                OurMedia.inRoom(OurMedia.offer(local, turn.host(), turn.policy()), false, turn.maxRelayedSize()),
                List.of(),
                wait,
                headers(s),
                Optional.of(turn.focus()),
                s.replacement().flatMap(Replacement::usage)));
        turn.leg = new Inviting(usage, s.msrpSession(), local, turn.in(wait.plus(GRACE)));
    }

    private Instant lastsUntil() {
        return turn.invited.stream()
                .map(Invited::until)
                .max(Instant::compareTo)
                .filter(until -> until.isAfter(turn.now()))
                .orElseGet(() -> turn.in(turn.policy().invitationWait()));
    }

    private Map<String, String> headers(Offering s) {
        Map<String, String> headers = new HashMap<>();
        s.replacement().ifPresent(replacement -> headers.putAll(replacement.headers()));
        new InvitationsReceived(turn).inviter().ifPresent(inviter -> headers.put("Referred-By", "<" + inviter + ">"));
        return headers;
    }

    void accepted(Inviting s, MessageMedia answer) {
        FarEnd far = FarEnd.of(answer);
        if (!far.fitsRoom()) {
            hangUp(s, "message/cpim is not accepted");
            new InvitationsReceived(turn).answerAll(false, Optional.of("not supported"));
            return;
        }
        turn.msrp(far.connect(s.msrpSession(), true));
        connecting(s.inviteUsage(), s.msrpSession(), s.local(), Optional.of(far));
        endReplaced(false);
        new InvitationsReceived(turn).answerAll(true, Optional.empty());
    }

    void refused(Inviting s, int status) {
        leave(s);
        new InvitationsReceived(turn).answerAll(false, Optional.of(SipToSsp.invitationNote(status)));
    }

    void notReached(MemberLeg s, String note) {
        hangUp(s, note);
        new InvitationsReceived(turn).answerAll(false, Optional.of(note));
    }

    /** Ends a session from our side, agreed or not. */
    final void hangUp(MemberLeg s, String reason) {
        if (s instanceof Answering waiting && waiting.reinvite().isPresent()) {
            turn.sip(
                    new RefuseReinvite(waiting.inviteUsage(), waiting.reinvite().get(), Response.of(480)));
        } else {
            s.usage().ifPresent(usage -> new Farewells(turn).hangUp(usage, reason));
        }
        leave(s);
    }

    /** Forgets a session that the far end, or the edge, has ended; what was sent in it and not taken is due again. */
    final void leave(MemberLeg s) {
        if (s instanceof MemberLeg.Open open) {
            open.move().ifPresent(move -> close(move.msrpSession()));
        }
        s.session().ifPresent(this::close);
        new ToMember(turn).release();
        boolean talksDialog =
                s instanceof Answering waiting && waiting.reinvite().isPresent();
        if (!talksDialog) {
            s.usage().ifPresent(turn::forget);
        }
        away();
    }

    private void away() {
        turn.leg = new Away();
        turn.replaced = Optional.empty();
        turn.toInvite = List.of();
    }

    final void close(MsrpSessionId session) {
        turn.msrp(new CloseSession(session));
    }
}
