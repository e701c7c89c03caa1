package org.impsiwf.mapping.participation;

import java.util.List;
import java.util.Optional;
import org.impsiwf.mapping.event.Command;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.MailboxKey;
import org.impsiwf.mapping.event.Moment;
import org.impsiwf.mapping.statuses.SspOutcome;
import org.impsiwf.msrp.event.MsrpEvent;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.event.SspRequestId;
import org.impsiwf.ssp.event.TransactionRef;
import org.impsiwf.ssp.primitives.GroupPrimitive.GetJoinedMemberResponse;
import org.impsiwf.ssp.primitives.InvitationPrimitive.CancelInviteRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.CancelInviteUserRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteResponse;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteUserRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteUserResponse;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;

/**
 * Decides for one participation. Which part hears an event is said here, once; what it means in each state is said in
 * {@link MemberLegRules} for the session, and in {@link Memberships} for the membership.
 */
public final class ParticipationRules {

    private final MemberTurn turn;
    private final MemberLegRules leg;
    private final Memberships memberships;
    private final ToMember toMember;
    private final Postings postings;

    private ParticipationRules(MemberTurn turn) {
        this.turn = turn;
        this.leg = new MemberLegRules(turn);
        this.memberships = new Memberships(turn);
        this.toMember = new ToMember(turn);
        this.postings = new Postings(turn);
    }

    /** What to save, nothing when it is over, and what to do then. */
    public record Outcome(Optional<Participation> next, List<Command> commands) {}

    /** @param before empty when the user is not in the group, and not on its way there */
    public static Outcome decide(MailboxKey key, Optional<Participation> before, Event event, Moment moment) {
        Optional<Participation> known = before.or(() -> Beginning.of(event, moment));
        if (known.isEmpty()) {
            return new Outcome(Optional.empty(), Beginning.tooLate(key, event));
        }
        MemberTurn turn = new MemberTurn(key, known.get(), moment);
        ParticipationRules rules = new ParticipationRules(turn);
        rules.on(event);
        rules.settle();
        Participation after = turn.after();
        return new Outcome(after.isOver() ? Optional.empty() : Optional.of(after), turn.commands());
    }

    private void on(Event event) {
        switch (event) {
            case Event.Sip(SipEvent.OfUsage e) -> leg.on(new MemberLegEvent.OfUsage(e));
            case Event.Sip(SipEvent.ReferReceived e) -> new Referrals(turn).received(e);
            case Event.Sip e -> turn.misrouted(event);
            case Event.Msrp(MsrpEvent e) -> onMsrp(e);
            case Event.Ssp(SspEvent.RequestReceived e) -> requested(e.transaction(), e.request());
            case Event.Ssp(SspEvent.ResponseReceived e) -> responded(e.request(), e.response());
            case Event.Ssp(SspEvent.RequestFailed e) -> failed(e.request(), e.cause());
            case Event.Ssp e -> turn.misrouted(event);
            case Event.OfConference e -> onConference(e);
            case Event.ReportDue e -> toMember.report(e);
            case Event.DeadlineReached e -> onDeadline();
            case Event.Draining e -> turn.stopping = true;
            case Event.TakenOver e -> takenOver();
            case Event.MessageShared e -> turn.misrouted(event);
            case Event.ShareConcluded e -> turn.misrouted(event);
            case Event.DeliveryTracked e -> turn.misrouted(event);
            case Event.DeliveryForgotten e -> turn.misrouted(event);
            case Event.DeliveryAliased e -> turn.misrouted(event);
            case Event.DeliveryReported e -> turn.misrouted(event);
        }
    }

    private void onMsrp(MsrpEvent event) {
        switch (event) {
            case MsrpEvent.SessionPrepared e -> leg.on(new MemberLegEvent.Prepared(e));
            case MsrpEvent.SessionConnected e -> leg.on(new MemberLegEvent.Connected(e));
            case MsrpEvent.SessionFailed e -> leg.on(new MemberLegEvent.Failed(e));
            case MsrpEvent.MessageReceived e -> new FromMember(turn).received(e);
            case MsrpEvent.MessageBegun e -> new LargeMessages(turn).begun(e);
            case MsrpEvent.MessageRelayed e -> new LargeMessages(turn).relayed(e);
            case MsrpEvent.RelayedMessageMissed e -> new LargeMessages(turn).missed(e);
            case MsrpEvent.NicknameReceived e -> new Nicknames(turn).wanted(e);
            case MsrpEvent.MessageAccepted e -> toMember.accepted(e);
            case MsrpEvent.MessageRefused e -> {
                if (toMember.refused(e)) {
                    leg.on(new MemberLegEvent.Broken());
                }
            }
            // RFC 7701 §6.3: a member's report is not passed on, and nobody has asked for one.
            case MsrpEvent.ReportReceived e ->
                turn.note(Command.Noted.MEMBER_REPORT_ABSORBED, "a REPORT about another's message");
        }
    }

    private void onConference(Event.OfConference event) {
        switch (event) {
            case Event.EntryAgreed e -> agreed(e);
            case Event.MessageSaid e -> toMember.said(e);
            case Event.RelayOffered e -> new LargeMessages(turn).offered(e);
            case Event.RelayNarrowed e -> new LargeMessages(turn).narrowed(e);
            case Event.PutOut(String reason, boolean ended) -> memberships.putOut(ended ? 800 : 816, reason);
            case Event.ReplacementNamed e -> leg.on(new MemberLegEvent.Named(e));
            case Event.OfConference e -> turn.misrouted(event);
        }
    }

    /** Told again after the extension's node died: what is known of the entry by then is newer. */
    private void agreed(Event.EntryAgreed e) {
        MailboxKey.parse(e.extension()).ifPresent(extension -> turn.tell(extension, new Event.EntryTaken()));
        String id = "entry:" + e.extension();
        if (turn.wasTaken(id)) {
            return;
        }
        turn.remember(id);
        e.screenName().ifPresent(name -> turn.member = turn.member.wanting(name));
        if (e.joined()) {
            memberships.joinedByHost(e.screenName());
        }
        leg.on(new MemberLegEvent.Agreed(e));
    }

    private void requested(TransactionRef transaction, Primitive request) {
        InvitationsReceived received = new InvitationsReceived(turn);
        InvitationsSent sent = new InvitationsSent(turn);
        switch (request) {
            case InviteRequest r -> received.received(transaction, r);
            case InviteUserRequest r -> received.received(transaction, r);
            case CancelInviteRequest r ->
                received.cancelled(transaction, r.inviteId().value());
            case CancelInviteUserRequest r ->
                received.cancelled(transaction, r.inviteId().value());
            case InviteResponse r ->
                sent.responded(r.inviteId().value(), r.answers().getFirst(), r.statusInfo(), Optional.of(transaction));
            case InviteUserResponse r ->
                sent.responded(r.inviteId().value(), r.answers().getFirst(), r.statusInfo(), Optional.of(transaction));
            default -> turn.ssp(new SspCommand.Answer(transaction, Status.of(StatusCode.NOT_IMPLEMENTED)));
        }
    }

    private void responded(SspRequestId request, Primitive response) {
        if (turn.membership.awaited().equals(Optional.of(request))) {
            memberships.answered(response);
        } else if (response instanceof InviteResponse r) {
            new InvitationsSent(turn)
                    .responded(r.inviteId().value(), r.answers().getFirst(), r.statusInfo(), Optional.empty());
        } else if (response instanceof GetJoinedMemberResponse r
                && r.statusInfo().isSuccess()) {
            new InvitationsSent(turn).listed(request, r);
        } else {
            answered(request, SspOutcome.code(response));
        }
    }

    private void failed(SspRequestId request, SspEvent.Cause cause) {
        if (turn.membership.awaited().equals(Optional.of(request))) {
            memberships.failed(cause);
        } else {
            answered(request, SspOutcome.code(cause));
        }
    }

    private void answered(SspRequestId request, int code) {
        if (code / 100 != 1) {
            new Farewells(turn).answered(request);
        }
        new InvitationsSent(turn).answered(request, code);
        boolean notIn = postings.answered(request, code);
        if (notIn && turn.membership instanceof Membership.Joined) {
            memberships.putOut(808, "not in the group any more");
        }
    }

    private void onDeadline() {
        new Farewells(turn).forget();
        postings.giveUp();
        new InvitationsSent(turn).giveUp();
        new InvitationsReceived(turn).giveUp();
        if (turn.membership.deadline().filter(turn::isPast).isPresent()) {
            memberships.timeUp();
        }
        if (turn.leg.deadline().filter(turn::isPast).isPresent()) {
            leg.on(new MemberLegEvent.TimeUp());
        }
    }

    /** The session moves to this node; what the host, or somebody invited, may not have heard is said again, under the same ids. */
    private void takenOver() {
        turn.stopping = false;
        toMember.release();
        memberships.askAgain();
        new Farewells(turn).sayAgain();
        new InvitationsSent(turn).askAgain();
        leg.on(new MemberLegEvent.TakenOver());
    }

    /** Whoever has a session is to be in, whoever has none is to be out; then what waits is sent. */
    private void settle() {
        boolean idle = turn.posted.isEmpty() && turn.due.isEmpty();
        if (turn.stopping && idle) {
            leg.on(new MemberLegEvent.Unwanted("the gateway stops"));
        }
        boolean wantsIn = switch (turn.leg) {
            case MemberLeg.Away s -> false;
            case MemberLeg.Offering s -> false;
            case MemberLeg.Inviting s -> false;
            case MemberLeg.Answering s -> true;
            case MemberLeg.Connecting s -> true;
            case MemberLeg.Open s -> true;
            case MemberLeg.Rebuilding s -> true;
        };
        if (wantsIn && turn.membership instanceof Membership.Outside) {
            memberships.enter();
        } else if (!wantsIn && turn.membership instanceof Membership.Joined) {
            memberships.leave();
        }
        postings.flush();
        toMember.flush();
    }
}
