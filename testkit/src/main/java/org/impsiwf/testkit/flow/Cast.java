package org.impsiwf.testkit.flow;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.mapping.addresses.Address;
import org.impsiwf.mapping.addresses.AddressException;

/** Who plays in the flows. Bare names stand for the same people on every line; their domains go without saying. */
final class Cast {

    static final String SIP_DOMAIN = "ims.example.com";
    static final String IMPS_DOMAIN = "imps.example.com";
    static final String OTHER_IMPS_DOMAIN = "imps2.example.com";

    /** The domain of our own Service-ID, and of the groups that are hosted here. */
    static final String HOME_DOMAIN = "iwf.example.com";

    static final String FACTORY = "sip:conference@" + HOME_DOMAIN;

    private static final String FACTORY_NAME = "conference";
    private static final String SUFFIX = ".example.com";
    private static final String SCREEN_NAME = ";screen-name=";

    private static final Map<String, String> PEOPLE = Map.of(
            "alice", SIP_DOMAIN,
            "carol", SIP_DOMAIN,
            "dave", SIP_DOMAIN,
            "tom", SIP_DOMAIN,
            "bob", IMPS_DOMAIN,
            "ben", IMPS_DOMAIN,
            "beth", IMPS_DOMAIN,
            "erin", OTHER_IMPS_DOMAIN,
            "ed", OTHER_IMPS_DOMAIN);

    private Cast() {}

    /** As a SIP URI; somebody that the cast does not know is of the given domain. */
    static String sip(String name, String domain) {
        if (name.equals(FACTORY_NAME)) {
            return FACTORY;
        }
        return name.contains(":") ? name : "sip:" + complete(name, domain);
    }

    /** As an IMPS address; somebody that the cast does not know is of the given domain. */
    static String wv(String name, String domain) {
        return name.contains(":") ? name : "wv:" + complete(name, domain);
    }

    private static String complete(String name, String domain) {
        int at = name.lastIndexOf('@');
        if (at < 0) {
            return name + "@" + PEOPLE.getOrDefault(name, domain);
        }
        return name.indexOf('.', at) < 0 ? name + SUFFIX : name;
    }

    /** The shortest text that a flow may write for this address of either side. */
    static String shortName(String address) {
        Optional<String> screenName = screenName(address);
        if (screenName.isPresent()) {
            return "~" + screenName.get();
        }
        if (address.equals(FACTORY)) {
            return FACTORY_NAME;
        }
        try {
            return switch (Address.parse(address)) {
                case Address.User user -> shortUser(user).orElse(address);
                case Address.Group group ->
                    shortDomain(group.domain())
                            .map(domain -> group.owner() + "/" + group.name() + "@" + domain)
                            .orElse(address);
                case Address.Telephone other -> address;
            };
        } catch (AddressException notBridged) {
            return address;
        }
    }

    private static Optional<String> shortUser(Address.User user) {
        boolean goesWithoutSaying = Optional.ofNullable(PEOPLE.get(user.user()))
                .map(user.domain()::equals)
                .orElse(user.domain().equals(SIP_DOMAIN) || user.domain().equals(IMPS_DOMAIN));
        return goesWithoutSaying
                ? Optional.of(user.user())
                : shortDomain(user.domain()).map(domain -> user.user() + "@" + domain);
    }

    private static Optional<String> shortDomain(String domain) {
        int rest = domain.length() - SUFFIX.length();
        boolean isShort = domain.endsWith(SUFFIX) && domain.lastIndexOf('.', rest - 1) < 0;
        return isShort ? Optional.of(domain.substring(0, rest)) : Optional.empty();
    }

    /** The member of a group whose screen name is all that is known: {@code sip:/room@imps.example.com;screen-name=Bob}. */
    static String memberOf(String group, String screenName) {
        return group + SCREEN_NAME + URLEncoder.encode(screenName, UTF_8).replace("+", "%20");
    }

    private static Optional<String> screenName(String address) {
        int at = address.toLowerCase(Locale.ROOT).indexOf(SCREEN_NAME);
        if (at < 0) {
            return Optional.empty();
        }
        String rest = address.substring(at + SCREEN_NAME.length());
        int end = rest.indexOf(';');
        return Optional.of(URLDecoder.decode((end < 0 ? rest : rest.substring(0, end)).replace("+", "%2B"), UTF_8));
    }
}
