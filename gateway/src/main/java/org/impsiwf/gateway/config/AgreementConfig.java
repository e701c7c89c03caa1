package org.impsiwf.gateway.config;

import java.util.List;

/**
 * A service agreement (SSP 5.1, 5.3): where the PSE of a domain's users is. With our own domain as {@code domain}, our
 * users are served by {@code provider}; with ours as {@code provider}, we serve the users of {@code domain}; with neither,
 * we relay between the two.
 */
public record AgreementConfig(
        @Key("Whose users.") DomainName domain,

        @Key("The domain that serves them.") DomainName provider,

        @Key("For which services; none named: for all.") List<AgreedService> services,

        @Key("Where we, as the provider, may send what these users began without going back through their home domain.")
        List<DomainName> directTo) {

    /** Whether that domain provides that service by this agreement to the users of another. */
    boolean isProvidedBy(String server, AgreedService service) {
        return provider.value().equals(server)
                && !domain.value().equals(server)
                && (services.isEmpty() || services.contains(service));
    }

    /** The services that are agreed on separately. */
    public enum AgreedService {
        USER_PROFILE,
        USER_SESSION,
        COMMON,
        PRESENCE,
        IM,
        GROUP
    }
}
