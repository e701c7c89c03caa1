package org.impsiwf.ssp.routing;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.routing.Destination.Here;
import org.impsiwf.ssp.routing.Destination.Onward;
import org.impsiwf.ssp.routing.Destination.Refused;

/** The IOP rules of SSP 5.2 over the two tables. Pure. */
public record Routing(ServiceTable services, RoutingTable routes) {

    /** Rule 1: a client of ours asks; its PSE gets it, whatever domain is addressed (SSP-010, SSP-020). */
    public Destination fromClient(Primitive request) {
        Service service = Service.of(request.getClass());
        return services.providerOfHome(service).map(pse -> to(pse, service)).orElseGet(Here::new);
    }

    /** One of our Service Elements sends something towards a domain. */
    public Destination fromElement(String domain, Primitive primitive) {
        Addressing a = Addressing.of(primitive);
        if (services.isHome(domain)) {
            return a.toUsers() ? new Here() : atHome(a.service());
        }
        // Rule 3, unless the offline agreement overrides it: back to the home domain that triggered it.
        Optional<String> back = a.trigger(primitive)
                .filter(trigger -> !trigger.equals(domain))
                .filter(trigger -> !services.isHome(trigger))
                .filter(trigger -> services.agreement(trigger, a.service())
                        .filter(agreed -> !agreed.directTo().contains(domain))
                        .isPresent())
                .filter(trigger -> !services.isPrimary(domain, a.service()));
        return to(back.orElse(domain), a.service());
    }

    /** A neighbour sends something. */
    public Destination fromNeighbour(ServiceId neighbour, Primitive primitive) {
        Addressing a = Addressing.of(primitive);
        return a.toUsers() ? towardsUsers(neighbour, a) : towardsPse(neighbour, a);
    }

    private Destination towardsUsers(ServiceId neighbour, Addressing a) {
        if (a.addressed().isEmpty() || a.addressed().stream().anyMatch(services::isHome)) {
            return new Here();
        }
        if (a.addressed().size() > 1) {
            // One primitive is for one domain; who mixes them has no agreement with us that covers it.
            return new Refused(StatusCode.DOMAIN_NOT_SUPPORTED);
        }
        String domain = a.addressed().iterator().next();
        boolean fromOurPse = isTowards(services.providerOfHome(a.service()), neighbour, a.service());
        boolean onItsPath = isTowards(services.relayedProvider(domain, a.service()), neighbour, a.service())
                || a.asking()
                        .filter(home -> isTowards(services.relayedProvider(home, a.service()), neighbour, a.service()))
                        .isPresent();
        return fromOurPse || onItsPath ? away(neighbour, domain, a.service()) : missing(a, domain);
    }

    private Destination towardsPse(ServiceId neighbour, Addressing a) {
        if (a.asking().isEmpty()) {
            return new Here();
        }
        String asking = a.asking().get();
        if (services.isHome(asking) && !isDistributed(neighbour, a)) {
            return forOurUser(neighbour, a);
        }
        if (!isDistributed(neighbour, a) && !routes.mayBring(neighbour, asking, a.service()) && !onPath(neighbour, a)) {
            return new Refused(StatusCode.SERVICE_PROVIDER_AGREEMENT_MISSING);
        }
        if (a.addressed().stream().anyMatch(services::isHome)) {
            return atHome(a.service());
        }
        boolean primary = Stream.concat(Stream.of(asking), a.addressed().stream())
                .anyMatch(domain -> services.isPrimary(domain, a.service()));
        // Who keeps the groups of a domain is also who its members speak to, and who lets others in.
        boolean keepsItsGroup = a.group()
                .filter(domain -> services.isPrimary(domain, Service.GROUP))
                .isPresent();
        if (primary || keepsItsGroup) {
            return new Here();
        }
        boolean relayed = services.relayedProvider(asking, a.service()).isPresent();
        if (a.ownState() && !relayed) {
            // Nobody agreed that we keep that for users of another domain.
            return new Refused(StatusCode.SERVICE_NOT_AGREED);
        }
        return between(neighbour, asking, a);
    }

    /** Rule 3 as the home domain sees it: our PSE hands back what our user began, and we bring it to its destination. */
    private Destination forOurUser(ServiceId neighbour, Addressing a) {
        if (!isTowards(services.providerOfHome(a.service()), neighbour, a.service())) {
            return new Refused(StatusCode.INVALID_USER_ID);
        }
        Set<String> others = foreign(a);
        return switch (others.size()) {
            case 0 -> new Here();
            case 1 -> away(neighbour, others.iterator().next(), a.service());
            default -> new Refused(StatusCode.DOMAIN_NOT_SUPPORTED);
        };
    }

    /** We are an intermediate node, or not concerned at all. */
    private Destination between(ServiceId neighbour, String asking, Addressing a) {
        Optional<String> pse = services.relayedProvider(asking, a.service());
        if (pse.isPresent()) {
            String towards = isTowards(pse, neighbour, a.service()) ? asking : pse.get();
            return away(neighbour, towards, a.service());
        }
        Set<String> others = foreign(a);
        if (others.isEmpty() || others.equals(Set.of(asking))) {
            return others.isEmpty() && neighbour.domain().equals(asking) ? new Here() : missing(a, asking);
        }
        if (others.size() > 1) {
            return new Refused(StatusCode.DOMAIN_NOT_SUPPORTED);
        }
        String addressed = others.iterator().next();
        Optional<String> itsPse = services.relayedProvider(addressed, a.service());
        if (itsPse.isPresent() && !isTowards(itsPse, neighbour, a.service())) {
            return away(neighbour, itsPse.get(), a.service());
        }
        boolean listed = routes.routes().stream()
                .anyMatch(route ->
                        route.domain().equals(addressed) && route.services().contains(a.service()));
        return listed ? away(neighbour, addressed, a.service()) : missing(a, addressed);
    }

    private boolean onPath(ServiceId neighbour, Addressing a) {
        return Stream.concat(a.asking().stream(), a.addressed().stream())
                .anyMatch(domain -> isTowards(services.relayedProvider(domain, a.service()), neighbour, a.service()));
    }

    /** SSP-021: the domain of a group hands a member's message or invitation on. */
    private static boolean isDistributed(ServiceId neighbour, Addressing a) {
        return a.group().equals(Optional.of(neighbour.domain()));
    }

    private Destination atHome(Service service) {
        return services.providerOfHome(service).map(pse -> to(pse, service)).orElseGet(Here::new);
    }

    private Set<String> foreign(Addressing a) {
        return a.addressed().stream().filter(domain -> !services.isHome(domain)).collect(Collectors.toSet());
    }

    private boolean isTowards(Optional<String> domain, ServiceId neighbour, Service service) {
        return domain.flatMap(one -> routes.nextHop(one, service))
                .filter(hop -> hop.domain().equals(neighbour.domain()))
                .isPresent();
    }

    private Destination to(String domain, Service service) {
        return routes.nextHop(domain, service)
                .<Destination>map(hop -> new Onward(domain, hop))
                .orElseGet(() -> new Refused(StatusCode.DOMAIN_NOT_SUPPORTED));
    }

    /** What would go back to where it came from runs in a circle: no agreement can mean that. */
    private Destination away(ServiceId neighbour, String domain, Service service) {
        Destination found = to(domain, service);
        return found instanceof Onward onward && onward.nextHop().domain().equals(neighbour.domain())
                ? new Refused(StatusCode.SERVICE_PROVIDER_AGREEMENT_MISSING)
                : found;
    }

    /** SSP-023: we relay for that domain, but not this; SSP-025: a domain on no list of ours. */
    private Refused missing(Addressing a, String domain) {
        boolean known = a.asking().filter(domain::equals).isPresent()
                || services.relayed().stream()
                        .anyMatch(
                                one -> one.domain().equals(domain) || a.asking().equals(Optional.of(one.domain())));
        return new Refused(known ? StatusCode.SERVICE_PROVIDER_AGREEMENT_MISSING : StatusCode.DOMAIN_NOT_SUPPORTED);
    }

    /** SSP 7.2: for whose users besides its own a neighbour may speak at all; which request it may bring is decided above. */
    public Set<String> speaksFor(ServiceId neighbour) {
        Set<String> domains = new HashSet<>();
        Optional.ofNullable(routes.neighbours().get(neighbour.domain()))
                .ifPresent(one -> domains.addAll(one.carries()));
        routes.routes().stream()
                .filter(route -> route.neighbour().domain().equals(neighbour.domain()))
                .forEach(route -> domains.add(route.domain()));
        services.providers().forEach((service, pse) -> {
            if (isTowards(Optional.of(pse), neighbour, service)) {
                domains.addAll(services.home());
                domains.add(pse);
            }
        });
        for (ServiceTable.Relayed one : services.relayed()) {
            one.services().stream()
                    .filter(service -> isTowards(Optional.of(one.provider()), neighbour, service))
                    .forEach(service -> domains.addAll(Set.of(one.domain(), one.provider())));
        }
        return domains;
    }
}
