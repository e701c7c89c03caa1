package org.impsiwf.sip.stack;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.sip.event.Body;
import org.impsiwf.sip.event.NameAddr;
import org.impsiwf.sip.event.SipUri;

/**
 * A request of ours before it is known where it goes.
 *
 * @param toTag empty outside a dialog
 * @param withContact whether it needs a Contact: those that make or refresh a dialog
 * @param focus the conference that the Contact says we are the focus of
 */
record OutgoingRequest(
        String method,
        SipUri requestUri,
        List<String> routes,
        NameAddr from,
        String fromTag,
        NameAddr to,
        String toTag,
        String callId,
        long cseq,
        Map<String, String> headers,
        Optional<Body> body,
        boolean withContact,
        Optional<SipUri> focus) {

    OutgoingRequest towards(SipUri uri, List<String> route) {
        return new OutgoingRequest(
                method, uri, route, from, fromTag, to, toTag, callId, cseq, headers, body, withContact, focus);
    }

    OutgoingRequest from(NameAddr other, Map<String, String> more) {
        var all = new LinkedHashMap<>(headers);
        all.putAll(more);
        return new OutgoingRequest(
                method, requestUri, routes, other, fromTag, to, toTag, callId, cseq, all, body, withContact, focus);
    }

    OutgoingRequest numbered(long number, Map<String, String> more) {
        var all = new LinkedHashMap<>(headers);
        all.putAll(more);
        return new OutgoingRequest(
                method, requestUri, routes, from, fromTag, to, toTag, callId, number, all, body, withContact, focus);
    }

    /** What it will weigh on the wire, roughly and never too little (RFC 3261 §18.1.1). */
    int size() {
        int size = 400 + requestUri.value().length() + callId.length();
        size += from.toString().length() + to.toString().length();
        size += body.map(b -> b.bytes().length + b.contentType().length()).orElse(0);
        for (String route : routes) {
            size += route.length() + 9;
        }
        for (var header : headers.entrySet()) {
            size += header.getKey().length() + header.getValue().length() + 4;
        }
        return size;
    }
}
