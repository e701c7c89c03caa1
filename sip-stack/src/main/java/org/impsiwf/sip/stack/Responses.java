package org.impsiwf.sip.stack;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.impsiwf.sip.dialog.UsageEvent;
import org.impsiwf.sip.event.NameAddr;
import org.impsiwf.sip.event.Originator;
import org.impsiwf.sip.event.RequestHead;
import org.impsiwf.sip.event.SipUri;

/** Reads 2xx to INVITE and UPDATE. Pure. */
final class Responses {

    private Responses() {}

    /** The event that a 2xx is; empty when it has no To tag, so that no dialog can come of it. */
    static Optional<UsageEvent.Accepted> accepted(ReceivedResponse response, Optional<String> flow) {
        ReceivedMessage message = response.message();
        if (message.toTag().isEmpty()) {
            return Optional.empty();
        }
        NameAddr callee = message.to();
        SipUri contact = message.contact().orElse(callee.uri());
        return Optional.of(new UsageEvent.Accepted(
                message.cseq(),
                message.toTag(),
                contact,
                new ArrayList<>(message.values("Record-Route")),
                head(message, callee, contact),
                sdp(message),
                message.terms(),
                message.allows("UPDATE"),
                flow));
    }

    /** A response said in the words of a request: who answered is its originator. */
    private static RequestHead head(ReceivedMessage message, NameAddr callee, SipUri contact) {
        var originator = new Originator(callee, false, Optional.empty(), message.sourceText());
        return message.head(originator, contact.value());
    }

    static Optional<byte[]> sdp(ReceivedMessage message) {
        List<String> types = message.values("Content-Type");
        boolean described =
                types.stream().anyMatch(type -> type.toLowerCase(Locale.ROOT).startsWith("application/sdp"));
        return described ? Optional.of(message.body()) : Optional.empty();
    }
}
