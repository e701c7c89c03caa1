package org.impsiwf.ssp.routing;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The service agreements: in which domain the PSE of whose users is (SSP-004). Domains are compared in lower case.
 *
 * @param home our own domains
 * @param providers where the PSE of our own users is, for services that another domain provides to us
 * @param complementary domains whose PSE we are
 * @param relayed agreements of others, on whose path we are an intermediate node
 */
public record ServiceTable(
        Set<String> home, Map<Service, String> providers, List<Complementary> complementary, List<Relayed> relayed) {

    public ServiceTable {
        home = home.stream().map(ServiceTable::lower).collect(Collectors.toUnmodifiableSet());
        providers = providers.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, e -> lower(e.getValue())));
        complementary = List.copyOf(complementary);
        relayed = List.copyOf(relayed);
    }

    /** A domain with all services of its own, which provides none to others. */
    public static ServiceTable of(String domain) {
        return new ServiceTable(Set.of(domain), Map.of(), List.of(), List.of());
    }

    /**
     * We are the PSE of that domain's users.
     *
     * @param directTo where we may send what they began without going back through their home domain: it overrides rule 3
     *     (SSP-016, SSP-019)
     */
    public record Complementary(String domain, Set<Service> services, Set<String> directTo) {
        public Complementary {
            domain = lower(domain);
            services = Set.copyOf(services);
            directTo = directTo.stream().map(ServiceTable::lower).collect(Collectors.toUnmodifiableSet());
        }
    }

    /** The PSE of the users of {@code domain} is {@code provider}, and the way there may lead through us. */
    public record Relayed(String domain, Set<Service> services, String provider) {
        public Relayed {
            domain = lower(domain);
            services = Set.copyOf(services);
            provider = lower(provider);
        }
    }

    public ServiceTable providedBy(String provider, Set<Service> services) {
        Map<Service, String> all = new EnumMap<>(Service.class);
        all.putAll(providers);
        services.forEach(service -> all.put(service, provider));
        return new ServiceTable(home, all, complementary, relayed);
    }

    public ServiceTable providing(Complementary agreement) {
        return new ServiceTable(home, providers, with(complementary, agreement), relayed);
    }

    public ServiceTable relaying(Relayed agreement) {
        return new ServiceTable(home, providers, complementary, with(relayed, agreement));
    }

    private static <T> List<T> with(List<T> list, T another) {
        return Stream.concat(list.stream(), Stream.of(another)).toList();
    }

    public boolean isHome(String domain) {
        return home.contains(lower(domain));
    }

    /** The domain that provides our users with that service; empty when we do. */
    public Optional<String> providerOfHome(Service service) {
        return Optional.ofNullable(providers.get(service));
    }

    /** Whether we are the PSE of the users of that domain, ours or another. */
    public boolean isPrimary(String domain, Service service) {
        return isHome(domain)
                ? providerOfHome(service).isEmpty()
                : agreement(domain, service).isPresent();
    }

    /** The agreement by which we are the PSE of another domain. */
    Optional<Complementary> agreement(String domain, Service service) {
        return complementary.stream()
                .filter(one ->
                        one.domain().equals(lower(domain)) && one.services().contains(service))
                .findFirst();
    }

    /** Where the PSE of another domain is, when we are on the way to it. */
    Optional<String> relayedProvider(String domain, Service service) {
        return relayed.stream()
                .filter(one ->
                        one.domain().equals(lower(domain)) && one.services().contains(service))
                .map(Relayed::provider)
                .findFirst();
    }

    private static String lower(String domain) {
        return domain.toLowerCase(Locale.ROOT);
    }
}
