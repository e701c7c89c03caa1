package org.impsiwf.mapping;

import java.util.Locale;
import java.util.Optional;
import org.impsiwf.mapping.addresses.Address;
import org.impsiwf.sip.event.SipUri;

/** Request-URIs of conferences: the factory's, a group's, and the Contact that we give as a group's focus. */
final class ConferenceUris {

    /** In the Contact of a focus, whose host part is our own address: the domain of the conference URI. */
    private static final String CONFERENCE_DOMAIN = "conference";

    private final Jurisdiction jurisdiction;
    private final Parts factory;

    ConferenceUris(String factory, Jurisdiction jurisdiction) {
        this.jurisdiction = jurisdiction;
        this.factory = Parts.of(factory).orElseThrow(() -> new IllegalArgumentException("no SIP URI: " + factory));
    }

    /** The configured URI by the comparison of RFC 3261 §19.1.4, or its user part at an address of ours. */
    boolean isFactory(SipUri uri) {
        return Parts.of(uri.value())
                .filter(parts -> parts.user().equals(factory.user()))
                .filter(parts -> isFactoryHost(parts) || !jurisdiction.isAnybodys(parts.host()))
                .isPresent();
    }

    private boolean isFactoryHost(Parts parts) {
        return parts.host().equals(factory.host()) && parts.port().equals(factory.port());
    }

    /** The group that a request to this URI is for. */
    Optional<Address.Group> group(SipUri uri) {
        return Address.Group.tryParse(uri.value())
                .map(group -> jurisdiction.isAnybodys(group.domain())
                        ? group
                        : Parts.of(uri.value())
                                .flatMap(parts -> parts.parameter(CONFERENCE_DOMAIN))
                                .map(domain -> new Address.Group(group.owner(), group.name(), domain))
                                .orElse(group));
    }

    /**
     * What the comparison looks at. Parameters in only one of the two URIs are ignored, but for user, ttl, method and maddr,
     * which neither the factory nor a focus has.
     */
    private record Parts(String user, String host, String port, String parameters) {

        static Optional<Parts> of(String uri) {
            String lower = uri.toLowerCase(Locale.ROOT);
            int colon = uri.indexOf(':');
            int at = uri.indexOf('@');
            boolean sip = lower.startsWith("sip:") || lower.startsWith("sips:");
            if (!sip || at < colon) {
                return Optional.empty();
            }
            String tail = lower.substring(at + 1);
            int end = indexOfAny(tail, ";?", 0);
            String hostPort = tail.substring(0, end);
            int portColon = hostPort.indexOf(':', hostPort.lastIndexOf(']') + 1);
            String host = portColon < 0 ? hostPort : hostPort.substring(0, portColon);
            String port = portColon < 0 ? "" : hostPort.substring(portColon + 1);
            String user = uri.substring(colon + 1, at);
            String parameters = tail.substring(end, indexOfAny(tail, "?", end));
            return Optional.of(new Parts(user.substring(0, indexOfAny(user, ":", 0)), host, port, parameters + ";"));
        }

        Optional<String> parameter(String name) {
            int start = parameters.indexOf(";" + name + "=");
            if (start < 0) {
                return Optional.empty();
            }
            int value = start + name.length() + 2;
            return Optional.of(parameters.substring(value, parameters.indexOf(';', value)));
        }

        private static int indexOfAny(String text, String stops, int from) {
            for (int i = from; i < text.length(); i++) {
                if (stops.indexOf(text.charAt(i)) >= 0) {
                    return i;
                }
            }
            return text.length();
        }
    }
}
