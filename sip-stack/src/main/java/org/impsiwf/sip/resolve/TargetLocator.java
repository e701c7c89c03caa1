package org.impsiwf.sip.resolve;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.impsiwf.sip.event.SipUri;
import org.impsiwf.sip.header.AddressHeader;
import org.impsiwf.sip.header.HeaderException;
import org.impsiwf.sip.header.SipAddress;
import org.impsiwf.sip.registrar.Binding;
import org.impsiwf.sip.registrar.Registrar;

/**
 * Where requests to a user go: all to the configured next hop; else, within a served domain, to the registered contacts;
 * else to the domain of the URI. Reads the registrar's store, so it may block.
 */
public final class TargetLocator {

    private final Registrar registrar;
    private final Optional<SipAddress> nextHop;
    private final Optional<String> nextHopUri;
    private final Predicate<String> servedDomain;

    /**
     * @param nextHop the URI that all SIP towards users goes to; with {@code ;lr} it is also named in a Route header
     * @throws IllegalArgumentException if that is no SIP URI
     */
    public TargetLocator(Registrar registrar, Optional<String> nextHop, Predicate<String> servedDomain) {
        this.registrar = registrar;
        this.nextHopUri = nextHop;
        this.nextHop = nextHop.map(uri -> SipAddress.parse(uri)
                .orElseThrow(() -> new IllegalArgumentException("the next hop is no SIP URI: " + uri)));
        this.servedDomain = servedDomain;
    }

    /** All ways to the user, the most wanted first; empty when nobody is registered or no SIP can get there. */
    public List<Target> locate(SipUri user) {
        if (nextHop.isPresent()) {
            List<String> routes =
                    nextHop.get().param("lr").isPresent() ? List.of('<' + nextHopUri.orElseThrow() + '>') : List.of();
            return List.of(new Target(user.value(), routes, new SipUri(nextHopUri.orElseThrow()), Optional.empty()));
        }
        Optional<SipAddress> address = SipAddress.parse(user.value());
        if (address.isEmpty() || address.get().host().isEmpty()) {
            return List.of();
        }
        if (!servedDomain.test(address.get().host())) {
            return List.of(new Target(user.value(), List.of(), user, Optional.empty()));
        }
        return registrar.bindings(user.value()).stream()
                .filter(binding -> SipAddress.parse(binding.contact()).isPresent())
                .map(TargetLocator::target)
                .toList();
    }

    /** RFC 3327 §5.3: the stored Path is the route to the contact. */
    private static Target target(Binding binding) {
        Optional<SipUri> first = binding.path().stream().findFirst().flatMap(TargetLocator::uriOf);
        return new Target(
                binding.contact(), binding.path(), first.orElse(new SipUri(binding.contact())), binding.flow());
    }

    private static Optional<SipUri> uriOf(String path) {
        try {
            return AddressHeader.parseAll(List.of(path)).stream()
                    .findFirst()
                    .map(value -> value.nameAddr().uri());
        } catch (HeaderException e) {
            return Optional.empty(); // no registrar of ours stores such a Path; the contact itself is the fall-back
        }
    }
}
