package org.impsiwf.gateway.runtime;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.impsiwf.gateway.config.DomainName;
import org.impsiwf.gateway.config.PeerConfig;
import org.impsiwf.gateway.config.SspConfig;
import org.impsiwf.mapping.event.Domains;
import org.impsiwf.mapping.event.Peer;
import org.impsiwf.ssp.codec.Dialect;
import org.impsiwf.ssp.primitives.AcceptedContentType;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Services;
import org.impsiwf.ssp.server.PeerAgreement;

/** The IMPS domains as configured, and whether the peer that serves each one is up. Safe from any thread. */
final class PeerDomains implements Domains {

    private final Map<ServiceId, Peer> peers = new ConcurrentHashMap<>();
    private volatile Map<String, ServiceId> serving;
    private volatile Set<ServiceId> invitingFirst;

    PeerDomains(SspConfig ssp) {
        invitingFirst = invitingFirst(ssp);
        for (PeerConfig peer : ssp.peers()) {
            peers.put(peer.serviceId(), asConfigured(peer));
        }
        serving = servers(ssp);
    }

    /** Other peers and routes; those that are new or changed are down until their session is open. */
    void reconfigure(SspConfig ssp, Set<ServiceId> changed) {
        serving = servers(ssp);
        invitingFirst = invitingFirst(ssp);
        peers.keySet().retainAll(ssp.peers().stream().map(PeerConfig::serviceId).toList());
        ssp.peers().stream()
                .filter(peer -> changed.contains(peer.serviceId()))
                .forEach(peer -> peers.put(peer.serviceId(), asConfigured(peer)));
    }

    private static Set<ServiceId> invitingFirst(SspConfig ssp) {
        return ssp.peers().stream()
                .filter(PeerConfig::invitesFirst)
                .map(PeerConfig::serviceId)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Map<String, ServiceId> servers(SspConfig ssp) {
        Map<String, ServiceId> servers = new HashMap<>();
        ssp.routes().forEach((domain, peer) -> servers.putIfAbsent(domain.toLowerCase(Locale.ROOT), peer));
        for (PeerConfig peer : ssp.peers()) {
            for (DomainName domain : peer.domains()) {
                servers.putIfAbsent(domain.value(), peer.serviceId());
            }
            servers.putIfAbsent(peer.serviceId().domain(), peer.serviceId());
        }
        return Map.copyOf(servers);
    }

    /** Above the limit of every type that it takes, a message is for nothing. */
    private static Optional<Long> largestContent(PeerAgreement agreement) {
        List<AcceptedContentType> types = agreement.contentTypes();
        return types.stream().allMatch(type -> type.richContentLength().isPresent())
                ? types.stream()
                        .map(type -> type.richContentLength().orElseThrow())
                        .max(Comparator.naturalOrder())
                : Optional.empty();
    }

    private static boolean takesInvitations(PeerAgreement agreement) {
        return agreement
                .requested()
                .common()
                .flatMap(Services.CommonFeature::invite)
                .filter(Services.Invite::im)
                .isPresent();
    }

    private static Peer asConfigured(PeerConfig peer) {
        var habits = Dialect.named(peer.dialect().spelling()).orElseThrow().inSession();
        return new Peer(
                peer.serviceId(),
                false,
                List.of(),
                Optional.empty(),
                peer.invitesFirst(),
                habits.cancelInviteUnderstood());
    }

    @Override
    public Optional<Peer> serving(String domain) {
        return Optional.ofNullable(serving.get(domain)).flatMap(this::named);
    }

    /** Only a gateway with a single peer knows whom to ask for a number without a domain. */
    @Override
    public Optional<Peer> forTelephoneNumbers() {
        return peers.size() == 1 ? Optional.of(peers.values().iterator().next()) : Optional.empty();
    }

    @Override
    public Optional<Peer> named(ServiceId id) {
        return Optional.ofNullable(peers.get(id));
    }

    /** @param agreement what holds in the session; empty when it has ended meanwhile */
    void up(ServiceId id, List<String> acceptedContentTypes, Optional<PeerAgreement> agreement) {
        change(id, true, acceptedContentTypes, agreement);
    }

    void down(ServiceId id) {
        change(id, false, List.of(), Optional.empty());
    }

    private void change(
            ServiceId id, boolean up, List<String> acceptedContentTypes, Optional<PeerAgreement> agreement) {
        peers.computeIfPresent(
                id,
                (same, known) -> new Peer(
                        id,
                        up,
                        acceptedContentTypes,
                        agreement.flatMap(PeerDomains::largestContent),
                        invitingFirst.contains(id)
                                && agreement.map(PeerDomains::takesInvitations).orElse(true),
                        known.takesCancelInvite()));
    }
}
