package org.impsiwf.gateway;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.impsiwf.gateway.cli.Programs;
import org.impsiwf.gateway.config.ConfigSource;
import org.impsiwf.gateway.config.DomainConfig;
import org.impsiwf.gateway.config.GatewayConfig;
import org.impsiwf.gateway.demo.Demo;
import org.impsiwf.gateway.domain.ImpsDomain;
import org.impsiwf.gateway.metrics.GatewayMetrics;
import org.impsiwf.gateway.runtime.Gateway;
import org.impsiwf.testkit.conformance.PeerConformance;

/** The programs behind the commands. */
final class GatewayPrograms implements Programs {

    private static final Duration DOMAIN_MAY_DRAIN = Duration.ofSeconds(10);

    @Override
    public Running gateway(GatewayConfig config, ConfigSource again) throws IOException {
        Gateway gateway = Gateway.start(config, again);
        return new Running() {
            @Override
            public String listening() {
                return "listening: SIP " + list(gateway.sipAddresses()) + "; MSRP "
                        + gateway.msrpAddresses().stream()
                                .map(at -> at.host() + ":" + at.port())
                                .collect(Collectors.joining(", "))
                        + "; SSP " + list(gateway.sspAddresses()) + "; admin http:/" + gateway.adminAddress() + "/";
            }

            @Override
            public void stop() {
                gateway.drain(config.drainTimeout());
            }
        };
    }

    private static String list(List<?> addresses) {
        return addresses.stream()
                .map(at -> at.toString().replaceFirst("^/", ""))
                .collect(Collectors.joining(", "));
    }

    @Override
    public Running domain(DomainConfig config) throws IOException {
        GatewayMetrics metrics = new GatewayMetrics();
        try {
            ImpsDomain domain = ImpsDomain.start(config, (what, peer, detail) -> metrics.ssp(what.label(), detail));
            try {
                return new DomainRunning(domain, DomainAdmin.start(domain, config, metrics));
            } catch (IOException taken) {
                domain.close();
                throw taken;
            }
        } catch (IOException taken) {
            metrics.close();
            throw taken;
        }
    }

    private record DomainRunning(ImpsDomain domain, DomainAdmin admin) implements Running {
        @Override
        public String listening() {
            return "listening: SSP " + list(domain.addresses()) + "; admin http:/" + admin.address() + "/";
        }

        @Override
        public void stop() {
            admin.draining();
            domain.drain(DOMAIN_MAY_DRAIN);
            domain.close();
            admin.close();
        }
    }

    @Override
    public boolean demo(PrintWriter out) throws IOException {
        return Demo.play(out);
    }

    @Override
    public boolean conformance(PeerConformance.Target target, PrintWriter out) throws IOException {
        try {
            return PeerConformance.run(target, out);
        } catch (UncheckedIOException taken) {
            throw new IOException(
                    "cannot listen on " + target.listen().getHostString() + ":"
                            + target.listen().getPort() + ": "
                            + taken.getCause().getMessage(),
                    taken);
        }
    }
}
