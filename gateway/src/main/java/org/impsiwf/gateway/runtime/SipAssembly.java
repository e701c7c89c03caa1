package org.impsiwf.gateway.runtime;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.impsiwf.gateway.config.Cidr;
import org.impsiwf.gateway.config.DomainName;
import org.impsiwf.gateway.config.Secret;
import org.impsiwf.gateway.config.SipConfig;
import org.impsiwf.gateway.config.SipUserConfig;
import org.impsiwf.sip.auth.AuthPolicy;
import org.impsiwf.sip.auth.Authenticator;
import org.impsiwf.sip.auth.Nonces;
import org.impsiwf.sip.auth.TrustedSources;
import org.impsiwf.sip.auth.User;
import org.impsiwf.sip.auth.Users;
import org.impsiwf.sip.dialog.TimerPolicy;
import org.impsiwf.sip.event.SipSide;
import org.impsiwf.sip.event.SipUri;
import org.impsiwf.sip.registrar.Registrar;
import org.impsiwf.sip.registrar.RegistrarPolicy;
import org.impsiwf.sip.resolve.DnsJavaLookup;
import org.impsiwf.sip.resolve.HopPolicy;
import org.impsiwf.sip.resolve.HopResolver;
import org.impsiwf.sip.resolve.TargetLocator;
import org.impsiwf.sip.resolve.Transport;
import org.impsiwf.sip.sdp.SdpPolicy;
import org.impsiwf.sip.stack.ListenOn;
import org.impsiwf.sip.stack.SipCounters;
import org.impsiwf.sip.stack.SipEdge;
import org.impsiwf.sip.stack.SipEdgeConfig;
import org.impsiwf.sip.stack.SipLimits;
import org.impsiwf.sip.stack.SipServices;
import org.impsiwf.sip.stack.SipTrace;
import org.impsiwf.sip.trust.TrustDomain;
import org.impsiwf.store.Stores;

/** Makes a SIP edge of what the operator wrote. */
final class SipAssembly {

    private static final Duration SHORTEST_SESSION_TIMER = Duration.ofSeconds(90);

    private SipAssembly() {}

    /** Whoever gets past authentication: the users of the configuration, and anybody in our domains from a trusted source. */
    private static boolean anybody(String addressOfRecord) {
        return true;
    }

    /** Not started yet. */
    static SipEdge assemble(
            SipConfig config,
            Stores stores,
            InstantSource clock,
            SipSide.Listener listener,
            SipCounters counters,
            SipTrace trace)
            throws IOException {
        return new SipEdge(edge(config), services(config, stores, clock, counters, trace), stores, clock, listener);
    }

    private static SipEdgeConfig edge(SipConfig config) throws IOException {
        Optional<SSLContext> tls = config.tls().isPresent()
                ? Optional.of(TlsMaterial.read(config.tls().get()).context())
                : Optional.empty();
        return new SipEdgeConfig(
                config.listen().stream()
                        .map(at -> ListenOn.parse(at.toString()))
                        .toList(),
                config.domains().stream().map(DomainName::value).toList(),
                "IMPS-IWF",
                config.advertisedHost(),
                config.advertise(),
                tls,
                limits(config),
                new TimerPolicy(config.sessionExpires(), SHORTEST_SESSION_TIMER),
                SdpPolicy.DEFAULT);
    }

    private static SipLimits limits(SipConfig config) {
        SipLimits defaults = SipLimits.DEFAULT;
        return new SipLimits(
                Math.toIntExact(config.maxMessageSize().bytes()),
                defaults.maxBodyBytes(),
                config.maxWaitingRequests(),
                defaults.maxQueuedDatagrams(),
                config.maxConnections(),
                defaults.idleBeforeEviction(),
                defaults.idleConnection(),
                config.connectTimeout(),
                defaults.handshakeTimeout(),
                defaults.writeTimeout(),
                defaults.readerThreads(),
                defaults.retryAfter());
    }

    private static SipServices services(
            SipConfig config, Stores stores, InstantSource clock, SipCounters counters, SipTrace trace) {
        List<User> users = config.users().stream().map(SipAssembly::user).toList();
        Set<String> domains = config.domains().stream().map(DomainName::value).collect(Collectors.toUnmodifiableSet());
        TrustedSources trusted =
                TrustedSources.of(config.trusted().stream().map(Cidr::toString).toList());
        Nonces nonces = new Nonces(stores, clock, config.nonceLifetime());
        Registrar registrar = new Registrar(stores, registrations(config, domains), SipAssembly::anybody, clock);
        return new SipServices(
                new Authenticator(Users.of(users), trusted, nonces, AuthPolicy.DEFAULT),
                registrar,
                new TargetLocator(registrar, config.nextHop().map(SipUri::value), domains::contains),
                new HopResolver(new DnsJavaLookup(), HopPolicy.of(transports(config)), clock),
                new TrustDomain(trusted),
                trace,
                counters);
    }

    private static RegistrarPolicy registrations(SipConfig config, Set<String> domains) {
        return new RegistrarPolicy(
                domains, config.minExpires(), config.maxExpires(), config.maxExpires(), config.maxContacts());
    }

    private static User user(SipUserConfig user) {
        return new User(
                user.id().toString(),
                user.password().map(Secret::value),
                user.ha1().map(Secret::value),
                user.name());
    }

    /** What we can speak is what we listen on: each transport of the stack needs a listening point. */
    private static Set<Transport> transports(SipConfig config) {
        Set<Transport> transports = EnumSet.noneOf(Transport.class);
        config.listen()
                .forEach(at -> transports.add(Transport.valueOf(at.transport().name())));
        return transports;
    }
}
