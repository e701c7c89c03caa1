package org.impsiwf.mapping.conversation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.impsiwf.mapping.conversation.Conversation.Invited;
import org.impsiwf.mapping.conversation.Conversation.Taken;
import org.impsiwf.mapping.event.Command.Noted;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.TransactionRef;
import org.impsiwf.ssp.primitives.InvitationPrimitive.CancelInviteRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteResponse;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;

/**
 * Invitations to a talk (InviteRequest, IM) of the IMPS user, and his answers to ours (SSP 13.1.7, 13.1.8). The
 * InviteResponse is a request of its own to us; the SSP edge gives it the Transaction-ID of its InviteRequest (D-10).
 */
final class Invitations {

    private static final int MAX_OPEN = 10;

    private final Turn turn;

    Invitations(Turn turn) {
        this.turn = turn;
    }

    void received(TransactionRef transaction, InviteRequest request) {
        String id = request.inviteId().value();
        if (turn.invitations.size() >= MAX_OPEN) {
            answer(transaction, Status.of(StatusCode.MESSAGE_QUEUE_IS_FULL));
            return;
        }
        answer(transaction, Status.of(200));
        turn.invitations.removeIf(known -> known.inviteId().equals(id));
        Duration wait = turn.policy().invitationWait().plus(turn.policy().connectWait());
        Instant until = turn.in(request.validity()
                .filter(validity -> validity.compareTo(wait) < 0)
                .orElse(wait));
        turn.invitations.add(new Invited(id, until));
        switch (turn.leg) {
            case Leg.Open open -> answerAll(true, Optional.empty());
            case Leg.NoSession none -> new LegRules(turn).on(new LegEvent.Wanted());
            case Leg.Answering s -> awaitOutcome();
            case Leg.Offering s -> awaitOutcome();
            case Leg.Inviting s -> awaitOutcome();
            case Leg.Connecting s -> awaitOutcome();
            case Leg.Rebuilding s -> awaitOutcome();
            case Leg.Leaving s -> awaitOutcome();
        }
    }

    private void awaitOutcome() {
        // A session is on its way already; its outcome is the answer.
    }

    /** Before the answer the INVITE is withdrawn, after it the session ends; an id that was never seen is 423. */
    void cancelled(TransactionRef transaction, CancelInviteRequest request) {
        String id = request.inviteId().value();
        boolean open = turn.invitations.removeIf(known -> known.inviteId().equals(id));
        boolean accepted = turn.wasTaken(takenId(id));
        if (!open && !accepted) {
            answer(transaction, Status.of(StatusCode.INVALID_INVITATION_ID));
            return;
        }
        answer(transaction, Status.of(200));
        boolean stillWanted = !turn.toSip.isEmpty() || !turn.invitations.isEmpty();
        boolean ours = turn.leg instanceof Leg.Offering || turn.leg instanceof Leg.Inviting;
        if (accepted) {
            new Becomings(turn).partnerLeft();
        }
        if (accepted || (ours && !stillWanted)) {
            new LegRules(turn).on(new LegEvent.Unwanted("invitation cancelled"));
        }
    }

    /** The IMPS user's answer to our InviteRequest, in whichever transaction it came (D-10). */
    void answered(InviteResponse response, Optional<TransactionRef> transaction) {
        boolean awaited = turn.leg instanceof Leg.Answering s
                && s.invitation()
                        .filter(ours ->
                                ours.inviteId().equals(response.inviteId().value()))
                        .isPresent();
        transaction.ifPresent(
                ref -> answer(ref, Status.of(awaited ? StatusCode.SUCCESSFUL : StatusCode.INVALID_INVITATION_ID)));
        if (!awaited) {
            turn.note(Noted.LATE_EVENT, "an InviteResponse that nobody waits for");
            return;
        }
        // 825 reads as "declined" on the SIP side, 603.
        int refused =
                response.statusInfo().isSuccess() ? 825 : response.statusInfo().statusCode();
        new LegRules(turn).on(new LegEvent.ImpsAnswered(response.inviteAcceptance() ? 200 : refused));
    }

    void answerAll(boolean accepted, Optional<String> note) {
        for (Invited invited : List.copyOf(turn.invitations)) {
            turn.invitations.remove(invited);
            respond(invited, accepted, note);
        }
    }

    private void respond(Invited invited, boolean accepted, Optional<String> note) {
        if (accepted) {
            turn.remember(takenId(invited.inviteId()));
        }
        new Farewells(turn).respond(invited, accepted, note);
    }

    void giveUp() {
        for (Invited invited : List.copyOf(turn.invitations)) {
            if (turn.isPast(invited.until())) {
                turn.invitations.remove(invited);
                respond(invited, false, Optional.of("not available"));
            }
        }
    }

    private void answer(TransactionRef transaction, Primitive primitive) {
        turn.ssp(new SspCommand.Answer(transaction, primitive));
    }

    private static String takenId(String inviteId) {
        return Taken.OF_INVITATION + inviteId;
    }
}
