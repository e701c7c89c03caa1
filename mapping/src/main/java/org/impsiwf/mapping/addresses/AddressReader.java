package org.impsiwf.mapping.addresses;

import java.util.Locale;
import java.util.Optional;

/** Reads the schemes that we bridge: {@code wv:}, none (which is {@code wv:}), {@code sip:}, {@code sips:}, {@code tel:}, {@code im:}, {@code pres:}. */
final class AddressReader {

    private static final int MAX_LENGTH = 2048;

    /** E.164 numbers have 15 digits at most; some leeway for prefixes in use. */
    private static final int MAX_DIGITS = 20;

    private static final String VISUAL_SEPARATORS = "-.()";

    private AddressReader() {}

    static Address read(String text) throws AddressException {
        if (text.length() > MAX_LENGTH) {
            throw new AddressException("longer than " + MAX_LENGTH + " characters");
        }
        int colon = text.indexOf(':');
        int at = text.indexOf('@');
        String scheme = colon < 0 || (at >= 0 && at < colon)
                ? ""
                : text.substring(0, colon).toLowerCase(Locale.ROOT);
        return switch (scheme) {
            case "" -> parts(text, false);
            case "wv" -> parts(text.substring(colon + 1), false);
            case "sip", "sips" -> sip(text.substring(colon + 1));
            case "im", "pres" -> parts(untilAny(text.substring(colon + 1), "?"), false);
            case "tel" -> tel(text.substring(colon + 1));
            default -> throw new AddressException("a scheme that is not bridged");
        };
    }

    /** RFC 3261 §19.1.1: {@code user:password@host:port;parameters?headers}, of which user and host name somebody. */
    private static Address sip(String text) throws AddressException {
        int at = text.indexOf('@');
        if (at < 0) {
            throw new AddressException("no user in a SIP URI");
        }
        String tail = text.substring(at + 1);
        String parameters =
                tail.contains(";") ? tail.substring(tail.indexOf(';')).toLowerCase(Locale.ROOT) : "";
        String host = withoutPort(untilAny(tail, ";?"));
        boolean phone = (parameters + ";").contains(";user=phone;");
        return parts(untilAny(text.substring(0, at), ":") + "@" + host, phone);
    }

    private static Address parts(String text, boolean phone) throws AddressException {
        int at = text.lastIndexOf('@');
        if (at <= 0) {
            throw new AddressException("no user and domain around an at sign");
        }
        String local = text.substring(0, at);
        String domain = domain(text.substring(at + 1));
        if (local.indexOf('@') >= 0) {
            throw new AddressException("more than one at sign");
        }
        int slash = local.indexOf('/');
        if (slash >= 0) {
            return group(local.substring(0, slash), local.substring(slash + 1), domain);
        }
        String user = PartCoding.decode(local);
        if (user.startsWith("+")) {
            Optional<String> digits = digits(untilAny(user, ";"));
            if (digits.isPresent()) {
                return new Address.Telephone(digits.get(), Optional.of(domain));
            }
            if (phone) {
                throw new AddressException("no telephone number before the at sign");
            }
        }
        return new Address.User(user, domain);
    }

    private static Address group(String owner, String name, String domain) throws AddressException {
        if (name.isEmpty() || name.indexOf('/') >= 0) {
            throw new AddressException("no group name after the slash");
        }
        return new Address.Group(PartCoding.decode(owner), PartCoding.decode(name), domain);
    }

    /** RFC 3966: only global numbers name somebody without further context. */
    private static Address tel(String text) throws AddressException {
        String number = untilAny(text, ";");
        if (!number.startsWith("+")) {
            throw new AddressException("a telephone number that is not global");
        }
        return new Address.Telephone(
                digits(number).orElseThrow(() -> new AddressException("not a telephone number")), Optional.empty());
    }

    private static Optional<String> digits(String number) {
        StringBuilder digits = new StringBuilder(number.length());
        for (char c : number.substring(1).toCharArray()) {
            if (c >= '0' && c <= '9') {
                digits.append(c);
            } else if (VISUAL_SEPARATORS.indexOf(c) < 0) {
                return Optional.empty();
            }
        }
        return digits.isEmpty() || digits.length() > MAX_DIGITS ? Optional.empty() : Optional.of(digits.toString());
    }

    private static String domain(String text) throws AddressException {
        boolean ipv6 = text.startsWith("[") && text.endsWith("]") && text.length() > 4;
        String checked = ipv6 ? text.substring(1, text.length() - 1) : text;
        String also = ipv6 ? ":." : "-.";
        if (checked.isEmpty()
                || checked.length() > 253
                || !isOf(checked, also)
                || checked.startsWith(".")
                || checked.contains("..")) {
            throw new AddressException("no domain after the at sign");
        }
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }

    private static boolean isOf(String text, String also) {
        for (int i = 0; i < text.length(); i++) {
            if (!PartCoding.isAlphanumeric(text.charAt(i)) && also.indexOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    private static String withoutPort(String hostPort) {
        int bracket = hostPort.lastIndexOf(']');
        int colon = hostPort.indexOf(':', bracket + 1);
        return colon < 0 ? hostPort : hostPort.substring(0, colon);
    }

    private static String untilAny(String text, String stops) {
        for (int i = 0; i < text.length(); i++) {
            if (stops.indexOf(text.charAt(i)) >= 0) {
                return text.substring(0, i);
            }
        }
        return text;
    }
}
