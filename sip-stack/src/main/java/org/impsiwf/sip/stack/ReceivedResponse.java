package org.impsiwf.sip.stack;

import gov.nist.javax.sip.message.SIPResponse;
import java.util.List;
import java.util.Optional;
import org.impsiwf.sip.event.SipEvent.FinalResponse;

/** A response that reached us. */
record ReceivedResponse(SIPResponse raw, ReceivedMessage message) {

    static ReceivedResponse of(SIPResponse raw) {
        return new ReceivedResponse(raw, new ReceivedMessage(raw));
    }

    int status() {
        return raw.getStatusCode();
    }

    /** What the rest of the gateway sees of it. */
    FinalResponse asFinal() {
        String reason = raw.getReasonPhrase();
        return new FinalResponse(
                status(),
                reason == null ? "" : reason,
                message.value("Retry-After").flatMap(ReceivedMessage::seconds),
                message.contacts(),
                message.value("Warning"),
                false);
    }

    /** One that did not come. */
    static FinalResponse made(int status, String reason) {
        return new FinalResponse(status, reason, Optional.empty(), List.of(), Optional.empty(), true);
    }
}
