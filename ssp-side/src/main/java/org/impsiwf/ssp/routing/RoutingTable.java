package org.impsiwf.ssp.routing;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.impsiwf.ssp.primitives.ServiceId;

/**
 * The static list of directly connected neighbours, and the domains that may be forwarded to each of them (SSP-025).
 *
 * @param neighbours by their domain
 * @param routes the domains behind them
 */
public record RoutingTable(Map<String, Neighbour> neighbours, List<Route> routes) {

    public RoutingTable {
        neighbours = Map.copyOf(neighbours);
        routes = List.copyOf(routes);
    }

    /** @param carries domains besides its own whose requests it may bring to us */
    public record Neighbour(ServiceId serviceId, Set<String> carries) {
        public Neighbour {
            carries = carries.stream().map(RoutingTable::lower).collect(Collectors.toUnmodifiableSet());
        }
    }

    /** What is for that domain may be forwarded to that neighbour, for these services. */
    public record Route(String domain, ServiceId neighbour, Set<Service> services) {
        public Route {
            domain = lower(domain);
            services = Set.copyOf(services);
        }

        /** For every service. */
        public static Route of(String domain, ServiceId neighbour) {
            return new Route(domain, neighbour, Set.of(Service.values()));
        }

        /** SSP 6.3: addresses of other systems that have no domain, such as {@code tel:}, are for that IWF. */
        public static Route ofNumbers(ServiceId iwf) {
            return of("", iwf);
        }
    }

    public static RoutingTable none() {
        return new RoutingTable(Map.of(), List.of());
    }

    public RoutingTable with(Neighbour neighbour) {
        Map<String, Neighbour> all = new HashMap<>(neighbours);
        all.put(neighbour.serviceId().domain(), neighbour);
        return new RoutingTable(all, routes);
    }

    public RoutingTable without(ServiceId neighbour) {
        Map<String, Neighbour> all = new HashMap<>(neighbours);
        all.remove(neighbour.domain());
        return new RoutingTable(all, routes);
    }

    public RoutingTable with(Route route) {
        return new RoutingTable(
                neighbours, Stream.concat(routes.stream(), Stream.of(route)).toList());
    }

    /** To whom something for that domain is handed: itself when it is a neighbour. */
    public Optional<ServiceId> nextHop(String domain, Service service) {
        String wanted = lower(domain);
        Neighbour direct = neighbours.get(wanted);
        return direct != null
                ? Optional.of(direct.serviceId())
                : routes.stream()
                        .filter(route -> route.domain().equals(wanted)
                                && route.services().contains(service))
                        .map(Route::neighbour)
                        .filter(one -> neighbours.containsKey(one.domain()))
                        .findFirst();
    }

    /** Whether that neighbour may bring us requests of users of that domain. */
    boolean mayBring(ServiceId neighbour, String domain, Service service) {
        return neighbour.domain().equals(lower(domain))
                || Optional.ofNullable(neighbours.get(neighbour.domain()))
                        .filter(one -> one.carries().contains(lower(domain)))
                        .isPresent()
                || routes.stream()
                        .anyMatch(route -> route.domain().equals(lower(domain))
                                && route.neighbour().domain().equals(neighbour.domain())
                                && route.services().contains(service));
    }

    private static String lower(String domain) {
        return domain.toLowerCase(Locale.ROOT);
    }
}
