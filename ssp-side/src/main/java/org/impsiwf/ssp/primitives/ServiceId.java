package org.impsiwf.ssp.primitives;

/** SSP 6.3.7: names a domain's server, {@code wv:@domain}. */
@Missing(606)
public record ServiceId(String value) {

    /** The domain after the at sign, in lower case. */
    public String domain() {
        return Address.domain(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
