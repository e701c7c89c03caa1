package org.impsiwf.sip.body;

import java.util.Locale;
import java.util.Map;
import org.impsiwf.sip.header.HeaderException;
import org.impsiwf.sip.header.HeaderText;

/**
 * A Content-Type or Content-Disposition value taken apart.
 *
 * @param value {@code type/subtype} or the disposition, in lower case
 * @param params by lower-case name, unquoted
 */
record MediaType(String value, Map<String, String> params) {

    static MediaType parse(String text) throws BodyException {
        int semicolon = text.indexOf(';');
        String value =
                (semicolon < 0 ? text : text.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
        try {
            return new MediaType(value, HeaderText.params(semicolon < 0 ? "" : text.substring(semicolon + 1), ';'));
        } catch (HeaderException e) {
            throw BodyException.malformed("parameters of " + value + ": " + e.getMessage());
        }
    }

    boolean isMultipart() {
        return value.startsWith("multipart/");
    }
}
