package org.impsiwf.mapping.conference;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.impsiwf.mapping.conference.Focus.Participant;
import org.impsiwf.mapping.conference.Focus.Trait;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.Event.LargeMessage;
import org.impsiwf.mapping.event.Event.RelaySought;
import org.impsiwf.msrp.event.MsrpCommand;
import org.impsiwf.msrp.event.MsrpCommand.AnswerMessage;
import org.impsiwf.msrp.event.MsrpCommand.CollectMessage;
import org.impsiwf.msrp.event.MsrpCommand.RelayMessage;

/**
 * Whether something large that a member wants to say goes to the SIP users while it comes in, or is collected and goes to all by
 * the host. The host has it whole where anybody needs that and it is small enough: who is no SIP user, or the group's history.
 */
final class LargeMessages {

    private final FocusTurn turn;

    LargeMessages(FocusTurn turn) {
        this.turn = turn;
    }

    void sought(RelaySought e) {
        Optional<String> sender = turn.userOf(e.participation())
                .filter(user -> turn.participant(user).filter(Participant::isIn).isPresent());
        if (sender.isEmpty()) {
            refuse(e.message(), 481);
        } else if (e.to().isPresent()) {
            whispered(e, e.to().get());
        } else {
            said(e, sender.get());
        }
    }

    private void said(RelaySought e, String sender) {
        int others = turn.roster.connected() - turn.in();
        boolean sipUsersOnly = turn.description.complete() && others <= 0;
        boolean recorded =
                !turn.description.known() || turn.description.traits().contains(Trait.RECORDED);
        if (mayBeCollected(e.message().size()) && (!sipUsersOnly || recorded)) {
            collect(e.message());
            return;
        }
        List<String> users = turn.participants.entrySet().stream()
                .filter(entry -> entry.getValue().isIn() && !entry.getKey().equals(sender))
                .map(Map.Entry::getKey)
                .toList();
        relay(e.message(), users, /* privately= */ false);
        if (others > 0) {
            turn.tell(turn.participationOf(sender), new Event.RelayNarrowed(others));
        }
    }

    /** What somebody says to one alone is judged by the host, as long as the host can have it. */
    private void whispered(RelaySought e, String name) {
        Optional<String> user = turn.participants.entrySet().stream()
                .filter(entry -> entry.getValue().isCalled(name))
                .map(Map.Entry::getKey)
                .findFirst();
        boolean forbidden = turn.description.traits().contains(Trait.OPEN_SPEECH);
        if (mayBeCollected(e.message().size())) {
            collect(e.message());
        } else if (user.isEmpty()) {
            boolean member = turn.roster
                    .find(Roster.ofName(name))
                    .filter(known -> !known.isGone())
                    .isPresent();
            refuse(e.message(), member ? 413 : 404);
        } else if (forbidden) {
            refuse(e.message(), 403);
        } else {
            relay(e.message(), List.of(user.get()), /* privately= */ true);
        }
    }

    /** One whose size nobody knows is taken for one that may be, where it has to be; else it ends with 413. */
    private boolean mayBeCollected(OptionalLong size) {
        return size.isEmpty() || size.getAsLong() <= turn.policy().maxMessageSize();
    }

    private void relay(LargeMessage message, List<String> users, boolean privately) {
        users.forEach(user -> turn.tell(turn.participationOf(user), new Event.RelayOffered(message, privately)));
        order(new RelayMessage(message.session(), message.exchange(), message.head(), users.size()));
    }

    private void collect(LargeMessage message) {
        order(new CollectMessage(message.session(), message.exchange()));
    }

    private void refuse(LargeMessage message, int status) {
        order(new AnswerMessage(message.session(), message.exchange(), status, Optional.empty()));
    }

    private void order(MsrpCommand command) {
        turn.msrp(command);
    }
}
