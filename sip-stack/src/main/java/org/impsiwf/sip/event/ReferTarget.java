package org.impsiwf.sip.event;

import java.util.Map;

/**
 * Who is to be asked, and how.
 *
 * @param uri without its headers and method parameter
 * @param method INVITE unless the URI says otherwise; upper case
 * @param headers those of the URI, unescaped, by lower-case name
 */
public record ReferTarget(SipUri uri, String method, Map<String, String> headers) {
    public ReferTarget {
        headers = Map.copyOf(headers);
    }
}
