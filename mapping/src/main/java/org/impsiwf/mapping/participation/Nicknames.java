package org.impsiwf.mapping.participation;

import java.util.Optional;
import org.impsiwf.mapping.addresses.Names;
import org.impsiwf.msrp.event.MsrpCommand;
import org.impsiwf.msrp.event.MsrpEvent;

/** NICKNAME (RFC 7701 §7): the screen name that the group is to know the user by. */
final class Nicknames {

    private final MemberTurn turn;

    Nicknames(MemberTurn turn) {
        this.turn = turn;
    }

    /** An empty one gives up the nickname: the user is called again as when it came. */
    void wanted(MsrpEvent.NicknameReceived e) {
        if (!turn.leg.session().equals(Optional.of(e.session()))) {
            answer(e, 481);
            return;
        }
        String name = e.nickname().filter(text -> !text.isEmpty()).orElse(turn.member.wantedName());
        boolean clean = Names.clean(Optional.of(name)).filter(name::equals).isPresent();
        if (!clean) {
            answer(e, 424);
            return;
        }
        switch (turn.membership) {
            case Membership.Joined s when s.screenName().equals(name) -> answer(e, 200);
            case Membership.Joined s when s.mayReturn() -> new Memberships(turn).rename(s, name, e);
            // A group that lets in whom it has invited, or ends with its last member, might not let it in again.
            case Membership.Joined s -> answer(e, 403);
            case Membership.Renaming s -> answer(e, 403);
            case Membership.Entering s -> answer(e, 403);
            case Membership.Outside s -> answer(e, 403);
            case Membership.Leaving s -> answer(e, 403);
        }
    }

    private void answer(MsrpEvent.NicknameReceived e, int status) {
        turn.msrp(new MsrpCommand.AnswerNickname(e.session(), e.exchange(), status, Optional.empty()));
    }

    void answer(Membership.Renaming s, int status) {
        turn.msrp(new MsrpCommand.AnswerNickname(s.session(), s.exchange(), status, Optional.empty()));
    }
}
