package org.impsiwf.mapping.participation;

import java.util.Optional;
import org.impsiwf.mapping.decision.Partings;
import org.impsiwf.mapping.participation.Participation.Farewell;
import org.impsiwf.mapping.participation.Participation.Farewell.HungUp;
import org.impsiwf.mapping.participation.Participation.Farewell.Responded;
import org.impsiwf.mapping.participation.Participation.Invited;
import org.impsiwf.sip.event.InviteUsageId;
import org.impsiwf.sip.event.SipCommand.EndUsage;
import org.impsiwf.ssp.event.SspCommand;

/** The last that an inviter, or the user's client, hears of the participation. */
final class Farewells extends Partings<Farewell> {

    private final MemberTurn turn;

    Farewells(MemberTurn turn) {
        super(turn, turn.farewells);
        this.turn = turn;
    }

    void respond(Invited invited, boolean accepted, Optional<String> note) {
        say(new Responded(turn.newSspRequest(), invited, accepted, note, until()));
    }

    void hangUp(InviteUsageId usage, String reason) {
        say(new HungUp(usage, Optional.of(reason), until()));
    }

    @Override
    protected void order(Farewell farewell) {
        switch (farewell) {
            case Responded(var request, var invited, boolean accepted, var note, var until) ->
                turn.ssp(new SspCommand.SendRequest(
                        request, invited.peer(), GroupPhrases.invitationAnswer(turn, invited, accepted, note)));
            case HungUp(var usage, var reason, var until) -> turn.sip(new EndUsage(usage, reason));
        }
    }
}
