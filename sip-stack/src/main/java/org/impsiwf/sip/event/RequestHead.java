package org.impsiwf.sip.event;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The head of a request that reached us, authenticated.
 *
 * @param otherHeaders every header that has no component of its own, by lower-case long name, values in order; without
 *     those of transaction and routing (Via, Route, CSeq, …) and without credentials
 */
public record RequestHead(
        SipUri requestUri,
        NameAddr from,
        NameAddr to,
        String callId,
        Originator originator,
        List<String> supported,
        Map<String, List<String>> otherHeaders) {

    /** The first value of a header that has no component of its own; the name in lower case. */
    public Optional<String> header(String lowerCaseName) {
        return otherHeaders.getOrDefault(lowerCaseName, List.of()).stream().findFirst();
    }
}
