package org.impsiwf.sip.stack;

import gov.nist.javax.sip.message.SIPRequest;
import java.util.Optional;
import javax.sip.ServerTransaction;
import org.impsiwf.sip.event.SipUri;
import org.impsiwf.sip.resolve.Transport;

/** A request with its server transaction and the point it came in at. */
record Arrival(SIPRequest request, ReceivedMessage message, SipPoint point, ServerTransaction transaction) {

    String method() {
        return message.method();
    }

    String requestUriScheme() {
        return new SipUri(message.requestUri()).scheme();
    }

    /**
     * The way back to a peer that its own addresses would not lead to: over the connection it opened, or to where its
     * datagrams come from when that is not what its Via says (RFC 3581).
     */
    Optional<String> flow() {
        if (point.transport() != Transport.UDP) {
            return Optional.of(point.flow(message.sourceText()));
        }
        var via = request.getTopmostVia();
        boolean translated = via.getReceived() != null && !via.getReceived().equals(via.getHost());
        return translated ? Optional.of(point.flow(message.sourceText())) : Optional.empty();
    }
}
