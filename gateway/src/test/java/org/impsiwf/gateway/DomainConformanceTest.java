package org.impsiwf.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.impsiwf.gateway.cli.Iwf;
import org.impsiwf.gateway.config.Config;
import org.impsiwf.gateway.domain.ImpsDomain;
import org.impsiwf.ssp.server.SspCounters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The checks that an operator runs against a peer, {@code ./iwf conformance}, run against {@code ./iwf domain}. */
class DomainConformanceTest {

    @TempDir
    private Path directory;

    /** The users of the checker are served here, so that those requests are, too, which only a home domain takes. */
    @Test
    void aWholeDomainServesAllAndFailsNone() throws Exception {
        int port = freePort();
        Path file = Files.writeString(directory.resolve("domain.yaml"), """
                service-id: wv:@imps.example
                ssp:
                  listen: "127.0.0.1:0"
                  peers:
                    - service-id: wv:@checker.example
                      url: http://127.0.0.1:%d/
                      our-password: of the domain
                      peer-password: of the checker
                      connect: false
                agreements: [ { domain: checker.example, provider: imps.example } ]
                users: [ { id: "wv:bob@imps.example", answer: accept } ]
                """.formatted(port));
        var out = new StringWriter();
        int code;
        try (ImpsDomain domain = ImpsDomain.start(Config.domain(file), SspCounters.NONE)) {
            code = Iwf.execute(
                    new GatewayPrograms(),
                    new PrintWriter(out, true),
                    new PrintWriter(out, true),
                    "conformance",
                    "--against",
                    "http://127.0.0.1:" + domain.addresses().getFirst().getPort() + "/",
                    "--service-id",
                    "wv:@imps.example",
                    "--our-service-id",
                    "wv:@checker.example",
                    "--listen",
                    "127.0.0.1:" + port,
                    "--our-password",
                    "of the checker",
                    "--peer-password",
                    "of the domain",
                    "--user",
                    "wv:bob@imps.example");
        }

        assertThat(code).as(out.toString()).isZero();
        assertThat(out.toString()).contains("SSP 9.2.1 Login, steps 1 to 10", "0 failed, 0 not served");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
