package org.impsiwf.ssp.server;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.impsiwf.ssp.codec.Dialect;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.session.DigestScheme;
import org.impsiwf.ssp.session.RedirectTerms;
import org.impsiwf.ssp.transaction.TransactionTiming;
import org.impsiwf.ssp.transaction.UnknownTransactions;

/**
 * The agreement with one peer.
 *
 * @param url where it takes messages; absent: the DNS knows, {@code _imps-server._tcp.<domain>}
 * @param tlsFromDns whether a host that the DNS names is spoken to with TLS
 * @param ourPassword what we prove to it; may be empty
 * @param peerPassword what it proves to us; may be empty
 * @param connect whether we open the session; otherwise we wait for the peer
 * @param speaksFor other domains whose users it may name, because it relays for them (D-31)
 * @param certificateSubject the subject that its certificate must have on a port with mutual TLS
 * @param services what we and it may ask of each other
 * @param redirect whether, and to which hosts, the session leaves the master connection pair
 */
public record PeerSettings(
        ServiceId serviceId,
        Optional<URI> url,
        boolean tlsFromDns,
        String ourPassword,
        String peerPassword,
        DigestScheme digest,
        Dialect dialect,
        boolean connect,
        Set<String> speaksFor,
        Optional<String> certificateSubject,
        TransactionTiming timing,
        SessionTiming session,
        UnknownTransactions.Frequency unknownTransactions,
        PeerLimits limits,
        ServiceTerms services,
        RedirectTerms redirect) {

    public PeerSettings {
        speaksFor = Set.copyOf(speaksFor);
    }

    /** With services agreed offline: everything. */
    public PeerSettings(
            ServiceId serviceId,
            Optional<URI> url,
            boolean tlsFromDns,
            String ourPassword,
            String peerPassword,
            DigestScheme digest,
            Dialect dialect,
            boolean connect,
            Set<String> speaksFor,
            Optional<String> certificateSubject,
            TransactionTiming timing,
            SessionTiming session,
            UnknownTransactions.Frequency unknownTransactions,
            PeerLimits limits) {
        this(
                serviceId,
                url,
                tlsFromDns,
                ourPassword,
                peerPassword,
                digest,
                dialect,
                connect,
                speaksFor,
                certificateSubject,
                timing,
                session,
                unknownTransactions,
                limits,
                ServiceTerms.DEFAULT,
                RedirectTerms.NONE);
    }

    /** With the defaults for everything else. */
    public static PeerSettings of(
            ServiceId serviceId,
            Optional<URI> url,
            String ourPassword,
            String peerPassword,
            DigestScheme digest,
            Dialect dialect,
            boolean connect) {
        return new PeerSettings(
                serviceId,
                url,
                false,
                ourPassword,
                peerPassword,
                digest,
                dialect,
                connect,
                Set.of(),
                Optional.empty(),
                TransactionTiming.DEFAULT,
                SessionTiming.DEFAULT,
                UnknownTransactions.Frequency.DEFAULT,
                PeerLimits.DEFAULT);
    }

    public PeerSettings withTiming(TransactionTiming other) {
        return with(peer -> peer.timing = other);
    }

    public PeerSettings withSession(SessionTiming other) {
        return with(peer -> peer.session = other);
    }

    public PeerSettings withUnknownTransactions(UnknownTransactions.Frequency other) {
        return with(peer -> peer.unknownTransactions = other);
    }

    public PeerSettings withLimits(PeerLimits other) {
        return with(peer -> peer.limits = other);
    }

    public PeerSettings withServices(ServiceTerms other) {
        return with(peer -> peer.services = other);
    }

    public PeerSettings withRedirect(RedirectTerms other) {
        return with(peer -> peer.redirect = other);
    }

    /** The agreement for a peer that relays for these domains. */
    public PeerSettings speakingFor(Set<String> domains) {
        return with(peer -> peer.speaksFor = domains);
    }

    /** Without the passwords. */
    @Override
    public String toString() {
        return "PeerSettings[" + serviceId + ", " + url.map(URI::toString).orElse("by DNS") + ", " + dialect.name()
                + "]";
    }

    private PeerSettings with(Consumer<Changes> change) {
        Changes changes = new Changes();
        change.accept(changes);
        return changes.made();
    }

    /** What is agreed otherwise, at first all as it is here. */
    private final class Changes {
        private Set<String> speaksFor = PeerSettings.this.speaksFor;
        private TransactionTiming timing = PeerSettings.this.timing;
        private SessionTiming session = PeerSettings.this.session;
        private UnknownTransactions.Frequency unknownTransactions = PeerSettings.this.unknownTransactions;
        private PeerLimits limits = PeerSettings.this.limits;
        private ServiceTerms services = PeerSettings.this.services;
        private RedirectTerms redirect = PeerSettings.this.redirect;

        private PeerSettings made() {
            return new PeerSettings(
                    serviceId,
                    url,
                    tlsFromDns,
                    ourPassword,
                    peerPassword,
                    digest,
                    dialect,
                    connect,
                    speaksFor,
                    certificateSubject,
                    timing,
                    session,
                    unknownTransactions,
                    limits,
                    services,
                    redirect);
        }
    }
}
