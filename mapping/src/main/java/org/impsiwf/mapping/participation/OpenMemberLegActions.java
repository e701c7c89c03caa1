package org.impsiwf.mapping.participation;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.mapping.event.Command.Noted;
import org.impsiwf.mapping.media.FarEnd;
import org.impsiwf.mapping.media.OurMedia;
import org.impsiwf.mapping.participation.MemberLeg.Connecting;
import org.impsiwf.mapping.participation.MemberLeg.Move;
import org.impsiwf.mapping.participation.MemberLeg.Open;
import org.impsiwf.mapping.participation.MemberLeg.Rebuilding;
import org.impsiwf.msrp.event.MsrpEvent.LocalEndpoint;
import org.impsiwf.msrp.event.MsrpSessionId;
import org.impsiwf.sip.event.InviteUsageId;
import org.impsiwf.sip.event.MessageMedia;
import org.impsiwf.sip.event.SipCommand.AcceptReinvite;
import org.impsiwf.sip.event.SipCommand.RefuseReinvite;
import org.impsiwf.sip.event.SipCommand.Response;
import org.impsiwf.sip.event.SipCommand.SendReinvite;
import org.impsiwf.sip.event.SipEvent.ReinviteAnswered;
import org.impsiwf.sip.event.SipEvent.ReinviteReceived;
import org.impsiwf.sip.event.SipTransactionId;

/** What {@link MemberLegRules} does with a session that was agreed: connecting, open, moved, lost. */
final class OpenMemberLegActions extends MemberLegActions {

    /** A quiet room is no reason to put anybody out; its memory is renewed this often. */
    private static final Duration KEEP = Duration.ofHours(6);

    OpenMemberLegActions(MemberTurn turn) {
        super(turn);
    }

    /** The ACK brings the answer when our 2xx had the offer; without one there is no session (RFC 3264 §5). */
    void acknowledged(Connecting s, Optional<MessageMedia> answer) {
        if (s.far().isPresent()) {
            return;
        }
        Optional<FarEnd> far = answer.map(FarEnd::of).filter(FarEnd::fitsRoom);
        if (far.isEmpty()) {
            hangUp(s, "no answer to the offer that would do");
            return;
        }
        turn.msrp(far.get().connect(s.msrpSession(), true));
        turn.leg = new Connecting(s.inviteUsage(), s.msrpSession(), s.local(), far, s.giveUpAt());
    }

    void connected(Connecting s) {
        s.far()
                .ifPresent(far -> turn.leg =
                        new Open(s.inviteUsage(), s.msrpSession(), s.local(), far, Optional.empty(), turn.in(KEEP)));
    }

    /** Whatever else remembers the member hears of it again, too. */
    void keep(Open s) {
        turn.leg = new Open(s.inviteUsage(), s.msrpSession(), s.local(), s.far(), s.move(), turn.in(KEEP));
        turn.correlate(s.inviteUsage());
        new Memberships(turn).stillIn();
    }

    void reoffered(Connecting s, ReinviteReceived e) {
        Optional<FarEnd> far = e.offer().map(FarEnd::of);
        boolean same = far.isPresent() && s.far().filter(far.get()::hasPathOf).isPresent();
        if (same) {
            turn.leg = new Connecting(s.inviteUsage(), s.msrpSession(), s.local(), far, s.giveUpAt());
            accept(e, s.local(), far);
        } else {
            // RFC 3261 §14.2: one change at a time.
            refuse(e, 491);
        }
    }

    /** Hold and resume, a changed limit, or a moved end (RFC 4975 §8.3, which then takes a new session). */
    void reoffered(Open s, ReinviteReceived e) {
        Optional<FarEnd> far = e.offer().map(FarEnd::of);
        if (e.conferencing().list().isPresent()) {
            // RFC 5366 §5: a list goes with an INVITE that makes a conference.
            Map<String, String> headers = Map.of("Unsupported", "recipient-list-invite");
            turn.sip(new RefuseReinvite(
                    e.usage(), e.transaction(), new Response(420, Optional.empty(), Optional.empty(), headers)));
        } else if (far.isEmpty()) {
            accept(e, s.local(), far);
        } else if (!far.get().fitsRoom()) {
            refuse(e, 488);
        } else if (s.move().isPresent()) {
            refuse(e, 491);
        } else if (far.get().hasPathOf(s.far())) {
            turn.leg = with(s, far.get(), Optional.empty());
            accept(e, s.local(), far);
        } else {
            Move move = new Move(prepare(far.get().secure()), e.transaction(), far.get());
            turn.leg = with(s, s.far(), Optional.of(move));
        }
    }

    private void accept(ReinviteReceived e, LocalEndpoint local, Optional<FarEnd> far) {
        accept(e.transaction(), local, far);
    }

    private void accept(SipTransactionId transaction, LocalEndpoint local, Optional<FarEnd> far) {
        MessageMedia media = far.map(end -> OurMedia.answer(local, turn.host(), turn.policy(), end))
                .orElseGet(() -> OurMedia.offer(local, turn.host(), turn.policy()));
        turn.sip(new AcceptReinvite(
                turn.leg.usage().orElseThrow(), transaction, inRoom(media), Optional.of(turn.focus())));
    }

    private MessageMedia inRoom(MessageMedia media) {
        boolean nicknames = turn.membership instanceof Membership.Joined joined && joined.mayReturn();
        return OurMedia.inRoom(media, nicknames, turn.maxRelayedSize());
    }

    void moved(Open s, LocalEndpoint local) {
        s.move().ifPresent(move -> {
            turn.msrp(move.far().connect(move.msrpSession(), false));
            accept(move.transaction(), local, Optional.of(move.far()));
            close(s.msrpSession());
            new ToMember(turn).release();
            turn.leg = new Connecting(
                    s.inviteUsage(),
                    move.msrpSession(),
                    local,
                    Optional.of(move.far()),
                    turn.in(turn.policy().connectWait()));
        });
    }

    /** Their answer to the offer that our 200 to a re-INVITE without SDP made. */
    void reacknowledged(Open s, Optional<MessageMedia> answer) {
        answer.map(FarEnd::of).filter(s.far()::hasPathOf).ifPresent(far -> turn.leg = with(s, far, s.move()));
    }

    void lost(Open s, MsrpSessionId session) {
        if (session.equals(s.msrpSession())) {
            rebuild(s);
            return;
        }
        s.move().ifPresent(move -> turn.sip(new RefuseReinvite(s.inviteUsage(), move.transaction(), Response.of(500))));
        turn.leg = with(s, s.far(), Optional.empty());
    }

    /** The user is in the room still: a fresh session is offered in the dialog, once in a while (RFC 4975 §5.4). */
    void rebuild(Open s) {
        boolean again = turn.rebuiltAt
                .filter(at -> turn.now().isBefore(at.plus(turn.policy().memory())))
                .isPresent();
        if (again) {
            hangUp(s, "connection lost");
            return;
        }
        turn.note(Noted.SESSION_REBUILT, "the connection of a member was lost");
        turn.rebuiltAt = Optional.of(turn.now());
        giveUpMove(s);
        rebuild(s.inviteUsage(), s.msrpSession(), s.far().secure());
    }

    private void giveUpMove(Open s) {
        s.move().ifPresent(move -> {
            turn.sip(new RefuseReinvite(s.inviteUsage(), move.transaction(), Response.of(500)));
            close(move.msrpSession());
        });
    }

    private void rebuild(InviteUsageId usage, MsrpSessionId old, boolean secure) {
        close(old);
        new ToMember(turn).release();
        turn.leg = new Rebuilding(
                usage,
                prepare(secure),
                secure,
                Optional.empty(),
                turn.in(turn.policy().connectWait()));
    }

    /** The room comes back on this node: each member is offered a path to it in the dialog that it has. */
    void moveHere(Open s) {
        giveUpMove(s);
        rebuild(s.inviteUsage(), s.msrpSession(), s.far().secure());
    }

    void moveHere(Connecting s) {
        if (s.far().isEmpty()) {
            // Their answer to the offer in our 2xx went to the node that is gone.
            hangUp(s, "no connection");
        } else {
            rebuild(s.inviteUsage(), s.msrpSession(), s.far().get().secure());
        }
    }

    void moveHere(Rebuilding s) {
        rebuild(s.inviteUsage(), s.msrpSession(), s.secure());
    }

    void reoffer(Rebuilding s, LocalEndpoint local) {
        MessageMedia offer = inRoom(OurMedia.offer(local, turn.host(), turn.policy()));
        turn.sip(new SendReinvite(s.inviteUsage(), offer, Optional.of(turn.focus())));
        turn.leg = new Rebuilding(
                s.inviteUsage(),
                s.msrpSession(),
                s.secure(),
                Optional.of(local),
                turn.in(turn.policy().answerWait()));
    }

    void rebuilt(Rebuilding s, ReinviteAnswered e) {
        Optional<FarEnd> far = e.answer()
                .filter(any -> e.response().isSuccess())
                .map(FarEnd::of)
                .filter(FarEnd::fitsRoom);
        if (far.isEmpty() || s.local().isEmpty()) {
            hangUp(s, "connection lost");
            return;
        }
        turn.msrp(far.get().connect(s.msrpSession(), true));
        turn.leg = new Connecting(
                s.inviteUsage(),
                s.msrpSession(),
                s.local().get(),
                far,
                turn.in(turn.policy().connectWait()));
    }

    private static Open with(Open s, FarEnd far, Optional<Move> move) {
        return new Open(s.inviteUsage(), s.msrpSession(), s.local(), far, move, s.keepAt());
    }
}
