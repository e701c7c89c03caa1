package org.impsiwf.ssp.primitives;

import java.util.regex.Pattern;

/** SSP 6.3.8: names a domain's server, {@code wv:@domain}. */
@Missing(606)
public record ServiceId(String value) {

    private static final Pattern FORM = Pattern.compile("(?i:wv:)@[^\\s@/:]+");

    /** Whether it has that form; nothing stands before the domain. */
    public boolean isWellFormed() {
        return FORM.matcher(value).matches();
    }

    /** The domain after the at sign, in lower case. */
    public String domain() {
        return Address.domain(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
