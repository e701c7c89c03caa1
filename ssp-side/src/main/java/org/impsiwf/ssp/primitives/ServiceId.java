package org.impsiwf.ssp.primitives;

/** SSP 6.3.7: names a domain's server, {@code wv:@domain}. */
public record ServiceId(String value) {

    /** The domain after the at sign, in lower case. */
    public String domain() {
        return value.substring(value.indexOf('@') + 1).toLowerCase(java.util.Locale.ROOT);
    }

    @Override
    public String toString() {
        return value;
    }
}
