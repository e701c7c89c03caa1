package org.impsiwf.msrp.transport;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.impsiwf.msrp.codec.FrameLimits;
import org.impsiwf.msrp.event.MsrpCommand.HostPort;
import org.impsiwf.msrp.session.MessageLimits;
import org.impsiwf.msrp.session.RelayLimits;

/**
 * How an MSRP endpoint is set up.
 *
 * @param listeners where it listens, for TCP and TLS alike; the first is the default
 * @param identity our certificate; absent: a self-signed one is made, good for fingerprints in SDP
 * @param trusted certification authorities for far ends without a fingerprint, PEM; absent: those of the Java runtime
 * @param eventLoops how many threads move octets
 * @param maxSessions further ones fail
 * @param maxConnections accepted ones; further ones are closed
 * @param relaying which messages in chat rooms are relayed while they come in; absent: all are collected
 */
public record MsrpSettings(
        List<Listen> listeners,
        Optional<TlsIdentity> identity,
        Optional<List<X509Certificate>> trusted,
        FrameLimits frames,
        MessageLimits messages,
        MsrpTimeouts timeouts,
        int eventLoops,
        int maxSessions,
        int maxConnections,
        Optional<RelayLimits> relaying) {

    /**
     * One address to listen on.
     *
     * @param port 0 for any
     * @param advertised what our paths name instead of it, behind a NAT for instance
     */
    public record Listen(String host, int port, Optional<HostPort> advertised) {
        public static Listen on(String host, int port) {
            return new Listen(host, port, Optional.empty());
        }
    }

    public MsrpSettings {
        listeners = List.copyOf(listeners);
        if (listeners.isEmpty() || eventLoops < 1 || maxSessions < 1 || maxConnections < 1) {
            throw new IllegalArgumentException("an MSRP endpoint listens somewhere, with one event loop or more");
        }
    }

    /** All defaults, one listener. */
    public static MsrpSettings listeningOn(String host, int port) {
        return new MsrpSettings(
                List.of(Listen.on(host, port)),
                Optional.empty(),
                Optional.empty(),
                FrameLimits.DEFAULT,
                MessageLimits.DEFAULT,
                MsrpTimeouts.DEFAULT,
                Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
                200_000,
                50_000,
                Optional.empty());
    }

    public MsrpSettings withListeners(List<Listen> others) {
        return with(settings -> settings.listeners = others);
    }

    public MsrpSettings withMessages(MessageLimits limits) {
        return with(settings -> settings.messages = limits);
    }

    public MsrpSettings withTimeouts(MsrpTimeouts others) {
        return with(settings -> settings.timeouts = others);
    }

    public MsrpSettings withTls(TlsIdentity ours, Optional<List<X509Certificate>> certificationAuthorities) {
        return with(settings -> {
            settings.identity = Optional.of(ours);
            settings.trusted = certificationAuthorities;
        });
    }

    public MsrpSettings withEventLoops(int threads) {
        return with(settings -> settings.eventLoops = threads);
    }

    public MsrpSettings withMost(int sessions, int connections) {
        return with(settings -> {
            settings.maxSessions = sessions;
            settings.maxConnections = connections;
        });
    }

    public MsrpSettings withRelaying(RelayLimits limits) {
        return with(settings -> settings.relaying = Optional.of(limits));
    }

    private MsrpSettings with(Consumer<Changes> change) {
        Changes changes = new Changes();
        change.accept(changes);
        return changes.made();
    }

    /** What other settings are to have, at first all that these have. */
    private final class Changes {
        private List<Listen> listeners = MsrpSettings.this.listeners;
        private Optional<TlsIdentity> identity = MsrpSettings.this.identity;
        private Optional<List<X509Certificate>> trusted = MsrpSettings.this.trusted;
        private MessageLimits messages = MsrpSettings.this.messages;
        private MsrpTimeouts timeouts = MsrpSettings.this.timeouts;
        private int eventLoops = MsrpSettings.this.eventLoops;
        private int maxSessions = MsrpSettings.this.maxSessions;
        private int maxConnections = MsrpSettings.this.maxConnections;
        private Optional<RelayLimits> relaying = MsrpSettings.this.relaying;

        private MsrpSettings made() {
            return new MsrpSettings(
                    listeners,
                    identity,
                    trusted,
                    frames,
                    messages,
                    timeouts,
                    eventLoops,
                    maxSessions,
                    maxConnections,
                    relaying);
        }
    }
}
