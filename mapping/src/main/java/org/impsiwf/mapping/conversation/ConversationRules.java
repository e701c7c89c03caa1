package org.impsiwf.mapping.conversation;

import java.util.List;
import java.util.Optional;
import org.impsiwf.mapping.content.InstantMessage;
import org.impsiwf.mapping.event.Command;
import org.impsiwf.mapping.event.Command.Noted;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.MailboxKey;
import org.impsiwf.mapping.event.Moment;
import org.impsiwf.mapping.event.Origin;
import org.impsiwf.mapping.statuses.MsrpToSsp;
import org.impsiwf.mapping.statuses.SspOutcome;
import org.impsiwf.msrp.event.MsrpCommand;
import org.impsiwf.msrp.event.MsrpEvent;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.event.SspRequestId;
import org.impsiwf.ssp.event.TransactionRef;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.CancelInviteRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteResponse;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;

/**
 * Decides for one conversation. Which part hears an event is said here, once; what it means in each state of the session
 * is said in {@link LegRules}.
 */
public final class ConversationRules {

    private final Turn turn;
    private final LegRules leg;
    private final TowardsSip towardsSip;
    private final TowardsImps towardsImps;

    private ConversationRules(Turn turn) {
        this.turn = turn;
        this.leg = new LegRules(turn);
        this.towardsSip = new TowardsSip(turn);
        this.towardsImps = new TowardsImps(turn);
    }

    /** What one event made of a conversation. */
    public record Outcome(Conversation next, List<Command> commands) {}

    /**
     * The next state and the orders.
     *
     * @param before empty when the two have no conversation yet; {@code parties} then starts one
     */
    public static Outcome decide(
            MailboxKey key, Optional<Conversation> before, Parties parties, Event event, Moment moment) {
        Turn turn = new Turn(key, before.orElseGet(() -> Conversation.between(parties)), moment);
        ConversationRules rules = new ConversationRules(turn);
        rules.on(event);
        rules.leaveWhenDone();
        rules.towardsSip.flush();
        rules.stopWhenDone();
        return new Outcome(turn.after(), turn.commands());
    }

    private void on(Event event) {
        switch (event) {
            case Event.Sip(SipEvent.OfConference e) -> new Becomings(turn).notHere(e);
            case Event.Sip(SipEvent.OfUsage e) when new Becomings(turn).passedOn(e) -> turn.stay();
            case Event.Sip(SipEvent.OfUsage e) -> leg.on(new LegEvent.OfUsage(e));
            case Event.Sip(SipEvent.MessageReceived e) -> new FromSip(turn).inMessage(e);
            case Event.Sip(SipEvent.MessageAnswered(var request, var response)) ->
                towardsSip.answered(request, response.status());
            case Event.Msrp(MsrpEvent e) -> onMsrp(e);
            case Event.Ssp(SspEvent e) -> onSsp(e);
            case Event.MessageShared(Origin origin, InstantMessage message) -> towardsSip.accept(origin, message);
            case Event.ReportDue e -> new Reports(turn).due(e);
            case Event.DeadlineReached e -> onDeadline();
            case Event.Draining e -> turn.stopping = true;
            case Event.TakenOver e -> takenOver();
            case Event.ShareConcluded e -> misrouted(event);
            case Event.DeliveryTracked e -> misrouted(event);
            case Event.DeliveryForgotten e -> misrouted(event);
            case Event.DeliveryAliased e -> misrouted(event);
            case Event.DeliveryReported e -> misrouted(event);
            case Event.TalkSought e -> new Becomings(turn).sought(e);
            case Event.ExtensionOver(String extension) -> new Becomings(turn).over(extension);
            case Event.ReplacementSought(String participation) -> new Becomings(turn).replacementSought(participation);
            case Event.SessionReplaced e -> new Becomings(turn).replaced(e);
            case Event.OfConference e -> misrouted(event);
        }
    }

    private void onMsrp(MsrpEvent event) {
        switch (event) {
            case MsrpEvent.SessionPrepared e -> leg.on(new LegEvent.Prepared(e));
            case MsrpEvent.SessionConnected e -> leg.on(new LegEvent.Connected(e));
            case MsrpEvent.SessionFailed e -> leg.on(new LegEvent.Failed(e));
            case MsrpEvent.MessageReceived e -> new FromSip(turn).inSession(e);
            case MsrpEvent.NicknameReceived e ->
                turn.msrp(new MsrpCommand.AnswerNickname(e.session(), e.exchange(), 501, Optional.empty()));
            case MsrpEvent.OfLargeMessage e ->
                turn.note(Noted.OUR_MISTAKE, e.getClass().getSimpleName() + " in a talk of two");
            case MsrpEvent.MessageAccepted e -> towardsSip.accepted(e.session(), e.messageId());
            case MsrpEvent.MessageRefused e -> {
                if (towardsSip.refused(e.session(), e.messageId(), e.status())) {
                    leg.on(new LegEvent.Broken());
                }
            }
            case MsrpEvent.ReportReceived e -> towardsSip.reported(e.messageId(), MsrpToSsp.code(e.status()));
        }
    }

    private void onSsp(SspEvent event) {
        switch (event) {
            case SspEvent.RequestReceived e -> requested(e.transaction(), e.request());
            case SspEvent.ResponseReceived e -> responded(e.request(), e.response());
            case SspEvent.RequestFailed e -> {
                new Farewells(turn).answered(e.request());
                invitationFailed(e.request(), SspOutcome.code(e.cause()));
                towardsImps.failed(e.request(), e.cause());
            }
            case SspEvent.PeerUp e -> misrouted(new Event.Ssp(event));
            case SspEvent.PeerDown e -> misrouted(new Event.Ssp(event));
        }
    }

    private void requested(TransactionRef transaction, Primitive request) {
        switch (request) {
            case SendMessageRequest r -> towardsSip.accept(new Origin.InTransaction(transaction), Submitted.single(r));
            case InviteRequest r -> new Invitations(turn).received(transaction, r);
            case CancelInviteRequest r -> new Invitations(turn).cancelled(transaction, r);
            case InviteResponse r -> new Invitations(turn).answered(r, Optional.of(transaction));
            default -> turn.ssp(new SspCommand.Answer(transaction, Status.of(StatusCode.NOT_IMPLEMENTED)));
        }
    }

    private void responded(SspRequestId request, Primitive response) {
        if (!(response instanceof Status status && status.isProvisional())) {
            new Farewells(turn).answered(request);
        }
        switch (response) {
            case InviteResponse r -> new Invitations(turn).answered(r, Optional.empty());
            case Status status
            when !status.isSuccess() && !status.isProvisional() -> {
                invitationFailed(request, status.statusCode());
                towardsImps.responded(request, status);
            }
            default -> towardsImps.responded(request, response);
        }
    }

    private void invitationFailed(SspRequestId request, int code) {
        boolean ours = turn.leg instanceof Leg.Answering s
                && s.invitation().filter(i -> i.request().equals(request)).isPresent();
        if (ours) {
            leg.on(new LegEvent.ImpsAnswered(code));
        }
    }

    private void onDeadline() {
        new Farewells(turn).forget();
        towardsImps.giveUp();
        towardsSip.giveUp();
        new Invitations(turn).giveUp();
        boolean nobodyWaits = turn.toSip.isEmpty() && turn.invitations.isEmpty();
        if (turn.leg.deadline().filter(turn::isPast).isPresent()) {
            leg.on(new LegEvent.TimeUp());
        } else if (nobodyWaits && (turn.leg instanceof Leg.Offering || turn.leg instanceof Leg.Inviting)) {
            leg.on(new LegEvent.Unwanted("nobody waits for it any more"));
        }
    }

    /**
     * What went out unanswered goes out again, under the same ids; the session moves to this node. Senders whose messages wait for
     * an answer in a lost transaction repeat them by themselves.
     */
    private void takenOver() {
        turn.stopping = false;
        new Farewells(turn).sayAgain();
        towardsSip.sendAgain();
        leg.on(new LegEvent.TakenOver());
        if (turn.leg instanceof Leg.NoSession && !turn.invitations.isEmpty()) {
            leg.on(new LegEvent.Wanted());
        }
    }

    private void leaveWhenDone() {
        new OpenLegActions(turn).leaveWhenDone();
    }

    /** What is in flight gets its answer; then the session ends. */
    private void stopWhenDone() {
        boolean done = turn.toImps.isEmpty() && turn.toSip.isEmpty() && turn.invitations.isEmpty();
        if (turn.stopping && done) {
            leg.on(new LegEvent.Unwanted("the gateway stops"));
        }
    }

    private void misrouted(Event event) {
        turn.note(Noted.OUR_MISTAKE, event.getClass().getSimpleName() + " in a conversation");
    }
}
