package org.impsiwf.sip.event;

import java.util.Optional;

/** RFC 3261 §20.10 name-addr: a display name (unquoted, absent when empty) and a URI. Header parameters are not in it. */
public record NameAddr(Optional<String> displayName, SipUri uri) {

    public static NameAddr of(SipUri uri) {
        return new NameAddr(Optional.empty(), uri);
    }
}
