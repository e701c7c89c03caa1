package org.impsiwf.gateway.runtime;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.impsiwf.gateway.config.ClusterConfig;
import org.impsiwf.gateway.config.GatewayConfig;
import org.impsiwf.gateway.config.ListenAddress;
import org.impsiwf.gateway.config.MsrpConfig;
import org.impsiwf.gateway.config.TlsConfig;
import org.impsiwf.msrp.event.MsrpCommand.HostPort;
import org.impsiwf.msrp.event.MsrpSide;
import org.impsiwf.msrp.session.MessageLimits;
import org.impsiwf.msrp.session.RelayLimits;
import org.impsiwf.msrp.transport.MsrpEndpoint;
import org.impsiwf.msrp.transport.MsrpSettings;
import org.impsiwf.msrp.transport.MsrpTimeouts;
import org.impsiwf.msrp.transport.MsrpWatcher;
import org.impsiwf.msrp.transport.TlsIdentity;

/** Makes an MSRP endpoint of what the operator wrote. */
final class MsrpAssembly {

    private MsrpAssembly() {}

    /** Listening. The {@link IOException}'s message names the address that could not be had. */
    static MsrpEndpoint start(GatewayConfig config, MsrpSide.Listener listener, MsrpWatcher watcher)
            throws IOException {
        MsrpSettings settings = settings(config.msrp());
        return MsrpEndpoint.start(relaying(config).map(settings::withRelaying).orElse(settings), listener, watcher);
    }

    /** Which messages of groups are relayed while they come in: those whose sender and recipients have sessions in this process. */
    static Optional<RelayLimits> relaying(GatewayConfig config) {
        long most = config.msrp().maxRelayedSize().bytes();
        boolean oneProcess = config.cluster().mode() == ClusterConfig.Mode.LOCAL;
        return oneProcess && most > 0
                ? Optional.of(RelayLimits.of(config.msrp().relayAbove().bytes(), most))
                : Optional.empty();
    }

    private static MsrpSettings settings(MsrpConfig config) throws IOException {
        List<MsrpSettings.Listen> listeners = new ArrayList<>();
        listeners.add(listen(config.listen(), config));
        config.tlsListen().ifPresent(secure -> listeners.add(listen(secure, config)));
        MsrpSettings settings = MsrpSettings.listeningOn(
                        config.listen().host(), config.listen().port())
                .withListeners(listeners)
                .withMessages(MessageLimits.DEFAULT.withMessageBytes(
                        Math.toIntExact(config.maxMessageSize().bytes())))
                .withTimeouts(timeouts(config));
        if (config.tls().isEmpty()) {
            return settings;
        }
        TlsConfig tls = config.tls().get();
        TlsMaterial material = TlsMaterial.read(tls);
        return settings.withTls(
                new TlsIdentity(material.key(), material.certificates()),
                tls.trust().isPresent() ? Optional.of(material.trusted()) : Optional.empty());
    }

    private static MsrpSettings.Listen listen(ListenAddress address, MsrpConfig config) {
        return new MsrpSettings.Listen(
                address.host(),
                address.port(),
                config.advertisedHost().map(host -> new HostPort(host, address.port())));
    }

    private static MsrpTimeouts timeouts(MsrpConfig config) {
        MsrpTimeouts defaults = MsrpTimeouts.DEFAULT;
        return new MsrpTimeouts(
                defaults.connect(),
                defaults.tlsHandshake(),
                defaults.bind(),
                config.responseTimeout(),
                defaults.answer(),
                defaults.nextChunk(),
                defaults.unused(),
                defaults.silence(),
                defaults.stalled());
    }
}
