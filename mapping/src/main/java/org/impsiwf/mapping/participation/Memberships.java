package org.impsiwf.mapping.participation;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.impsiwf.mapping.event.Command.Noted;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.participation.Membership.Entering;
import org.impsiwf.mapping.participation.Membership.Joined;
import org.impsiwf.mapping.participation.Membership.Leaving;
import org.impsiwf.mapping.participation.Membership.Outside;
import org.impsiwf.mapping.participation.Membership.Renaming;
import org.impsiwf.mapping.statuses.SspOutcome;
import org.impsiwf.msrp.event.ExchangeId;
import org.impsiwf.msrp.event.MsrpEvent;
import org.impsiwf.msrp.event.MsrpSessionId;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.event.SspRequestId;
import org.impsiwf.ssp.primitives.GroupPrimitive.JoinGroupResponse;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ScreenName;

/** The user's membership with the host: a switch over its state for each thing that can happen to it. */
final class Memberships {

    /** A host that is down gets to know of the leaving when it is back, within this many attempts. */
    private static final int MOST_ATTEMPTS = 20;

    private static final Duration AGAIN = Duration.ofSeconds(30);

    private final MemberTurn turn;

    Memberships(MemberTurn turn) {
        this.turn = turn;
    }

    /** The user wants to be in. */
    void enter() {
        SspRequestId request = askToJoin(turn.member.wantedName());
        turn.membership = new Entering(request, turn.in(turn.policy().answerWait()));
    }

    private SspRequestId askToJoin(String screenName) {
        SspRequestId request = turn.newSspRequest();
        askToJoin(request, screenName);
        return request;
    }

    private void askToJoin(SspRequestId request, String screenName) {
        turn.tellFocus(new Event.Entering(turn.key.text(), Participation.user(turn.key), turn.room.host()));
        turn.ssp(new SspCommand.SendRequest(
                request, turn.room.host(), GroupPhrases.join(turn, screenName, takesWhispers())));
    }

    /** What is asked of the host may not have left with the node that asked. */
    void askAgain() {
        switch (turn.membership) {
            case Entering s -> askToJoin(s.request(), turn.member.wantedName());
            case Renaming s when s.out() -> askToJoin(s.request(), s.target());
            case Renaming s -> askToLetGo(s.request());
            case Leaving s when !s.again() -> askToLetGo(s.request());
            case Leaving s -> waitOn();
            case Outside s -> waitOn();
            case Joined s -> waitOn();
        }
    }

    private void waitOn() {
        // Nothing is open; the line in the switch says so.
    }

    private boolean takesWhispers() {
        return switch (turn.leg) {
            case MemberLeg.Answering s ->
                s.far().filter(far -> far.takesWhispers()).isPresent();
            case MemberLeg.Connecting s ->
                s.far().filter(far -> far.takesWhispers()).isPresent();
            case MemberLeg.Open s -> s.far().takesWhispers();
            case MemberLeg.Away s -> true;
            case MemberLeg.Offering s -> true;
            case MemberLeg.Inviting s -> true;
            case MemberLeg.Rebuilding s -> true;
        };
    }

    /** The host has joined the user by itself (SSP 16.2.13). */
    void joinedByHost(Optional<String> screenName) {
        joined(screenName.orElse(turn.member.wantedName()), false);
        turn.tellFocus(entered(List.of()));
    }

    /** Nothing has changed for a long time. */
    void stillIn() {
        if (turn.membership instanceof Joined) {
            turn.tellFocus(entered(List.of()));
        }
    }

    private void joined(String screenName, boolean mayReturn) {
        turn.membership = new Joined(screenName, mayReturn);
    }

    private Event.Entered entered(List<String> present) {
        return new Event.Entered(
                turn.key.text(),
                Participation.user(turn.key),
                turn.room.host(),
                turn.screenName(),
                present,
                Optional.empty());
    }

    /** The user does not want to be in any more. */
    void leave() {
        new Postings(turn).refuseUnsent();
        askToLetGo(1);
        outForOthers();
    }

    private void askToLetGo(int attempt) {
        SspRequestId request = turn.newSspRequest();
        askToLetGo(request);
        turn.membership =
                new Leaving(request, attempt, false, turn.in(turn.policy().answerWait()));
    }

    private void askToLetGo(SspRequestId request) {
        turn.ssp(new SspCommand.SendRequest(request, turn.room.host(), GroupPhrases.leave(turn)));
    }

    private void outForOthers() {
        turn.due.clear();
        turn.tellFocus(new Event.Left(turn.key.text()));
    }

    /** The host has put the user out, or says that it is not in. */
    void putOut(int code, String reason) {
        if (turn.membership instanceof Renaming s) {
            new Nicknames(turn).answer(s, 403);
        }
        turn.membership = new Outside();
        outForOthers();
        new Postings(turn).refuseAll(808);
        new InvitationsSent(turn).abandon();
        new MemberLegRules(turn).on(new MemberLegEvent.Denied(code, reason));
        new InvitationsReceived(turn).answerAll(false, Optional.of(reason));
    }

    /** The final answer to a request of the membership's own. */
    void answered(Primitive response) {
        int code = SspOutcome.code(response);
        if (code / 100 == 1) {
            return;
        }
        // 807: already joined, which is what was asked for (SSP 17.2.3).
        boolean in = code == 200 || code == 807;
        switch (turn.membership) {
            case Entering s when in -> admitted(response);
            case Entering s -> putOut(code, "not let in");
            case Leaving s -> turn.membership = new Outside();
            case Renaming s when !s.out() && (code == 200 || code == 808) -> comeBack(s);
            case Renaming s when !s.out() -> named(s, s.before(), 403);
            case Renaming s when in -> cameBack(s, response);
            case Renaming s -> putOut(code, "not let in again");
            case Outside s -> late();
            case Joined s -> late();
        }
    }

    private void admitted(Primitive response) {
        boolean uninvited =
                turn.invited.isEmpty() && turn.replaced.isEmpty() && turn.leg instanceof MemberLeg.Answering;
        String asked = turn.member.wantedName();
        String given = given(response).orElse(asked);
        joined(given, uninvited && turn.toInvite.isEmpty());
        if (response instanceof JoinGroupResponse r) {
            turn.tellFocus(entered(r.joinedUserScreenNameList()));
            if (!given.equals(asked)) {
                new ToMember(turn).tell("The name " + asked + " is taken here, you are known as " + given + ".");
            }
            r.welcomeText()
                    .ifPresent(note -> new ToMember(turn)
                            .tell(
                                    note.contentType().orElse("text/plain"),
                                    note.data().bytes()));
        } else {
            turn.tellFocus(entered(List.of()));
        }
        new MemberLegRules(turn).on(new MemberLegEvent.Admitted());
    }

    private static Optional<String> given(Primitive response) {
        return response instanceof JoinGroupResponse r ? r.screenName().map(ScreenName::name) : Optional.empty();
    }

    /** No answer will come. What the host may have acted on all the same is taken back. */
    void failed(SspEvent.Cause cause) {
        int code = SspOutcome.code(cause);
        boolean mayHaveHappened = cause == SspEvent.Cause.NO_ANSWER;
        switch (turn.membership) {
            case Entering s -> {
                putOut(code, "no answer");
                if (mayHaveHappened) {
                    askToLetGo(1);
                }
            }
            case Leaving s
            when s.attempts() < MOST_ATTEMPTS ->
                turn.membership = new Leaving(s.request(), s.attempts(), true, turn.in(AGAIN));
            case Leaving s -> turn.membership = new Outside();
            case Renaming s when !s.out() && !mayHaveHappened -> named(s, s.before(), 408);
            case Renaming s -> {
                putOut(code, "no answer");
                askToLetGo(1);
            }
            case Outside s -> late();
            case Joined s -> late();
        }
    }

    void timeUp() {
        switch (turn.membership) {
            case Leaving s when s.again() -> askToLetGo(s.attempts() + 1);
            case Leaving s -> failed(SspEvent.Cause.NO_ANSWER);
            case Entering s -> failed(SspEvent.Cause.NO_ANSWER);
            case Renaming s -> failed(SspEvent.Cause.NO_ANSWER);
            case Outside s -> late();
            case Joined s -> late();
        }
    }

    /** The user wants another name: out, and in again under that one. */
    void rename(Joined s, String target, MsrpEvent.NicknameReceived e) {
        turn.membership = goingOut(s.screenName(), target, e.session(), e.exchange());
    }

    private Renaming goingOut(String before, String target, MsrpSessionId session, ExchangeId exchange) {
        SspRequestId request = turn.newSspRequest();
        askToLetGo(request);
        return new Renaming(
                before,
                target,
                false,
                request,
                session,
                exchange,
                turn.in(turn.policy().answerWait()));
    }

    private void comeBack(Renaming s) {
        turn.membership = new Renaming(
                s.before(),
                s.target(),
                true,
                askToJoin(s.target()),
                s.session(),
                s.exchange(),
                turn.in(turn.policy().answerWait()));
    }

    /** A host that has altered the name says that it is taken: the old one is asked for again (RFC 7701 §7.2). */
    private void cameBack(Renaming s, Primitive response) {
        String given = given(response).orElse(s.target());
        boolean taken = !given.equalsIgnoreCase(s.target());
        if (taken && !s.isWayBack()) {
            turn.membership = goingOut(s.before(), s.before(), s.session(), s.exchange());
            return;
        }
        named(s, given, s.isWayBack() ? 425 : 200);
        if (taken) {
            new ToMember(turn).tell("You are known here as " + given + " now.");
        }
        turn.tellFocus(entered(response instanceof JoinGroupResponse r ? r.joinedUserScreenNameList() : List.of()));
    }

    private void named(Renaming s, String screenName, int status) {
        joined(screenName, true);
        new Nicknames(turn).answer(s, status);
    }

    private void late() {
        turn.note(Noted.LATE_EVENT, "an answer about a membership that is settled");
    }
}
