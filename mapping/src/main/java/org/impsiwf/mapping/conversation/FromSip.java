package org.impsiwf.mapping.conversation;

import java.util.Optional;
import org.impsiwf.mapping.addresses.Address;
import org.impsiwf.mapping.addresses.ClientIds;
import org.impsiwf.mapping.content.ContentException;
import org.impsiwf.mapping.content.Cpim;
import org.impsiwf.mapping.content.IsComposing;
import org.impsiwf.mapping.content.MediaType;
import org.impsiwf.mapping.conversation.Conversation.Owed;
import org.impsiwf.mapping.event.Command.Noted;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.msrp.cpim.CpimAddress;
import org.impsiwf.msrp.cpim.CpimMessage;
import org.impsiwf.msrp.event.MsrpEvent;
import org.impsiwf.msrp.event.SuccessReport;
import org.impsiwf.sip.event.Body;
import org.impsiwf.sip.event.SipEvent;

/** What a SIP user sends, opened up to the message, the notification or the signal that it is. */
final class FromSip {

    private final Turn turn;

    FromSip(Turn turn) {
        this.turn = turn;
    }

    void inSession(MsrpEvent.MessageReceived e) {
        Owed owed = new Owed.ToSend(e.session(), e.exchange());
        boolean known = turn.leg.session().equals(Optional.of(e.session()))
                && (turn.leg instanceof Leg.Open
                        || turn.leg instanceof Leg.Connecting
                        || turn.leg instanceof Leg.Leaving);
        if (!known) {
            turn.note(Noted.LATE_EVENT, "a SEND in a session that is over");
            new TowardsImps(turn).answerWith(owed, 481);
            return;
        }
        if (turn.leg instanceof Leg.Open open) {
            new OpenLegActions(turn).touch(open);
        }
        Optional<Event.Asker> asker = e.successReport() == SuccessReport.YES
                ? Optional.of(new Event.AskedBySend(e.session().value(), e.messageId()))
                : Optional.empty();
        open(owed, e.messageId(), e.content().contentType(), e.content().bytes(), asker);
    }

    void inMessage(SipEvent.MessageReceived e) {
        turn.parties = turn.parties.seenFromSip(
                e.head().originator().identity().displayName(),
                ClientIds.ofInstance(e.head().originator().instance()));
        Owed owed = new Owed.ToMessage(e.transaction());
        String contentType = e.body().map(Body::contentType).orElse(MediaType.PLAIN_TEXT);
        byte[] bytes = e.body().map(Body::bytes).orElseGet(TowardsImps::nothing);
        open(owed, "", contentType, bytes, Optional.empty());
    }

    private void open(Owed owed, String senderId, String contentType, byte[] bytes, Optional<Event.Asker> asker) {
        try {
            switch (MediaType.essence(contentType)) {
                case MediaType.CPIM -> unwrap(owed, senderId, Cpim.open(bytes), asker);
                case MediaType.IMDN -> notification(owed, bytes);
                case MediaType.IS_COMPOSING -> composing(owed, bytes);
                default -> new TowardsImps(turn).send(owed, senderId, contentType, bytes, asker);
            }
        } catch (ContentException e) {
            turn.note(Noted.MALFORMED_CONTENT, e.getMessage());
            new TowardsImps(turn).answerWith(owed, e.status());
        }
    }

    private void unwrap(Owed owed, String senderId, CpimMessage message, Optional<Event.Asker> asker)
            throws ContentException {
        if (!isFrom(message)) {
            turn.note(Noted.SPOOFED_SENDER, "the CPIM From or To is not of this conversation");
            new TowardsImps(turn).answerWith(owed, 403);
            return;
        }
        switch (MediaType.essence(message.contentType())) {
            case MediaType.IMDN -> notification(owed, message.content());
            case MediaType.IS_COMPOSING -> composing(owed, message.content());
            default -> {
                Optional<String> imdnId = Cpim.imdn(message, "Message-ID");
                new TowardsImps(turn)
                        .send(
                                owed,
                                senderId.isEmpty()
                                        ? imdnId.map(id -> "imdn." + id).orElse("")
                                        : senderId,
                                message.contentType(),
                                message.content(),
                                imdnId.flatMap(id -> imdnAsker(id, message)).or(() -> asker));
            }
        }
    }

    private Optional<Event.Asker> imdnAsker(String id, CpimMessage message) {
        boolean positive = Cpim.asksFor(message, "positive-delivery");
        boolean negative = Cpim.asksFor(message, "negative-delivery");
        return positive || negative
                ? Optional.of(new Event.AskedByImdn(
                        id,
                        positive,
                        negative,
                        message.header("", "DateTime"),
                        turn.parties.sipUri(),
                        turn.parties.impsAddress()))
                : Optional.empty();
    }

    /** Nobody is told of the delivery of a notification (RFC 5438 §7.2): it is taken, and that is all. */
    private void notification(Owed owed, byte[] document) throws ContentException {
        new Reports(turn).received(document);
        new TowardsImps(turn).answerWith(owed, 200);
    }

    private void composing(Owed owed, byte[] document) {
        turn.note(Noted.COMPOSING_ABSORBED, "SSP has no word for composing");
        new TowardsImps(turn).answerWith(owed, 200);
        if (IsComposing.saysGone(document)) {
            new LegRules(turn).on(new LegEvent.Unwanted("gone"));
        }
    }

    /** The envelope inside must not name others than the one outside; clients that hide in it say {@code anonymous.invalid}. */
    private boolean isFrom(CpimMessage message) {
        return message.from().stream().allMatch(from -> isNobodyElse(from, Reports.sipUser(turn.key)))
                && message.to().stream().allMatch(to -> isNobodyElse(to, Reports.impsUser(turn.key)));
    }

    private static boolean isNobodyElse(CpimAddress named, String canonical) {
        return Address.tryParse(named.uri())
                .filter(address -> isHidden(address) || address.canonical().equals(canonical))
                .isPresent();
    }

    private static boolean isHidden(Address address) {
        return address.domainName()
                .filter(domain -> domain.endsWith(".invalid"))
                .isPresent();
    }
}
