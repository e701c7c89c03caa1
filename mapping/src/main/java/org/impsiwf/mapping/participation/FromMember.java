package org.impsiwf.mapping.participation;

import java.util.List;
import java.util.Optional;
import org.impsiwf.mapping.addresses.Address;
import org.impsiwf.mapping.addresses.MemberUri;
import org.impsiwf.mapping.content.ContentException;
import org.impsiwf.mapping.content.Cpim;
import org.impsiwf.mapping.content.MediaType;
import org.impsiwf.mapping.event.Command.Noted;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.participation.Participation.Send;
import org.impsiwf.msrp.cpim.CpimAddress;
import org.impsiwf.msrp.cpim.CpimMessage;
import org.impsiwf.msrp.event.MsrpCommand;
import org.impsiwf.msrp.event.MsrpEvent;
import org.impsiwf.msrp.event.MsrpSessionId;
import org.impsiwf.msrp.event.SuccessReport;

/** What the user sends into the room, opened up and checked as RFC 7701 §6 asks of an MSRP switch. */
final class FromMember {

    private final MemberTurn turn;

    FromMember(MemberTurn turn) {
        this.turn = turn;
    }

    void received(MsrpEvent.MessageReceived e) {
        if (!isOfThisSession(e.session())) {
            turn.note(Noted.LATE_EVENT, "a SEND in a session that is over");
            answer(e, 481);
            return;
        }
        try {
            open(e);
        } catch (ContentException malformed) {
            turn.note(Noted.MALFORMED_CONTENT, malformed.getMessage());
            answer(e, malformed.status());
        }
    }

    boolean isOfThisSession(MsrpSessionId session) {
        return turn.leg.session().equals(Optional.of(session))
                && (turn.leg instanceof MemberLeg.Open || turn.leg instanceof MemberLeg.Connecting);
    }

    private void open(MsrpEvent.MessageReceived e) throws ContentException {
        if (!MediaType.is(e.content().contentType(), MediaType.CPIM)) {
            answer(e, 415);
            return;
        }
        CpimMessage message = Cpim.open(e.content().bytes());
        if (isSpoofed(message)) {
            answer(e, 403);
            return;
        }
        switch (MediaType.essence(message.contentType())) {
            // RFC 7701 §6.3: what members say of having received something is not forwarded.
            case MediaType.IMDN -> absorbed(e, Noted.MEMBER_REPORT_ABSORBED, "a notification about another's message");
            case MediaType.IS_COMPOSING -> absorbed(e, Noted.COMPOSING_ABSORBED, "SSP has no word for composing");
            default -> post(e, message);
        }
    }

    boolean isSpoofed(CpimMessage message) {
        boolean spoofed = message.from().filter(this::isTheUser).isEmpty();
        if (spoofed) {
            turn.note(Noted.SPOOFED_SENDER, "the CPIM From is not the member's own");
        }
        return spoofed;
    }

    private void absorbed(MsrpEvent.MessageReceived e, Noted what, String detail) {
        turn.note(what, detail);
        answer(e, 200);
    }

    private void post(MsrpEvent.MessageReceived e, CpimMessage message) {
        List<CpimAddress> to = message.to();
        if (to.size() != 1) {
            answer(e, to.isEmpty() ? 400 : 403);
            return;
        }
        Optional<String> target = target(to.getFirst().uri());
        if (target.isEmpty()) {
            answer(e, 404);
            return;
        }
        Send send = new Send(e.session(), e.exchange(), e.messageId(), e.successReport() == SuccessReport.YES);
        new Postings(turn).post(send, target.get(), message.contentType(), message.content(), asker(message));
    }

    /** Whom it is for: nobody in particular, which is all, or the member of that screen name; absent for who is no member. */
    Optional<String> target(String uri) {
        Optional<MemberUri> member = MemberUri.read(uri).filter(named -> isThisRoom(named.group()));
        if (member.isPresent()) {
            return member.map(MemberUri::screenName);
        }
        return Address.tryParse(uri)
                .filter(address -> address instanceof Address.Group && isThisRoom(address))
                .map(room -> "");
    }

    private boolean isThisRoom(Address address) {
        return address.isSame(turn.room.address());
    }

    /** Its own address, the name that the room has for it, or none at all: clients that hide say {@code anonymous.invalid}. */
    private boolean isTheUser(CpimAddress from) {
        Optional<MemberUri> member = MemberUri.read(from.uri());
        if (member.isPresent()) {
            return isThisRoom(member.get().group()) && member.get().screenName().equalsIgnoreCase(turn.screenName());
        }
        return Address.tryParse(from.uri())
                .filter(address -> address.canonical().equals(Participation.user(turn.key))
                        || address.domainName()
                                .filter(d -> d.endsWith(".invalid"))
                                .isPresent())
                .isPresent();
    }

    private Optional<Event.Asker> asker(CpimMessage message) {
        boolean positive = Cpim.asksFor(message, "positive-delivery");
        boolean negative = Cpim.asksFor(message, "negative-delivery");
        if (!positive && !negative) {
            return Optional.empty();
        }
        return Cpim.imdn(message, "Message-ID")
                .map(id -> new Event.AskedByImdn(
                        id,
                        positive,
                        negative,
                        message.header("", "DateTime"),
                        turn.member.sipUri(),
                        turn.room.id().value()));
    }

    private void answer(MsrpEvent.MessageReceived e, int status) {
        turn.msrp(new MsrpCommand.AnswerMessage(e.session(), e.exchange(), status, Optional.empty()));
    }
}
