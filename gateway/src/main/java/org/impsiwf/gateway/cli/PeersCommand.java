package org.impsiwf.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(name = "peers", description = "Shows the SSP peers of a running gateway.", mixinStandardHelpOptions = true)
final class PeersCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private AdminQuestion question;

    @Override
    public Integer call() throws Exception {
        JsonNode answer = question.ask("/api/peers");
        PrintWriter out = spec.commandLine().getOut();
        if (question.wantsJson()) {
            out.println(answer);
            return Iwf.DONE;
        }
        var table = new Table("PEER", "STATE", "SINCE", "URL", "DIALECT", "CONNECTIONS", "WAITING", "LAST PROBLEM");
        for (JsonNode peer : answer.path("peers")) {
            table.row(
                    peer.path("service-id").asText(),
                    peer.path("state").asText(),
                    peer.path("since").asText(),
                    peer.path("url").asText(),
                    peer.path("dialect").asText(),
                    peer.path("connections").asText(),
                    peer.path("waiting").asText(),
                    peer.path("last-problem").isNull()
                            ? ""
                            : peer.path("last-problem").asText());
        }
        out.print(table);
        return Iwf.DONE;
    }
}
