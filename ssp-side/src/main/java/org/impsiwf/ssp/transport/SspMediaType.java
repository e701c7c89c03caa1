package org.impsiwf.ssp.transport;

import java.util.Locale;

/** The media type of SSP messages; what follows it, for example a charset, is tolerated. */
final class SspMediaType {

    static final String VALUE = "application/vnd.wv.ssp+xml";

    private SspMediaType() {}

    static boolean matches(String contentType) {
        if (contentType == null) {
            return false;
        }
        String bare = contentType.strip().toLowerCase(Locale.ROOT);
        return bare.startsWith(VALUE)
                && (bare.length() == VALUE.length() || " \t;,".indexOf(bare.charAt(VALUE.length())) >= 0);
    }
}
