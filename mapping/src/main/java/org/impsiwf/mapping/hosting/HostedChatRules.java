package org.impsiwf.mapping.hosting;

import java.util.List;
import java.util.Optional;
import org.impsiwf.mapping.decision.Orders;
import org.impsiwf.mapping.event.Command;
import org.impsiwf.mapping.event.Command.Noted;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.MailboxKey;
import org.impsiwf.mapping.event.Moment;
import org.impsiwf.mapping.hosting.Seat.Crossing;
import org.impsiwf.mapping.hosting.Seat.Guest;
import org.impsiwf.mapping.hosting.Seat.Standing;
import org.impsiwf.sip.event.InviteUsageId;
import org.impsiwf.sip.event.MessageMedia;
import org.impsiwf.sip.event.SipCommand;
import org.impsiwf.sip.event.SipCommand.Response;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.sip.event.SipEvent.FinalResponse;

/** Decides for {@link HostedChat}: passes invitations, answers and farewells between the host and each invitee. */
public final class HostedChatRules {

    private final Hosting hosting;

    private HostedChatRules(Hosting hosting) {
        this.hosting = hosting;
    }

    /** What to save, nothing when it is over, and what to do then. */
    public record Outcome(Optional<HostedChat> next, List<Command> commands) {}

    public static Outcome decide(MailboxKey key, Optional<HostedChat> before, Event event, Moment moment) {
        if (before.isEmpty()) {
            return begin(key, event, moment);
        }
        HostedChat chat = before.get();
        var hosting = new Hosting(key, chat, moment);
        var rules = new HostedChatRules(hosting);
        switch (event) {
            case Event.Sip(SipEvent.OfUsage e) -> rules.on(e);
            case Event.DeadlineReached d -> rules.deadline(chat);
            case Event.Draining d -> hosting.endAll();
            case Event.TakenOver t -> rules.takenOver();
            default -> hosting.note(Noted.LATE_EVENT, "no matter of a hosted chat");
        }
        return hosting.outcome(chat);
    }

    private static Outcome begin(MailboxKey key, Event event, Moment moment) {
        if (event instanceof Event.Sip(SipEvent.InviteReceived invite)) {
            var hosting = new Hosting(key, invite.usage(), moment);
            new Guests(hosting, invite).invite();
            return hosting.begun();
        }
        return new Outcome(
                Optional.empty(), List.of(new Command.Note(Noted.LATE_EVENT, "event of a hosted chat that is over")));
    }

    private void on(SipEvent.OfUsage event) {
        Optional<Seat> invited = hosting.find(seat -> seat.isInvitation(event.usage()));
        Optional<Seat> dialog = hosting.find(seat -> seat.towardsHost().equals(event.usage()));
        if (invited.isPresent()) {
            ofGuest(invited.get(), event);
        } else if (dialog.isPresent()) {
            ofHost(dialog.get(), event);
        } else if (event instanceof SipEvent.InviteCancelled && event.usage().equals(hosting.invitation)) {
            hosting.endAll();
        } else {
            hosting.note(Noted.LATE_EVENT, "a usage of nobody in the chat");
        }
    }

    /** On the way to an invitee. */
    private void ofGuest(Seat seat, SipEvent.OfUsage event) {
        switch (event) {
            case SipEvent.InviteProgressed p
            when p.status() >= 180 && !hosting.isSettled() ->
                hosting.sip(new SipCommand.RingInvite(hosting.invitation));
            case SipEvent.InviteProgressed p -> hosting.note(Noted.LATE_EVENT, "a provisional response");
            case SipEvent.InviteAccepted accepted when seat.is(Standing.ASKED) -> seated(seat, accepted.answer());
            case SipEvent.InviteAccepted late -> hosting.sip(new SipCommand.EndUsage(late.usage(), Optional.empty()));
            case SipEvent.InviteRefused(InviteUsageId usage, FinalResponse response) -> {
                hosting.leave(seat, true, true);
                hosting.settle(passedOn(response));
            }
            case SipEvent.ByeReceived b -> guestLeft(seat);
            case SipEvent.UsageEnded e -> guestLeft(seat);
            case SipEvent.ReinviteReceived r -> cross(seat, r, false);
            case SipEvent.ReinviteAnswered r -> crossed(seat, r);
            case SipEvent.AckReceived a -> {} // of a re-INVITE
            case SipEvent.InviteReceived i -> hosting.note(Noted.OUR_MISTAKE, "an INVITE under an id of ours");
            case SipEvent.InviteCancelled c -> hosting.note(Noted.OUR_MISTAKE, "a CANCEL of our INVITE");
        }
    }

    /** Steps 6 and 7: the invitee's answer, with the path that it has connected from, is the host's. */
    private void seated(Seat seat, MessageMedia answer) {
        hosting.put(seat, seat.now(Standing.IN));
        hosting.sip(new SipCommand.ForkInvite(hosting.invitation, seat.towardsHost()));
        hosting.sip(new SipCommand.AcceptInvite(seat.towardsHost(), answer, Optional.empty(), hosting.leftOut()));
        hosting.settle(Response.of(480));
    }

    private static Response passedOn(FinalResponse response) {
        return Response.of(response.status() < 400 ? 480 : response.status());
    }

    /** Step 15: it leaves the chat, nobody else does. */
    private void guestLeft(Seat seat) {
        hosting.leave(seat, true, false);
        hosting.settle(Response.of(480));
    }

    /** In the dialog with the host that is one invitee's. */
    private void ofHost(Seat seat, SipEvent.OfUsage event) {
        if (seat.guest() instanceof Guest.OfImps(String address, String talk)) {
            ofHostForImps(seat, talk, event);
            return;
        }
        switch (event) {
            case SipEvent.AckReceived a -> {} // steps 8 and 9: the invitee's 2xx has its ACK from the edge
            case SipEvent.ByeReceived b -> hostLeft(seat);
            case SipEvent.UsageEnded e -> dialogLost(seat);
            case SipEvent.InviteCancelled c -> dialogLost(seat);
            case SipEvent.ReinviteReceived r -> cross(seat, r, true);
            case SipEvent.ReinviteAnswered r -> crossed(seat, r);
            case SipEvent.InviteReceived i -> hosting.note(Noted.OUR_MISTAKE, "an INVITE under an id of ours");
            case SipEvent.InviteProgressed p -> hosting.note(Noted.OUR_MISTAKE, "an answer of the host's");
            case SipEvent.InviteAccepted a -> hosting.note(Noted.OUR_MISTAKE, "an answer of the host's");
            case SipEvent.InviteRefused r -> hosting.note(Noted.OUR_MISTAKE, "an answer of the host's");
        }
    }

    /** The talk with the IMPS user has to hear all of it; the chat only who is in. */
    private void ofHostForImps(Seat seat, String talk, SipEvent.OfUsage event) {
        if (seat.is(Standing.GONE)) {
            return;
        }
        boolean fromTheTalk =
                event instanceof SipEvent.UsageEnded(var usage, var cause) && cause.equals(Orders.GIVEN_BACK);
        if (!fromTheTalk) {
            hosting.tellTalk(talk, event);
        }
        switch (event) {
            case SipEvent.AckReceived a
            when seat.is(Standing.ASKED) -> {
                hosting.put(seat, seat.now(Standing.IN));
                hosting.settle(Response.of(480));
            }
            case SipEvent.ByeReceived b -> {
                hosting.leave(seat, true, true);
                hosting.endAll();
            }
            case SipEvent.UsageEnded e -> {
                hosting.leave(seat, true, true);
                hosting.settle(Response.of(480));
            }
            case SipEvent.InviteCancelled c -> {
                hosting.leave(seat, true, true);
                hosting.settle(Response.of(480));
            }
            default -> {} // the talk's business alone
        }
    }

    /** Steps 16 to 20: whichever of its dialogs it says so in. */
    private void hostLeft(Seat seat) {
        hosting.leave(seat, false, true);
        hosting.endAll();
    }

    private void dialogLost(Seat seat) {
        hosting.leave(seat, false, true);
        hosting.settle(Response.of(480));
    }

    /** A re-INVITE of one side is the other's to answer. */
    private void cross(Seat seat, SipEvent.ReinviteReceived asked, boolean fromHost) {
        if (seat.crossing().isPresent()
                || !seat.is(Standing.IN)
                || asked.offer().isEmpty()) {
            int status = asked.offer().isEmpty() ? 488 : 491;
            hosting.sip(new SipCommand.RefuseReinvite(asked.usage(), asked.transaction(), Response.of(status)));
            return;
        }
        hosting.put(seat, seat.with(Optional.of(new Crossing(fromHost, asked.transaction()))));
        InviteUsageId other = fromHost ? invitation(seat) : seat.towardsHost();
        hosting.sip(new SipCommand.SendReinvite(other, asked.offer().get()));
    }

    private void crossed(Seat seat, SipEvent.ReinviteAnswered answered) {
        if (seat.crossing().isEmpty()) {
            hosting.note(Noted.LATE_EVENT, "an answer to a re-INVITE that nobody waits for");
            return;
        }
        Crossing crossing = seat.crossing().get();
        hosting.put(seat, seat.with(Optional.empty()));
        InviteUsageId asker = crossing.fromHost() ? seat.towardsHost() : invitation(seat);
        hosting.sip(answered.answer()
                .<SipCommand>map(media -> new SipCommand.AcceptReinvite(asker, crossing.transaction(), media))
                .orElseGet(() ->
                        new SipCommand.RefuseReinvite(asker, crossing.transaction(), passedOn(answered.response()))));
    }

    private static InviteUsageId invitation(Seat seat) {
        return switch (seat.guest()) {
            case Guest.OfSip(String uri, InviteUsageId usage) -> usage;
            case Guest.OfImps imps -> throw new IllegalStateException("an IMPS user has no INVITE of ours");
        };
    }

    /** The chat's media never was here. A re-INVITE between the two sides is lost with its transactions: who asked may ask again. */
    private void takenOver() {
        for (Seat seat : hosting.seats()) {
            seat.crossing().ifPresent(crossing -> {
                InviteUsageId asker = crossing.fromHost() ? seat.towardsHost() : invitation(seat);
                hosting.put(seat, seat.with(Optional.empty()));
                hosting.sip(new SipCommand.RefuseReinvite(asker, crossing.transaction(), Response.of(500)));
            });
        }
    }

    /** Who has not answered is not coming. */
    private void deadline(HostedChat chat) {
        if (!hosting.isPast(chat.due()) || chat.settled()) {
            return;
        }
        hosting.seats().stream()
                .filter(seat -> seat.is(Standing.ASKED))
                .forEach(seat -> hosting.leave(seat, false, false));
        hosting.settle(Response.of(408));
    }
}
