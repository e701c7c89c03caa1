package org.impsiwf.mapping.participation;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.impsiwf.mapping.addresses.Names;
import org.impsiwf.mapping.content.ContentException;
import org.impsiwf.mapping.content.Cpim;
import org.impsiwf.mapping.content.CpimEnvelope;
import org.impsiwf.mapping.content.Fingerprint;
import org.impsiwf.mapping.content.MediaType;
import org.impsiwf.mapping.event.Command.Noted;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.msrp.cpim.CpimAddress;
import org.impsiwf.msrp.cpim.CpimMessage;
import org.impsiwf.msrp.event.MsrpCommand;
import org.impsiwf.msrp.event.MsrpCommand.AddRecipient;
import org.impsiwf.msrp.event.MsrpCommand.Recipient;
import org.impsiwf.msrp.event.MsrpContent;
import org.impsiwf.msrp.event.MsrpEvent.MessageBegun;
import org.impsiwf.msrp.event.MsrpEvent.MessageRelayed;
import org.impsiwf.msrp.event.MsrpEvent.RelayedMessageMissed;
import org.impsiwf.msrp.event.SuccessReport;

/**
 * Large messages in a group of ours, which the other SIP users get while they come in (RFC 7701 §6.1). Of such a message nothing is
 * kept here: whoever does not take it in time goes without, and is told so.
 */
final class LargeMessages {

    private final MemberTurn turn;

    LargeMessages(MemberTurn turn) {
        this.turn = turn;
    }

    // ---- of the user

    void begun(MessageBegun e) {
        if (!new FromMember(turn).isOfThisSession(e.session())) {
            turn.note(Noted.LATE_EVENT, "a SEND in a session that is over");
            refuse(e, 481);
        } else if (!MediaType.is(e.head().contentType(), MediaType.CPIM)) {
            refuse(e, 415);
        } else {
            opened(e);
        }
    }

    private void opened(MessageBegun e) {
        try {
            judge(e, Cpim.open(e.head().bytes()));
        } catch (ContentException malformed) {
            turn.note(Noted.MALFORMED_CONTENT, malformed.getMessage());
            refuse(e, malformed.status());
        }
    }

    private void judge(MessageBegun e, CpimMessage head) {
        FromMember member = new FromMember(turn);
        if (member.isSpoofed(head)) {
            refuse(e, 403);
            return;
        }
        List<CpimAddress> to = head.to();
        Optional<String> target = to.size() == 1 ? member.target(to.getFirst().uri()) : Optional.empty();
        if (target.isEmpty()) {
            refuse(e, to.isEmpty() ? 400 : to.size() > 1 ? 403 : 404);
        } else if (mayBeRelayed(head, e.size())) {
            turn.tellFocus(new Event.RelaySought(
                    turn.key.text(), relayed(e, head, target.get()), target.filter(name -> !name.isEmpty())));
        } else {
            turn.msrp(new MsrpCommand.CollectMessage(e.session(), e.exchange()));
        }
    }

    /** What the user wants to hear of by a notification is known to have arrived only where its host has it as a whole. */
    private boolean mayBeRelayed(CpimMessage head, OptionalLong size) {
        boolean collectable =
                size.isPresent() && size.getAsLong() <= turn.policy().maxMessageSize();
        boolean notified = Cpim.asksFor(head, "positive-delivery") || Cpim.asksFor(head, "negative-delivery");
        boolean said = switch (MediaType.essence(head.contentType())) {
            case MediaType.IMDN, MediaType.IS_COMPOSING -> false;
            default -> true;
        };
        return said
                && turn.maxRelayedSize().isPresent()
                && turn.membership instanceof Membership.Joined
                && !(notified && collectable);
    }

    private Event.LargeMessage relayed(MessageBegun e, CpimMessage head, String to) {
        String id = turn.derivedId(
                Recent.OF_USER + e.messageId() + ":" + Fingerprint.of(e.head().bytes()));
        String name = turn.screenName();
        CpimAddress from = new CpimAddress(Names.clean(Optional.of(name)).orElse(""), turn.room.uriOf(name));
        CpimAddress recipient = new CpimAddress("", to.isEmpty() ? turn.room.uri() : turn.room.uriOf(to));
        CpimMessage wrapped =
                new CpimEnvelope(from, recipient).message(id, turn.now(), head.contentType(), head.content());
        CpimMessage whole = new CpimMessage(wrapped.headers(), head.mimeHeaders(), head.content());
        return new Event.LargeMessage(
                e.session(),
                e.exchange(),
                turn.newId(),
                new MsrpContent(MediaType.CPIM, whole.octets()),
                head.contentType(),
                e.size());
    }

    /**
     * The switch's own answer and report (RFC 7701 §6.3): somebody has all of it, or nobody was to have it. Who of several went
     * without has been told so, as with any message.
     */
    void relayed(MessageRelayed e) {
        boolean lost = e.taken() == 0 && e.missed() > 0;
        turn.msrp(new MsrpCommand.AnswerMessage(e.session(), e.exchange(), lost ? 408 : 200, Optional.empty()));
        if (!lost && e.successReport() == SuccessReport.YES) {
            turn.msrp(new MsrpCommand.SendReport(e.session(), e.messageId(), 200, Optional.empty()));
        }
    }

    /** SSP hands over whole messages only, and no larger ones than can be collected: the user hears that these get nothing. */
    void narrowed(Event.RelayNarrowed e) {
        new ToMember(turn)
                .mention(e.members() + (e.members() == 1 ? " member does" : " members do")
                        + " not get your message: it is too large for them.");
    }

    private void refuse(MessageBegun e, int status) {
        turn.msrp(new MsrpCommand.AnswerMessage(e.session(), e.exchange(), status, Optional.empty()));
    }

    // ---- for the user

    void offered(Event.RelayOffered e) {
        Event.LargeMessage message = e.message();
        if (!(turn.leg instanceof MemberLeg.Open open) || !open.far().receives() || !turn.membership.isIn()) {
            leftOut();
            answer(message, Optional.empty(), true);
        } else if (e.privately() && !open.far().takesWhispers()) {
            // RFC 7701 §6.2.
            turn.msrp(new MsrpCommand.AnswerMessage(message.session(), message.exchange(), 428, Optional.empty()));
        } else if (!open.far().takesWrapped(message.contentType())
                || !open.far().fits(message.size().orElse(0))) {
            // RFC 7701 §6.1: not forwarded to this member, and nobody is told.
            answer(message, Optional.empty(), false);
        } else {
            answer(message, Optional.of(new Recipient(open.msrpSession(), message.messageId())), false);
        }
    }

    private void answer(Event.LargeMessage message, Optional<Recipient> recipient, boolean missed) {
        turn.msrp(new AddRecipient(message.session(), message.exchange(), recipient, missed));
    }

    /** A refusal of the user's own client is known to it. */
    void missed(RelayedMessageMissed e) {
        if (e.status() == 408) {
            leftOut();
        }
    }

    private void leftOut() {
        turn.note(Noted.MEMBER_TOO_SLOW, "a large message is left out for a member that has not taken it");
        new ToMember(turn).mention("A large message was left out because it could not be delivered fast enough.");
    }
}
