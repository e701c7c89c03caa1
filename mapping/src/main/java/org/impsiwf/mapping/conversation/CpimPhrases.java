package org.impsiwf.mapping.conversation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.impsiwf.mapping.content.CpimCodec;
import org.impsiwf.mapping.content.CpimMessage;
import org.impsiwf.mapping.content.CpimMessage.Header;
import org.impsiwf.mapping.content.Imdn;
import org.impsiwf.mapping.content.InstantMessage;
import org.impsiwf.mapping.content.MediaType;

/** What the mapping says in CPIM. */
final class CpimPhrases {

    private CpimPhrases() {}

    /** The IMPS user's message, wrapped; with {@code askForReport} it asks for delivery notifications (RFC 5438 §7.1.1). */
    static byte[] message(Turn turn, String id, InstantMessage message, boolean askForReport) {
        List<Header> headers = envelope(turn, id);
        if (askForReport) {
            headers.add(new Header("imdn.Disposition-Notification", "positive-delivery, negative-delivery"));
        }
        return CpimCodec.encode(new CpimMessage(headers, message.contentType(), List.of(), message.content()));
    }

    /** The IMPS user's notification about a message of the SIP user (RFC 5438 §7.2.1.1). */
    static byte[] notification(Turn turn, String messageId, Optional<String> sentAt, boolean delivered) {
        Imdn imdn = Imdn.delivery(
                messageId, sentAt.orElseGet(() -> Imdn.dateTime(turn.now())), turn.parties.impsAsSip(), delivered);
        return CpimCodec.encode(new CpimMessage(
                envelope(turn, turn.newId()),
                MediaType.IMDN,
                List.of(new Header("Content-Disposition", "notification")),
                imdn.encode()));
    }

    private static List<Header> envelope(Turn turn, String id) {
        List<Header> headers = new ArrayList<>();
        headers.add(new Header("From", address(turn.parties.impsName(), turn.parties.impsAsSip())));
        headers.add(new Header("To", address(Optional.empty(), turn.parties.sipUri())));
        headers.add(new Header("DateTime", Imdn.dateTime(turn.now())));
        headers.add(new Header("NS", "imdn <" + CpimMessage.IMDN_NAMESPACE + ">"));
        headers.add(new Header("imdn.Message-ID", id));
        return headers;
    }

    private static String address(Optional<String> name, String uri) {
        return name.map(text -> '"' + text.replace("\\", "").replace("\"", "") + "\" ")
                        .orElse("") + "<" + uri + ">";
    }
}
