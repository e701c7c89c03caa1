package org.impsiwf.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintWriter;
import org.impsiwf.gateway.cli.Iwf;
import org.impsiwf.gateway.cli.Programs;
import org.impsiwf.gateway.config.DomainConfig;
import org.impsiwf.gateway.config.GatewayConfig;

/** Where the process starts. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        var out = new PrintWriter(System.out, true, UTF_8);
        var err = new PrintWriter(System.err, true, UTF_8);
        int code = Iwf.execute(new GatewayPrograms(), out, err, args);
        out.flush();
        System.exit(code);
    }

    private static final class GatewayPrograms implements Programs {
        @Override
        public Running gateway(GatewayConfig config) throws IOException {
            throw new IOException("the gateway's runtime is not in this build");
        }

        @Override
        public Running domain(DomainConfig config) throws IOException {
            throw new IOException("the simulated domain is not in this build");
        }

        @Override
        public boolean demo(PrintWriter out) throws IOException {
            throw new IOException("the demo is not in this build");
        }
    }
}
