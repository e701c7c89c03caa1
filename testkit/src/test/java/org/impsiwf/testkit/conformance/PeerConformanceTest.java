package org.impsiwf.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.codec.Dialect;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.server.Listen;
import org.impsiwf.ssp.server.PeerSettings;
import org.impsiwf.ssp.session.DigestScheme;
import org.impsiwf.testkit.domain.SimulatedDomain;
import org.junit.jupiter.api.Test;

/** The checks of an operator, run against our own server over HTTP. */
class PeerConformanceTest {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @Test
    void ourOwnServerFailsNone() throws IOException {
        int port = freePort();
        var asking = new ServiceId("wv:@checker.example");
        PeerSettings checker = PeerSettings.of(
                asking,
                Optional.of(URI.create("http://127.0.0.1:" + port + "/")),
                "theirs",
                "ours",
                DigestScheme.SHA,
                Dialect.OMA_1_3,
                false);
        SimulatedDomain.Settings settings = new SimulatedDomain.Settings(
                new ServiceId("wv:@imps.example"),
                List.of(new Listen(new InetSocketAddress(LOOPBACK, 0), Optional.empty())),
                List.of(checker),
                List.of());
        StringWriter out = new StringWriter();
        try (SimulatedDomain domain = SimulatedDomain.start(settings)) {
            var target = new PeerConformance.Target(
                    domain.url(),
                    "wv:@imps.example",
                    asking.value(),
                    new InetSocketAddress(LOOPBACK, port),
                    "ours",
                    "theirs",
                    "SHA-1",
                    false,
                    "wv:nobody@imps.example");
            boolean passed = PeerConformance.run(target, new PrintWriter(out));
            assertThat(passed).as(out.toString()).isTrue();
        }
        assertThat(out.toString()).contains("SSP 9.2.1 Login, steps 1 to 10", "SSP 16.2.1 SendMessage", "0 failed");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
            return socket.getLocalPort();
        }
    }
}
