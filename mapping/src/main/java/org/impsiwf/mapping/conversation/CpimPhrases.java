package org.impsiwf.mapping.conversation;

import java.util.Optional;
import org.impsiwf.mapping.content.CpimEnvelope;
import org.impsiwf.mapping.content.Imdn;
import org.impsiwf.mapping.content.InstantMessage;
import org.impsiwf.msrp.cpim.CpimAddress;
import org.impsiwf.msrp.cpim.CpimMessage;

/** What the mapping says in CPIM. */
final class CpimPhrases {

    private CpimPhrases() {}

    /** The IMPS user's message, wrapped; with {@code askForReport} it asks for delivery notifications (RFC 5438 §7.1.1). */
    static byte[] message(Turn turn, String id, InstantMessage message, boolean askForReport) {
        CpimMessage wrapped = envelope(turn).message(id, turn.now(), message.contentType(), message.content());
        return (askForReport ? CpimEnvelope.askingForReports(wrapped) : wrapped).octets();
    }

    /** The IMPS user's notification about a message of the SIP user (RFC 5438 §7.2.1.1). */
    static byte[] notification(Turn turn, String messageId, Optional<String> sentAt, boolean delivered) {
        return envelope(turn)
                .notification(
                        turn.newId(),
                        turn.now(),
                        Imdn.delivery(
                                messageId,
                                sentAt.orElseGet(() -> Imdn.dateTime(turn.now())),
                                turn.parties.impsAsSip(),
                                delivered))
                .octets();
    }

    private static CpimEnvelope envelope(Turn turn) {
        return new CpimEnvelope(
                new CpimAddress(turn.parties.impsName().orElse(""), turn.parties.impsAsSip()),
                new CpimAddress("", turn.parties.sipUri()));
    }
}
