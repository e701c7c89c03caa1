package org.impsiwf.gateway.cli;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.impsiwf.gateway.config.Config;
import org.impsiwf.gateway.config.ConfigException;
import org.impsiwf.gateway.config.GatewayConfig;
import org.impsiwf.gateway.config.PeerConfig;
import org.impsiwf.gateway.log.LogSetup;
import org.impsiwf.testkit.conformance.PeerConformance;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "conformance",
        description = {
            "Checks an SSP server before we connect to it.",
            "Logs in, asks each transaction once and then wrongly, and prints what came back. The server must have us as a "
                    + "peer with the URL of --listen.",
            "With --config, what is not said here is taken from the peer with that URL in the configuration."
        },
        mixinStandardHelpOptions = true)
final class ConformanceCommand implements Callable<Integer> {

    @ParentCommand
    private Iwf iwf;

    @Spec
    private CommandSpec spec;

    @Option(names = "--against", paramLabel = "URL", required = true, description = "Where the server takes SSP.")
    private URI url;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "A gateway's configuration that has the server as a peer.")
    private Path config;

    @Option(names = "--service-id", paramLabel = "ID", description = "The server's (default: wv:@imps.example.com).")
    private Optional<String> serviceId = Optional.empty();

    @Option(
            names = "--our-service-id",
            paramLabel = "ID",
            description = "What the server knows us by (default: wv:@iwf.example.com).")
    private Optional<String> ourServiceId = Optional.empty();

    @Option(
            names = "--listen",
            paramLabel = "ADDRESS:PORT",
            description = "Where we take the server's own requests (default: 127.0.0.1:8080).")
    private Optional<String> listen = Optional.empty();

    @Option(names = "--our-password", paramLabel = "SECRET", description = "What we prove (default: empty).")
    private Optional<String> ourPassword = Optional.empty();

    @Option(names = "--peer-password", paramLabel = "SECRET", description = "What the server proves (default: empty).")
    private Optional<String> peerPassword = Optional.empty();

    @Option(names = "--digest", description = "${COMPLETION-CANDIDATES} (default: SHA).")
    private Optional<PeerConfig.Digest> digest = Optional.empty();

    @Option(names = "--baraza", description = "Logs in the way the Baraza server does.")
    private boolean baraza;

    @Option(
            names = "--user",
            paramLabel = "USER-ID",
            description = "A user of the server to ask for; it need not exist.")
    private Optional<String> user = Optional.empty();

    @Override
    public Integer call() throws Exception {
        LogSetup.warningsOnly();
        return iwf.programs.conformance(target(), spec.commandLine().getOut()) ? Iwf.DONE : Iwf.FAILED;
    }

    private PeerConformance.Target target() throws ConfigException {
        Optional<GatewayConfig> settings = config == null ? Optional.empty() : Optional.of(Config.gateway(config));
        Optional<PeerConfig> peer = settings.map(this::configured);
        String id = serviceId.or(() -> peer.map(p -> p.serviceId().value())).orElse("wv:@imps.example.com");
        PeerConfig.Digest hash = digest.or(() -> peer.map(PeerConfig::digest)).orElse(PeerConfig.Digest.SHA);
        return new PeerConformance.Target(
                url,
                id,
                ourServiceId.or(() -> settings.map(s -> s.serviceId().value())).orElse("wv:@iwf.example.com"),
                address(listen.or(() -> settings.map(s -> s.ssp().listen().toString()))
                        .orElse("127.0.0.1:8080")),
                ourPassword.or(() -> peer.map(p -> p.ourPassword().value())).orElse(""),
                peerPassword.or(() -> peer.map(p -> p.peerPassword().value())).orElse(""),
                hash == PeerConfig.Digest.SHA ? "SHA-1" : "MD5",
                baraza
                        || peer.filter(p -> p.dialect() == PeerConfig.Dialect.BARAZA)
                                .isPresent(),
                user.orElse("wv:iwf-conformance" + id.substring(Math.max(id.indexOf('@'), 0))));
    }

    private PeerConfig configured(GatewayConfig settings) {
        return settings.ssp().peers().stream()
                .filter(peer -> peer.url().equals(Optional.of(url)))
                .findFirst()
                .orElseThrow(() ->
                        new ParameterException(spec.commandLine(), "no peer of " + config + " has the URL " + url));
    }

    private InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        try {
            return new InetSocketAddress(
                    text.substring(0, Math.max(colon, 0)).replaceAll("[\\[\\]]", ""),
                    Integer.parseInt(text.substring(colon + 1)));
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), "\"" + text + "\" is no ADDRESS:PORT", wrong);
        }
    }
}
