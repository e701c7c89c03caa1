package org.impsiwf.sip.header;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.sip.event.NameAddr;
import org.impsiwf.sip.event.SipUri;

/**
 * One value of From, To, Contact, Route, Path, P-Asserted-Identity and the like (RFC 3261 §20.10): an address and the
 * header's own parameters. Pure.
 *
 * @param params by lower-case name, unquoted; a parameter without value has the empty one
 */
public record AddressHeader(NameAddr nameAddr, Map<String, String> params) {

    /** Reads one value, such as {@code "A. Bell" <sip:bell@example.com>;tag=1}. */
    public static AddressHeader parse(String value) throws HeaderException {
        String text = value.strip();
        int open = HeaderText.next(text + '<', '<', 0);
        if (open < text.length()) {
            return withBrackets(text, open);
        }
        // RFC 3261 §20.10: without brackets all parameters belong to the header.
        int semicolon = text.indexOf(';');
        String uri = (semicolon < 0 ? text : text.substring(0, semicolon)).strip();
        String params = semicolon < 0 ? "" : text.substring(semicolon + 1);
        return new AddressHeader(new NameAddr(Optional.empty(), uri(uri)), HeaderText.params(params, ';'));
    }

    private static AddressHeader withBrackets(String text, int open) throws HeaderException {
        int close = text.indexOf('>', open);
        if (close < 0) {
            throw new HeaderException("'<' without '>'");
        }
        String display = text.substring(0, open).strip();
        String after = text.substring(close + 1).strip();
        if (!after.isEmpty() && after.charAt(0) != ';') {
            throw new HeaderException("text after '>'");
        }
        String name = HeaderText.unquote(display);
        return new AddressHeader(
                new NameAddr(
                        name.isBlank() ? Optional.empty() : Optional.of(name),
                        uri(text.substring(open + 1, close).strip())),
                HeaderText.params(after.isEmpty() ? "" : after.substring(1), ';'));
    }

    private static SipUri uri(String text) throws HeaderException {
        int colon = text.indexOf(':');
        if (colon <= 0 || hasForeign(text)) {
            throw new HeaderException("no URI: " + text);
        }
        return new SipUri(text);
    }

    private static boolean hasForeign(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c == '<' || c == '>' || c == '"') {
                return true;
            }
        }
        return false;
    }

    /** All values of a header that may stand several times or as a list with commas. */
    public static List<AddressHeader> parseAll(List<String> values) throws HeaderException {
        var all = new ArrayList<AddressHeader>();
        for (String value : values) {
            for (String piece : HeaderText.split(value, ',')) {
                all.add(parse(piece));
            }
        }
        return List.copyOf(all);
    }

    /** The address as a name-addr, always with brackets, the display name always quoted. */
    public static String write(NameAddr address) {
        String uri = '<' + address.uri().value() + '>';
        return address.displayName()
                .map(name -> HeaderText.quote(name) + ' ' + uri)
                .orElse(uri);
    }
}
