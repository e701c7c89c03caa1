package org.impsiwf.mapping.conversation;

import java.util.List;
import java.util.Optional;
import org.impsiwf.mapping.content.Imdn;
import org.impsiwf.mapping.content.InstantMessage;
import org.impsiwf.mapping.content.MediaType;
import org.impsiwf.msrp.cpim.CpimAddress;
import org.impsiwf.msrp.cpim.CpimHeader;
import org.impsiwf.msrp.cpim.CpimMessage;
import org.impsiwf.msrp.cpim.CpimMessage.MimeHeader;

/** What the mapping says in CPIM. */
final class CpimPhrases {

    private CpimPhrases() {}

    /** The IMPS user's message, wrapped; with {@code askForReport} it asks for delivery notifications (RFC 5438 §7.1.1). */
    static byte[] message(Turn turn, String id, InstantMessage message, boolean askForReport) {
        CpimMessage wrapped = envelope(turn, id, message.contentType(), message.content());
        return (askForReport
                        ? wrapped.with(imdn("Disposition-Notification", "positive-delivery, negative-delivery"))
                        : wrapped)
                .octets();
    }

    /** The IMPS user's notification about a message of the SIP user (RFC 5438 §7.2.1.1). */
    static byte[] notification(Turn turn, String messageId, Optional<String> sentAt, boolean delivered) {
        Imdn imdn = Imdn.delivery(
                messageId, sentAt.orElseGet(() -> Imdn.dateTime(turn.now())), turn.parties.impsAsSip(), delivered);
        CpimMessage wrapped = envelope(turn, turn.newId(), MediaType.IMDN, imdn.encode());
        return new CpimMessage(
                        wrapped.headers(),
                        List.of(
                                wrapped.mimeHeaders().getFirst(),
                                new MimeHeader("Content-Disposition", "notification")),
                        wrapped.content())
                .octets();
    }

    private static CpimMessage envelope(Turn turn, String id, String contentType, byte[] content) {
        CpimAddress from = new CpimAddress(turn.parties.impsName().orElse(""), turn.parties.impsAsSip());
        CpimAddress to = new CpimAddress("", turn.parties.sipUri());
        return CpimMessage.of(from, to, contentType, content)
                .with(CpimHeader.of("DateTime", Imdn.dateTime(turn.now())))
                .with(imdn("Message-ID", id));
    }

    private static CpimHeader imdn(String name, String value) {
        return new CpimHeader(CpimMessage.IMDN_NAMESPACE, name, "", value);
    }
}
