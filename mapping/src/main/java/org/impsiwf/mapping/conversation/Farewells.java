package org.impsiwf.mapping.conversation;

import java.util.Optional;
import org.impsiwf.mapping.conversation.Conversation.Farewell;
import org.impsiwf.mapping.conversation.Conversation.Farewell.HungUp;
import org.impsiwf.mapping.conversation.Conversation.Farewell.Responded;
import org.impsiwf.mapping.conversation.Conversation.Invited;
import org.impsiwf.mapping.decision.Partings;
import org.impsiwf.sip.event.InviteUsageId;
import org.impsiwf.sip.event.SipCommand.EndUsage;
import org.impsiwf.ssp.event.SspCommand;

/** The last that the IMPS user hears of an invitation, and the SIP user's client of a session. */
final class Farewells extends Partings<Farewell> {

    private final Turn turn;

    Farewells(Turn turn) {
        super(turn, turn.farewells);
        this.turn = turn;
    }

    void respond(Invited invited, boolean accepted, Optional<String> note) {
        say(new Responded(turn.newSspRequest(), invited.inviteId(), accepted, note, until()));
    }

    void hangUp(InviteUsageId usage, String reason) {
        say(new HungUp(usage, Optional.of(reason), until()));
    }

    @Override
    protected void order(Farewell farewell) {
        switch (farewell) {
            case Responded(var request, String inviteId, boolean accepted, var note, var until) ->
                turn.ssp(new SspCommand.SendRequest(
                        request,
                        turn.parties.peer(),
                        SspPhrases.invitationAnswer(turn.parties, inviteId, accepted, note)));
            case HungUp(var usage, var reason, var until) -> turn.sip(new EndUsage(usage, reason));
        }
    }
}
