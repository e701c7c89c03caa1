package org.impsiwf.mapping.participation;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.impsiwf.mapping.addresses.Address;
import org.impsiwf.mapping.event.Command.Noted;
import org.impsiwf.mapping.event.ConferenceKeys;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.participation.Participation.Invited;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.TransactionRef;
import org.impsiwf.ssp.primitives.Addressee;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteUserRequest;
import org.impsiwf.ssp.primitives.InviteType;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.User;

/** Invitations of the user into the group (SSP 13.1.7, 13.1.8, 16.2.13): each becomes an INVITE, and its outcome the answer. */
final class InvitationsReceived {

    private static final int MAX_OPEN = 10;

    /** However long an invitation may be valid, a telephone does not ring longer. */
    private static final Duration LONGEST = Duration.ofMinutes(3);

    private final MemberTurn turn;

    InvitationsReceived(MemberTurn turn) {
        this.turn = turn;
    }

    void received(TransactionRef transaction, InviteRequest r) {
        received(
                transaction,
                invited(
                        transaction,
                        r.inviteId().value(),
                        r.invitingUser(),
                        r.ownScreenName(),
                        false,
                        r.inviteType(),
                        r.validity()));
    }

    void received(TransactionRef transaction, InviteUserRequest r) {
        received(
                transaction,
                invited(
                        transaction,
                        r.inviteId().value(),
                        r.invitingUser(),
                        r.ownScreenName(),
                        true,
                        r.inviteType(),
                        r.validity()));
    }

    private Invited invited(
            TransactionRef transaction,
            String id,
            Addressee inviting,
            Optional<ScreenName> screenName,
            boolean byHost,
            InviteType type,
            Optional<Duration> validity) {
        Duration wait = validity.orElse(turn.policy().conferences().extensionWait());
        return new Invited(
                id,
                inviting instanceof User user ? user.userId().value() : "",
                (inviting instanceof ScreenName name ? Optional.of(name) : screenName).map(ScreenName::name),
                transaction.peer(),
                byHost,
                type == InviteType.EC,
                turn.in(wait.compareTo(LONGEST) < 0 ? wait : LONGEST));
    }

    private void received(TransactionRef transaction, Invited invited) {
        if (turn.invited.size() >= MAX_OPEN) {
            answer(transaction, StatusCode.MESSAGE_QUEUE_IS_FULL);
            return;
        }
        answer(transaction, StatusCode.SUCCESSFUL);
        turn.invited.removeIf(known -> known.inviteId().equals(invited.inviteId()));
        turn.invited.add(invited);
        switch (turn.leg) {
            case MemberLeg.Away s -> begin(invited);
            case MemberLeg.Open s -> answerAll(true, Optional.empty());
            case MemberLeg.Rebuilding s -> answerAll(true, Optional.empty());
            case MemberLeg.Connecting s -> answerAll(true, Optional.empty());
            case MemberLeg.Answering s -> awaitOutcome();
            case MemberLeg.Offering s -> awaitOutcome();
            case MemberLeg.Inviting s -> awaitOutcome();
        }
    }

    private void awaitOutcome() {
        // A session is on its way already; its outcome is the answer.
    }

    /** A talk of the two is to become the group: which session is that? */
    private void begin(Invited invited) {
        Optional<Address> inviter = Address.tryParse(invited.inviter()).filter(any -> invited.extendsTalk());
        Optional<Address> user = Address.tryParse(turn.member.sipUri());
        boolean asked = inviter.isPresent() && user.isPresent();
        if (asked) {
            turn.tell(
                    ConferenceKeys.replacementOf(user.get(), inviter.get(), turn.policy()),
                    new Event.ReplacementSought(turn.key.text()));
        }
        new MemberLegRules(turn).on(new MemberLegEvent.Wanted(asked));
    }

    /** Before the answer the INVITE is withdrawn; after it the user stays (SSP 13.1.8.1); an id that was never seen is 423. */
    void cancelled(TransactionRef transaction, String inviteId) {
        boolean open = turn.invited.removeIf(known -> known.inviteId().equals(inviteId));
        if (!open && !turn.wasTaken(takenId(inviteId))) {
            answer(transaction, StatusCode.INVALID_INVITATION_ID);
            return;
        }
        answer(transaction, StatusCode.SUCCESSFUL);
        boolean ours = turn.leg instanceof MemberLeg.Offering || turn.leg instanceof MemberLeg.Inviting;
        if (ours && turn.invited.isEmpty()) {
            new MemberLegRules(turn).on(new MemberLegEvent.Unwanted("invitation cancelled"));
        }
    }

    void answerAll(boolean accepted, Optional<String> note) {
        for (Invited invited : List.copyOf(turn.invited)) {
            respond(invited, accepted, note);
        }
    }

    private void respond(Invited invited, boolean accepted, Optional<String> note) {
        turn.invited.remove(invited);
        turn.remember(takenId(invited.inviteId()));
        new Farewells(turn).respond(invited, accepted, note);
    }

    void giveUp() {
        for (Invited invited : List.copyOf(turn.invited)) {
            if (turn.isPast(invited.until())) {
                turn.note(Noted.DEADLINE_PASSED, "an invitation was not answered in time");
                respond(invited, false, Optional.of("not available"));
            }
        }
        boolean ours = turn.leg instanceof MemberLeg.Offering || turn.leg instanceof MemberLeg.Inviting;
        if (ours && turn.invited.isEmpty()) {
            new MemberLegRules(turn).on(new MemberLegEvent.Unwanted("not answered in time"));
        }
    }

    /** SIP URI of who has invited last. */
    Optional<String> inviter() {
        return turn.invited.isEmpty()
                ? Optional.empty()
                : Address.tryParse(turn.invited.getLast().inviter()).map(Address::sipUri);
    }

    private void answer(TransactionRef transaction, StatusCode code) {
        turn.ssp(new SspCommand.Answer(transaction, Status.of(code)));
    }

    private static String takenId(String inviteId) {
        return "invite:" + inviteId;
    }
}
