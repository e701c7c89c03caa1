package org.impsiwf.gateway.runtime;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.impsiwf.gateway.config.DomainName;
import org.impsiwf.gateway.config.ListenAddress;
import org.impsiwf.gateway.config.PeerConfig;
import org.impsiwf.gateway.config.SspConfig;
import org.impsiwf.gateway.config.TlsConfig;
import org.impsiwf.ssp.codec.Dialect;
import org.impsiwf.ssp.codec.Limits;
import org.impsiwf.ssp.event.SspSide;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.server.Listen;
import org.impsiwf.ssp.server.PeerLimits;
import org.impsiwf.ssp.server.PeerSettings;
import org.impsiwf.ssp.server.ServiceTerms;
import org.impsiwf.ssp.server.SessionTiming;
import org.impsiwf.ssp.server.SspCounters;
import org.impsiwf.ssp.server.SspServer;
import org.impsiwf.ssp.server.SspSettings;
import org.impsiwf.ssp.server.SspTrace;
import org.impsiwf.ssp.session.DigestScheme;
import org.impsiwf.ssp.session.RedirectTerms;
import org.impsiwf.ssp.transaction.TransactionTiming;
import org.impsiwf.ssp.transaction.UnknownTransactions;
import org.impsiwf.ssp.transport.HttpLimits;
import org.impsiwf.ssp.transport.TlsSettings;
import org.impsiwf.store.Stores;

/** Makes an SSP server of what the operator wrote. */
public final class SspAssembly {

    private static final Duration TIME_FOR_DNS = Duration.ofSeconds(5);
    private static final int TAKEN_FOR_SAFETY = 5;

    private SspAssembly() {}

    /** Not started yet. */
    public static SspServer assemble(
            ServiceId self,
            SspConfig config,
            Stores stores,
            InstantSource clock,
            SspSide.Listener listener,
            SspCounters counters,
            SspTrace trace)
            throws IOException {
        return new SspServer(settings(self, config), stores, clock, listener, counters, trace);
    }

    /** All of it. */
    public static SspSettings settings(ServiceId self, SspConfig config) {
        HttpLimits http = HttpLimits.DEFAULT;
        return new SspSettings(
                self,
                listeners(config),
                peers(config),
                config.tls().map(SspAssembly::tls),
                new HttpLimits(
                        Math.toIntExact(config.maxMessageSize().bytes()),
                        http.headerBytes(),
                        config.maxConnections(),
                        config.connectTimeout(),
                        http.request(),
                        http.answer(),
                        http.idle()),
                Limits.DEFAULT,
                1,
                List.of(),
                TIME_FOR_DNS);
    }

    /** Where it listens, the Host-ID first. */
    public static List<Listen> listeners(SspConfig config) {
        return Stream.concat(Stream.of(config.listen()), config.redirectListen().stream())
                .map(address -> new Listen(address.socketAddress(), config.tls().map(SspAssembly::tls)))
                .toList();
    }

    /** Whom it has sessions with. */
    public static List<PeerSettings> peers(SspConfig config) {
        return config.peers().stream().map(peer -> peer(peer, config)).toList();
    }

    private static TlsSettings tls(TlsConfig tls) {
        return new TlsSettings(
                Optional.of(tls.certificate()),
                Optional.of(tls.key()),
                tls.trust(),
                tls.clientAuth() == TlsConfig.ClientAuth.NEED);
    }

    /** One of them. */
    static PeerSettings peer(PeerConfig peer, SspConfig config) {
        Set<String> relayed = peer.domains().stream().map(DomainName::value).collect(Collectors.toSet());
        config.routes().forEach((domain, by) -> {
            if (by.equals(peer.serviceId())) {
                relayed.add(domain);
            }
        });
        return new PeerSettings(
                peer.serviceId(),
                peer.url(),
                false,
                peer.ourPassword().value(),
                peer.peerPassword().value(),
                DigestScheme.valueOf(peer.digest().name()),
                Dialect.named(peer.dialect().spelling()).orElseThrow(),
                peer.connect(),
                relayed,
                Optional.empty(),
                transactions(config),
                sessions(config),
                new UnknownTransactions.Frequency(config.unknownTransactions(), config.unknownTransactionsPeriod()),
                limits(config),
                services(peer),
                redirect(peer, config));
    }

    private static RedirectTerms redirect(PeerConfig peer, SspConfig config) {
        List<String> hosts =
                config.redirectListen().stream().map(ListenAddress::toString).toList();
        return peer.redirect() ? new RedirectTerms(hosts, true, config.listen().toString()) : RedirectTerms.NONE;
    }

    private static ServiceTerms services(PeerConfig peer) {
        ServiceTerms terms = ServiceTerms.DEFAULT.offering(ServiceTerms.CHAT);
        return peer.negotiateServices() ? terms.negotiating(ServiceTerms.EVERYTHING, Optional.empty()) : terms;
    }

    private static TransactionTiming transactions(SspConfig config) {
        TransactionTiming defaults = TransactionTiming.DEFAULT;
        return new TransactionTiming(
                config.latency(),
                config.processing(),
                config.offset(),
                config.repeats(),
                defaults.inProgress(),
                defaults.answerWithin(),
                defaults.remember());
    }

    private static SessionTiming sessions(SspConfig config) {
        SessionTiming defaults = SessionTiming.DEFAULT;
        return new SessionTiming(
                Optional.of(config.timeToLive()),
                config.timeToLive().dividedBy(TAKEN_FOR_SAFETY),
                defaults.login(),
                defaults.step(),
                config.reconnectMin(),
                config.reconnectMax(),
                defaults.requestWait());
    }

    private static PeerLimits limits(SspConfig config) {
        PeerLimits defaults = PeerLimits.DEFAULT;
        return new PeerLimits(
                config.connectionsPerSession(),
                defaults.batchTransactions(),
                defaults.batchBytes(),
                config.maxQueue(),
                defaults.openTransactions(),
                defaults.remembered(),
                config.maxRate());
    }
}
