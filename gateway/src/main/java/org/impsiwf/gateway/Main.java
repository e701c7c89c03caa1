package org.impsiwf.gateway;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.impsiwf.gateway.cli.Iwf;

/** Where {@code ./iwf} enters. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(Iwf.execute(new GatewayPrograms(), out, err, arguments));
    }
}
