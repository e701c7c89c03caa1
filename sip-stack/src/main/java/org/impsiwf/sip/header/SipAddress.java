package org.impsiwf.sip.header;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The parts of a {@code sip:}, {@code sips:} or {@code tel:} URI (RFC 3261 §19.1.1, RFC 3966). Pure.
 *
 * @param scheme in lower case
 * @param user without the password, escapes as received; the number of a {@code tel:} URI
 * @param host in lower case, an IPv6 reference without its brackets; empty for {@code tel:}
 * @param params by lower-case name, escapes as received; a parameter without value has the empty one
 * @param headers what follows {@code ?}; never turned into headers of a message of ours
 */
public record SipAddress(
        String scheme,
        Optional<String> user,
        String host,
        OptionalInt port,
        Map<String, String> params,
        Optional<String> headers) {

    private static final HexFormat UPPER_HEX = HexFormat.of().withUpperCase();

    /** RFC 3261 §25.1: unreserved and user-unreserved, what a user part carries without escape. */
    private static final String BARE_IN_USER = "-_.!~*'()&=+$,;?/";

    /** These make URIs differ also when only one of them has them (RFC 3261 §19.1.4). */
    private static final List<String> PARAMS_THAT_COUNT = List.of("transport", "user", "ttl", "method", "maddr");

    /** Empty for another scheme and for what is no such URI. */
    public static Optional<SipAddress> parse(String uri) {
        int colon = uri.indexOf(':');
        if (colon <= 0) {
            return Optional.empty();
        }
        String scheme = uri.substring(0, colon).toLowerCase(Locale.ROOT);
        String rest = uri.substring(colon + 1);
        return switch (scheme) {
            case "sip", "sips" -> sip(scheme, rest);
            case "tel" -> tel(rest);
            default -> Optional.empty();
        };
    }

    private static Optional<SipAddress> tel(String rest) {
        int semicolon = rest.indexOf(';');
        String number = semicolon < 0 ? rest : rest.substring(0, semicolon);
        if (number.isEmpty() || !isClean(rest)) {
            return Optional.empty();
        }
        var params = paramsOf(semicolon < 0 ? "" : rest.substring(semicolon + 1));
        return Optional.of(
                new SipAddress("tel", Optional.of(number), "", OptionalInt.empty(), params, Optional.empty()));
    }

    private static Optional<SipAddress> sip(String scheme, String rest) {
        if (!isClean(rest)) {
            return Optional.empty();
        }
        // An '@' cannot stand bare anywhere else; ';' and '?' may stand in a user part (RFC 4475 §3.1.1.9).
        int at = rest.indexOf('@');
        Optional<String> user = Optional.empty();
        if (at >= 0) {
            String userInfo = rest.substring(0, at);
            int password = userInfo.indexOf(':');
            user = Optional.of(password < 0 ? userInfo : userInfo.substring(0, password));
            if (user.get().isEmpty()) {
                return Optional.empty();
            }
        }
        String afterUser = rest.substring(at + 1);
        int question = afterUser.indexOf('?');
        Optional<String> headers = question < 0 ? Optional.empty() : Optional.of(afterUser.substring(question + 1));
        String beforeHeaders = question < 0 ? afterUser : afterUser.substring(0, question);
        int semicolon = beforeHeaders.indexOf(';');
        String hostPort = semicolon < 0 ? beforeHeaders : beforeHeaders.substring(0, semicolon);
        var params = paramsOf(semicolon < 0 ? "" : beforeHeaders.substring(semicolon + 1));
        return withHostPort(scheme, user, hostPort, params, headers);
    }

    private static Optional<SipAddress> withHostPort(
            String scheme,
            Optional<String> user,
            String hostPort,
            Map<String, String> params,
            Optional<String> headers) {
        int bracket = hostPort.lastIndexOf(']');
        int colon = hostPort.indexOf(':', Math.max(bracket, 0));
        String host = colon < 0 ? hostPort : hostPort.substring(0, colon);
        OptionalInt port = colon < 0 ? OptionalInt.empty() : portOf(hostPort.substring(colon + 1));
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.indexOf('[') >= 0 || host.indexOf(']') >= 0) {
            return Optional.empty();
        }
        if (host.isEmpty() || (colon >= 0 && port.isEmpty())) {
            return Optional.empty();
        }
        return Optional.of(new SipAddress(scheme, user, host.toLowerCase(Locale.ROOT), port, params, headers));
    }

    private static OptionalInt portOf(String digits) {
        if (digits.isEmpty() || digits.length() > 5 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return OptionalInt.empty();
        }
        int port = Integer.parseInt(digits);
        return port > 0 && port <= 65_535 ? OptionalInt.of(port) : OptionalInt.empty();
    }

    private static boolean isClean(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c == '<' || c == '>' || c == '"' || c == 0x7f) {
                return false;
            }
        }
        return true;
    }

    private static Map<String, String> paramsOf(String text) {
        var params = new LinkedHashMap<String, String>();
        for (String piece : text.split(";")) {
            int equals = piece.indexOf('=');
            String name = equals < 0 ? piece : piece.substring(0, equals);
            if (!name.isEmpty()) {
                params.putIfAbsent(name.toLowerCase(Locale.ROOT), equals < 0 ? "" : piece.substring(equals + 1));
            }
        }
        return params;
    }

    /** A URI parameter by its lower-case name; the empty string when it stands without a value. */
    public Optional<String> param(String name) {
        return Optional.ofNullable(params.get(name));
    }

    public boolean isSecure() {
        return scheme.equals("sips");
    }

    /** The host as a URI carries it: an IPv6 literal in brackets. */
    public String hostReference() {
        return host.indexOf(':') >= 0 ? '[' + host + ']' : host;
    }

    /**
     * The canonical address-of-record (RFC 3261 §10.3 step 5): no parameters, no port, escapes that mean the same written
     * the same way. {@code %00} stays a part of the user (RFC 4475 §3.1.1.4). A sips URI and the sip URI are one user
     * (RFC 5630 §3.3).
     */
    public String addressOfRecord() {
        String canonicalUser = user.map(SipAddress::canonical).orElse("");
        if (scheme.equals("tel")) {
            return "tel:" + canonicalUser.replaceAll("[-.()]", "");
        }
        return "sip:" + (canonicalUser.isEmpty() ? "" : canonicalUser + '@') + hostReference();
    }

    /** Whether both are one URI by RFC 3261 §19.1.4. */
    public boolean isSameUri(SipAddress other) {
        return scheme.equals(other.scheme)
                && user.map(SipAddress::canonical).equals(other.user.map(SipAddress::canonical))
                && host.equals(other.host)
                && port.equals(other.port)
                && headers.equals(other.headers)
                && PARAMS_THAT_COUNT.stream().allMatch(name -> sameParam(name, other))
                && params.keySet().stream().allMatch(name -> !other.params.containsKey(name) || sameParam(name, other));
    }

    private boolean sameParam(String name, SipAddress other) {
        return param(name)
                .map(value -> value.toLowerCase(Locale.ROOT))
                .equals(other.param(name).map(value -> value.toLowerCase(Locale.ROOT)));
    }

    private static String canonical(String user) {
        var canonical = new StringBuilder(user.length());
        for (byte b : unescape(user)) {
            char c = (char) (b & 0xff);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || BARE_IN_USER.indexOf(c) >= 0)) {
                canonical.append(c);
            } else {
                canonical.append('%').append(UPPER_HEX.toHexDigits(b));
            }
        }
        return canonical.toString();
    }

    private static byte[] unescape(String text) {
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        byte[] plain = new byte[raw.length];
        int length = 0;
        for (int i = 0; i < raw.length; i++) {
            boolean escape = raw[i] == '%'
                    && i + 2 < raw.length
                    && HexFormat.isHexDigit(raw[i + 1])
                    && HexFormat.isHexDigit(raw[i + 2]);
            if (escape) {
                plain[length++] = (byte) (HexFormat.fromHexDigit(raw[i + 1]) << 4 | HexFormat.fromHexDigit(raw[i + 2]));
                i += 2;
            } else {
                plain[length++] = raw[i];
            }
        }
        return Arrays.copyOf(plain, length);
    }
}
