package org.impsiwf.gateway.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.impsiwf.gateway.config.AgreementConfig.AgreedService;
import org.impsiwf.sip.header.SipAddress;
import org.impsiwf.ssp.primitives.ServiceId;

/** What must hold between keys. */
final class ConfigRules {

    /** A SIP client gives a MESSAGE up after 64 × T1 (RFC 3261 §17.1.2.2). */
    private static final Duration SIP_PATIENCE = Duration.ofSeconds(32);

    private static final Pattern HA1 = Pattern.compile("[0-9a-fA-F]{32}");

    private final Findings findings;

    private ConfigRules(Findings findings) {
        this.findings = findings;
    }

    static void check(GatewayConfig config, Findings findings) {
        var rules = new ConfigRules(findings);
        rules.listeners(config);
        rules.tls(config);
        rules.sipUsers(config.sip());
        rules.expires(config.sip());
        rules.ssp(config.serviceId(), config.ssp());
        rules.patience(config);
        rules.cluster(config);
        rules.storage(config.storage());
        rules.host(config);
        rules.imps(config);
    }

    static void check(DomainConfig config, Findings findings) {
        var rules = new ConfigRules(findings);
        Map<String, String> taken = new HashMap<>();
        rules.listener(taken, "ssp.listen", "tcp", config.ssp().listen());
        rules.listener(taken, "admin.listen", "tcp", config.admin().listen());
        rules.ssp(config.serviceId(), config.ssp());
        rules.unique("users", config.users(), user -> user.id().toString());
        rules.scriptedUsers(config);
        rules.storage("storage.url", config.storage().url());
        rules.services(config.services());
    }

    private void services(ServicesConfig services) {
        notMore(
                "search.page-size",
                services.search().pageSize(),
                "most-per-page",
                services.search().mostPerPage());
        notMore(
                "messages.validity",
                services.messages().validity(),
                "longest-validity",
                services.messages().longestValidity());
        notMore(
                "messages.retry-min",
                services.messages().retryMin(),
                "retry-max",
                services.messages().retryMax());
        notMore(
                "invitations.validity",
                services.invitations().validity(),
                "longest-validity",
                services.invitations().longestValidity());
        notMore(
                "groups.most-joined",
                services.groups().mostJoined(),
                "most-known",
                services.groups().mostKnown());
        MapsConfig maps = services.maps();
        if (!maps.pictures().isEmpty() && maps.widths().isEmpty() && findings.isSound("services.maps")) {
            findings.contradiction("services.maps.pictures", "needs widths");
        }
        each("services.maps.widths", maps.widths(), (path, width) -> {
            if (width < 1) {
                findings.contradiction(path, "is less than 1");
            }
        });
        unique("services.maps.pictures", maps.pictures(), MapsConfig.Picture::type);
    }

    private <T extends Comparable<T>> void notMore(String key, T value, String limit, T most) {
        if (value.compareTo(most) > 0) {
            findings.contradiction("services." + key, "is more than " + limit);
        }
    }

    private void listeners(GatewayConfig config) {
        Map<String, String> taken = new HashMap<>();
        List<SipListenAddress> sip = config.sip().listen();
        if (sip.isEmpty() && findings.isSound("sip.listen")) {
            findings.contradiction("sip.listen", "names nothing to listen on");
        }
        each("sip.listen", sip, (path, listen) -> {
            String protocol = listen.transport() == SipListenAddress.Transport.UDP ? "udp" : "tcp";
            listener(taken, path, protocol, listen.address());
        });
        listener(taken, "msrp.listen", "tcp", config.msrp().listen());
        config.msrp().tlsListen().ifPresent(listen -> listener(taken, "msrp.tls-listen", "tcp", listen));
        listener(taken, "ssp.listen", "tcp", config.ssp().listen());
        listener(taken, "admin.listen", "tcp", config.admin().listen());
        config.cluster().listen().ifPresent(listen -> listener(taken, "cluster.listen", "tcp", listen));
    }

    private void listener(Map<String, String> taken, String path, String protocol, ListenAddress address) {
        if (address.port() == 0 || !findings.isSound(path)) {
            return;
        }
        String before = taken.putIfAbsent(protocol + " " + address, path);
        if (before != null) {
            findings.contradiction(path, protocol + " " + address + " is taken by " + before + " already");
        }
    }

    private void tls(GatewayConfig config) {
        each("sip.listen", config.sip().listen(), (path, listen) -> {
            if (listen.transport() == SipListenAddress.Transport.TLS
                    && config.sip().tls().isEmpty()
                    && findings.isSound("sip.tls")) {
                findings.contradiction(path, "needs sip.tls with a certificate and a key");
            }
        });
        if (config.msrp().tlsListen().isPresent() && config.msrp().tls().isEmpty() && findings.isSound("msrp.tls")) {
            findings.contradiction("msrp.tls-listen", "needs msrp.tls with a certificate and a key");
        }
    }

    private void sipUsers(SipConfig sip) {
        unique("sip.users", sip.users(), user -> user.id().toString());
        if (sip.domains().isEmpty() && findings.isSound("sip.domains")) {
            findings.contradiction("sip.domains", "names no domain");
        }
        sip.advertise()
                .filter(name -> SipAddress.parse("sip:" + name)
                        .filter(uri -> uri.user().isEmpty() && uri.params().isEmpty())
                        .isEmpty())
                .ifPresent(name -> findings.contradiction("sip.advertise", name + " is not host or host:port"));
        Set<String> domains = new HashSet<>();
        sip.domains().forEach(domain -> domains.add(domain.value()));
        each("sip.users", sip.users(), (path, user) -> {
            if (user.password().isPresent() == user.ha1().isPresent()) {
                findings.contradiction(path, user.id() + " needs a password or a ha1, one of them");
            }
            if (user.ha1().isPresent() && !HA1.matcher(user.ha1().get().value()).matches()) {
                findings.contradiction(path + ".ha1", "is not 32 hexadecimal digits");
            }
            if (findings.isSound("sip.domains") && !domains.contains(user.id().domain())) {
                findings.contradiction(
                        path + ".id",
                        user.id() + " is of none of sip.domains"
                                + meant(domains, user.id().domain()));
            }
        });
    }

    private void expires(SipConfig sip) {
        if (sip.minExpires().compareTo(sip.maxExpires()) > 0) {
            findings.contradiction("sip.min-expires", "is more than sip.max-expires");
        }
    }

    private void ssp(ServiceId ours, SspConfig ssp) {
        unique("ssp.peers", ssp.peers(), peer -> peer.serviceId().value());
        each("ssp.peers", ssp.peers(), (path, peer) -> {
            if (peer.serviceId().equals(ours)) {
                findings.contradiction(path + ".service-id", "is our own service-id");
            }
        });
        if (findings.isSound("ssp.peers")) {
            routes(ssp);
        }
        if (ssp.reconnectMin().compareTo(ssp.reconnectMax()) > 0) {
            findings.contradiction("ssp.reconnect-min", "is more than ssp.reconnect-max");
        }
    }

    private void routes(SspConfig ssp) {
        Set<String> peers = new HashSet<>();
        ssp.peers().forEach(peer -> peers.add(peer.serviceId().value()));
        ssp.routes().forEach((domain, peer) -> {
            if (!peers.contains(peer.value())) {
                findings.contradiction(
                        "ssp.routes." + domain, "no peer has the Service-ID " + peer + meant(peers, peer.value()));
            }
        });
    }

    /** Truth within the time that a SIP client waits: a message is refused before the client gives it up. */
    private void patience(GatewayConfig config) {
        if (config.ssp().patience().compareTo(SIP_PATIENCE) >= 0) {
            findings.contradiction(
                    "ssp.repeats",
                    "validity time times repeats is " + config.ssp().patience().toSeconds()
                            + " s; it must end before the 32 s after which a SIP client gives up");
        }
    }

    private void cluster(GatewayConfig config) {
        ClusterConfig cluster = config.cluster();
        if (cluster.mode() != ClusterConfig.Mode.HAZELCAST) {
            return;
        }
        if (config.storage().url().equals("embedded") && findings.isSound("storage.url")) {
            findings.contradiction(
                    "cluster.mode",
                    "hazelcast needs a storage.url that all nodes share, jdbc:postgresql:...; an embedded database belongs to one");
        }
        switch (cluster.discovery()) {
            case MEMBERS -> members(cluster);
            case MULTICAST -> {}
            case DNS -> needs("dns", "dns-name", cluster.dnsName());
            case KUBERNETES -> needs("kubernetes", "kubernetes-service", cluster.kubernetesService());
            case FILE -> needs("file", "hazelcast-file", cluster.hazelcastFile());
        }
        if (cluster.discovery() != ClusterConfig.Discovery.FILE
                && cluster.listen().isEmpty()
                && findings.isSound("cluster.listen")) {
            findings.contradiction("cluster.mode", "hazelcast needs cluster.listen");
        }
    }

    private void needs(String discovery, String key, Optional<?> value) {
        if (value.isEmpty() && findings.isSound("cluster." + key)) {
            findings.contradiction("cluster.discovery", discovery + " needs cluster." + key);
        }
    }

    private void members(ClusterConfig cluster) {
        if (!findings.isSound("cluster")) {
            return;
        }
        if (cluster.members().isEmpty()) {
            findings.contradiction("cluster.mode", "hazelcast needs cluster.members, or another cluster.discovery");
            return;
        }
        cluster.listen()
                .filter(listen -> !cluster.members().contains(listen))
                .ifPresent(listen ->
                        findings.contradiction("cluster.members", "do not contain cluster.listen, " + listen));
        if (cluster.minimumMembers() > cluster.members().size()) {
            findings.contradiction("cluster.minimum-members", "is more than there are members");
        }
    }

    private void storage(StorageConfig storage) {
        String url = storage.url();
        if (!url.equals("embedded") && !url.equals("memory") && !url.startsWith("jdbc:postgresql:")) {
            // The URL may hold a password, so it is not quoted.
            findings.contradiction("storage.url", "is none of embedded, memory and a jdbc:postgresql: URL");
        }
    }

    private void host(GatewayConfig config) {
        Set<String> peers = new HashSet<>();
        config.ssp().peers().forEach(peer -> peers.add(peer.serviceId().value()));
        config.groups()
                .hostedBy()
                .filter(host -> findings.isSound("ssp.peers") && !peers.contains(host.value()))
                .ifPresent(host -> findings.contradiction(
                        "groups.hosted-by", "no peer has the Service-ID " + host + meant(peers, host.value())));
    }

    private void storage(String path, String url) {
        if (!url.equals("embedded") && !url.startsWith("jdbc:postgresql:")) {
            // The URL may hold a password, so it is not quoted.
            findings.contradiction(path, "is neither embedded nor a jdbc:postgresql: URL");
        }
    }

    private void imps(GatewayConfig config) {
        unique("users", config.users(), user -> user.id().toString());
        domain("users", config.users(), ImpsUserConfig::id, config.serviceId());
    }

    /** Besides our own: those of other domains whose log-in we see to (SSP 12). */
    private void scriptedUsers(DomainConfig config) {
        Set<String> domains = new HashSet<>();
        domains.add(config.serviceId().domain());
        config.agreements().stream()
                .filter(agreement -> agreement.isProvidedBy(config.serviceId().domain(), AgreedService.USER_SESSION))
                .forEach(agreement -> domains.add(agreement.domain().value()));
        each("users", config.users(), (path, user) -> {
            if (areSound("service-id", "agreements")
                    && !domains.contains(user.id().domain())) {
                findings.contradiction(
                        path + ".id",
                        user.id() + " is neither of our domain, "
                                + config.serviceId().domain()
                                + ", nor of one for whose users we see to the log-in by agreements");
            }
        });
    }

    private boolean areSound(String... paths) {
        return Arrays.stream(paths).allMatch(findings::isSound);
    }

    private <T> void domain(String path, List<T> users, Function<T, ImpsUserAddress> id, ServiceId ours) {
        each(path, users, (at, one) -> {
            ImpsUserAddress user = id.apply(one);
            if (findings.isSound("service-id") && !user.domain().equals(ours.domain())) {
                findings.contradiction(at + ".id", user + " is not of our domain, " + ours.domain());
            }
        });
    }

    private <T> void unique(String path, List<T> elements, Function<T, String> id) {
        Map<String, String> first = new HashMap<>();
        each(path, elements, (at, element) -> {
            String value = id.apply(element);
            String before = first.putIfAbsent(value, at);
            if (before != null) {
                findings.contradiction(at, value + " is there already as " + before);
            }
        });
    }

    /** Those elements that are right by themselves, each with its path. */
    private <T> void each(String path, List<T> elements, BiConsumer<String, T> rule) {
        List<String> paths = findings.elements(path, elements.size());
        for (int i = 0; i < elements.size(); i++) {
            if (findings.isSound(paths.get(i))) {
                rule.accept(paths.get(i), elements.get(i));
            }
        }
    }

    private static String meant(Set<String> known, String written) {
        return Suggestion.among(known, written)
                .map(word -> "; did you mean " + word + "?")
                .orElse("");
    }
}
