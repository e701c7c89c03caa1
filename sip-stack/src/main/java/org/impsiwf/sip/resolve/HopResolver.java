package org.impsiwf.sip.resolve;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.impsiwf.sip.event.SipUri;
import org.impsiwf.sip.header.SipAddress;
import org.impsiwf.sip.resolve.DnsLookup.DnsException;
import org.impsiwf.sip.resolve.DnsLookup.Naptr;
import org.impsiwf.sip.resolve.DnsLookup.Srv;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From the URI of a next hop to transports and addresses, in the order to be tried (RFC 3263 §4). Blocks for DNS, never
 * longer than the policy's budget; safe from any thread.
 */
public final class HopResolver {

    private static final Logger LOG = LoggerFactory.getLogger(HopResolver.class);

    /** More than that no answer of a name server makes us try. */
    private static final int MOST_HOPS = 32;

    private final DnsLookup dns;
    private final HopPolicy policy;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final HopHealth health;

    public HopResolver(DnsLookup dns, HopPolicy policy, InstantSource clock) {
        this(dns, policy, clock, RandomGenerator.getDefault());
    }

    HopResolver(DnsLookup dns, HopPolicy policy, InstantSource clock, RandomGenerator random) {
        this.dns = dns;
        this.policy = policy;
        this.clock = clock;
        this.random = random;
        this.health = new HopHealth(policy.firstPause(), policy.longestPause());
    }

    /** Hops in fail-over order, those that failed lately at the end; empty when there is no way to that URI. */
    public List<Hop> resolve(SipUri nextHop) {
        Optional<SipAddress> address = SipAddress.parse(nextHop.value())
                .filter(parsed -> !parsed.host().isEmpty());
        if (address.isEmpty()) {
            return List.of();
        }
        Set<Hop> hops = new Resolution(address.get()).hops();
        return health.order(List.copyOf(hops), clock.instant());
    }

    /** The hop did not answer or could not be connected to: it is avoided for a while, longer each time. */
    public void failed(Hop hop) {
        health.failed(hop, clock.instant());
    }

    /** The hop answered. */
    public void reached(Hop hop) {
        health.reached(hop);
    }

    /** One resolution, with its own end. */
    private final class Resolution {

        private final SipAddress uri;
        private final String target;
        private final Instant deadline = clock.instant().plus(policy.budget());
        private final Set<Hop> hops = new LinkedHashSet<>();

        Resolution(SipAddress uri) {
            this.uri = uri;
            this.target = uri.param("maddr").filter(maddr -> !maddr.isEmpty()).orElse(uri.host());
        }

        Set<Hop> hops() {
            Optional<String> parameter = uri.param("transport").filter(value -> !value.isEmpty());
            Optional<Transport> named = parameter.flatMap(value -> Transport.ofParameter(value, uri.isSecure()));
            if (parameter.isPresent() && named.isEmpty()) {
                return hops; // a transport that we don't speak
            }
            Optional<InetAddress> literal = literal(target);
            Transport usual = uri.isSecure() ? Transport.TLS : Transport.UDP;
            if (literal.isPresent()) {
                Transport transport = named.orElse(usual);
                add(transport, literal.get(), uri.port().orElse(transport.defaultPort()));
            } else if (uri.port().isPresent()) {
                addAddresses(named.orElse(usual), target, uri.port()); // RFC 3263 §4.2: a port rules SRV out
            } else if (named.isPresent()) {
                addServices(named.get());
            } else {
                addWhatDnsPrefers(usual);
            }
            return hops;
        }

        /** RFC 3263 §4.2: transport known, port not: SRV, and without SRV the name itself. */
        private void addServices(Transport transport) {
            if (!addSrv(transport, transport.srvPrefix() + target)) {
                addAddresses(transport, target, OptionalInt.empty());
            }
        }

        /** RFC 3263 §4.1: NAPTR, else SRV of each transport, else the name itself. */
        private void addWhatDnsPrefers(Transport usual) {
            List<Naptr> services = naptr().stream()
                    .sorted(Comparator.comparingInt(Naptr::order).thenComparingInt(Naptr::preference))
                    .toList();
            boolean found = false;
            for (Naptr service : services) {
                Optional<Transport> transport =
                        Transport.ofNaptrService(service.service()).filter(this::isUsable);
                if (transport.isPresent() && addSrv(transport.get(), service.replacement())) {
                    found = true;
                }
            }
            for (Transport transport : List.of(Transport.TLS, Transport.TCP, Transport.UDP)) {
                if (services.isEmpty() && isUsable(transport) && addSrv(transport, transport.srvPrefix() + target)) {
                    found = true;
                }
            }
            if (!found) {
                addAddresses(usual, target, OptionalInt.empty());
            }
        }

        private boolean isUsable(Transport transport) {
            return policy.transports().contains(transport) && (!uri.isSecure() || transport == Transport.TLS);
        }

        /** Whether there were SRV records; a single target of "." says that the service is not there (RFC 2782). */
        private boolean addSrv(Transport transport, String name) {
            List<Srv> records;
            try {
                records = dns.srv(name, remaining());
            } catch (DnsException e) {
                LOG.info("no SRV answer for {}: {}", name, e.getMessage());
                return false;
            }
            for (Srv srv : SrvOrder.of(records, random)) {
                if (!srv.target().isEmpty() && !srv.target().equals(".")) {
                    addAddresses(transport, srv.target(), OptionalInt.of(srv.port()));
                }
            }
            return !records.isEmpty();
        }

        private List<Naptr> naptr() {
            try {
                return dns.naptr(target, remaining());
            } catch (DnsException e) {
                LOG.info("no NAPTR answer for {}: {}", target, e.getMessage());
                return List.of();
            }
        }

        private void addAddresses(Transport transport, String name, OptionalInt port) {
            for (boolean ip6 : new boolean[] {false, true}) {
                if (ip6 ? policy.ip6() : policy.ip4()) {
                    try {
                        for (InetAddress address : dns.addresses(name, ip6, remaining())) {
                            add(transport, address, port.orElse(transport.defaultPort()));
                        }
                    } catch (DnsException e) {
                        LOG.info("no address answer for {}: {}", name, e.getMessage());
                    }
                }
            }
        }

        private void add(Transport transport, InetAddress address, int port) {
            if (policy.transports().contains(transport) && hops.size() < MOST_HOPS) {
                hops.add(new Hop(transport, address.getHostAddress(), port, uri.host()));
            }
        }

        private Duration remaining() throws DnsException {
            Duration left = Duration.between(clock.instant(), deadline);
            if (left.isNegative() || left.isZero()) {
                throw new DnsException("the time for DNS is used up", null);
            }
            return left;
        }
    }

    private static Optional<InetAddress> literal(String host) {
        boolean looksLiteral = host.indexOf(':') >= 0 || host.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
        if (!looksLiteral) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // looks like one, is a name that DNS won't know
        }
    }
}
