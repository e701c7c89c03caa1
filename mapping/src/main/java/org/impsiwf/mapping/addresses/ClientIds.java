package org.impsiwf.mapping.addresses;

import java.util.Optional;

/** Client-ID ⇄ {@code +sip.instance} (RFC 5626 §4.1): the client that somebody uses, on either side a URI. */
public final class ClientIds {

    private ClientIds() {}

    /** The Client-ID for an instance; the angle brackets of the parameter value stay at the SIP side. */
    public static Optional<String> ofInstance(Optional<String> instance) {
        return instance.map(value -> value.strip().replaceAll("^\"?<?|>?\"?$", ""))
                .filter(value -> !value.isEmpty());
    }
}
