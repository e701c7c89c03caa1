package org.impsiwf.mapping;

import java.util.Optional;
import org.impsiwf.mapping.addresses.Address;
import org.impsiwf.mapping.event.Domains;
import org.impsiwf.mapping.event.Peer;
import org.impsiwf.mapping.event.Policy;
import org.impsiwf.sip.event.Originator;
import org.impsiwf.ssp.primitives.ServiceId;

/** Whose address it is, and who may speak for it. */
final class Jurisdiction {

    private final Policy policy;
    private final Domains domains;

    Jurisdiction(Policy policy, Domains domains) {
        this.policy = policy;
        this.domains = domains;
    }

    /** @param status of the answer */
    record Objection(int status, String why) {}

    /** Why this sender of a SIP request cannot be spoken for on the SSP side. */
    Optional<Objection> objectionTo(Originator originator) {
        boolean ours = Address.tryParse(originator.identity().uri().value())
                .filter(this::isServed)
                .filter(address -> !(address instanceof Address.Group))
                .isPresent();
        if (!ours) {
            // We may speak on the SSP side for our own domains only (SSP 8.1; peers answer 901).
            return Optional.of(new Objection(403, "a sender outside the served SIP domains"));
        }
        if (originator.privacy()) {
            // SSP names the sender to the peer, always: the request cannot go on without breaking RFC 3323 (RFC 5079).
            return Optional.of(new Objection(433, "a sender that wants not to be named"));
        }
        return Optional.empty();
    }

    /** Whether it is a SIP user's address, as far as the domain says. */
    boolean isServed(Address sip) {
        return sip.domainName().map(policy.sipDomains()::contains).orElse(true);
    }

    Optional<Peer> peerOf(Address imps) {
        return imps.domainName()
                .map(domain -> policy.sipDomains().contains(domain) ? Optional.<Peer>empty() : domains.serving(domain))
                .orElseGet(domains::forTelephoneNumbers);
    }

    /** Whether it is our own domain that asks: what the user may do has been checked there. */
    boolean isSelf(ServiceId peer) {
        return peer.domain().equals(policy.ourDomain());
    }

    /** A peer speaks for the users of its own domains only. */
    boolean speaksFor(ServiceId peer, String user) {
        return isSelf(peer)
                || Address.tryParse(user)
                        .flatMap(this::peerOf)
                        .filter(server -> server.id().domain().equals(peer.domain()))
                        .isPresent();
    }

    /** Who hosts the group: we, or a neighbour; empty when nobody whom we know does. */
    Optional<ServiceId> hostOf(Address.Group group) {
        return policy.isHome(group.domain())
                ? Optional.of(policy.hostOfOurs(group))
                : domains.serving(group.domain()).map(Peer::id);
    }

    boolean hosts(ServiceId peer, Address.Group group) {
        return isSelf(peer)
                || hostOf(group)
                        .filter(host -> host.domain().equals(peer.domain()))
                        .isPresent();
    }

    /** Whether the domain belongs to anybody: us, a SIP domain, or one that a neighbour serves. */
    boolean isAnybodys(String domain) {
        return policy.isHome(domain) || domains.serving(domain).isPresent();
    }
}
