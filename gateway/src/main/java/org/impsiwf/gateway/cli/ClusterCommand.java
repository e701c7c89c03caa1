package org.impsiwf.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "cluster",
        description = "Shows the nodes that make a running gateway.",
        mixinStandardHelpOptions = true)
final class ClusterCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private AdminQuestion question;

    @Override
    public Integer call() throws Exception {
        JsonNode answer = question.ask("/api/cluster");
        PrintWriter out = spec.commandLine().getOut();
        if (question.wantsJson()) {
            out.println(answer);
            return Iwf.DONE;
        }
        var table = new Table("NODE", "PHASE", "IN TOUCH", "CONVERSATIONS", "SEATS", "VERSION");
        for (JsonNode node : answer.path("nodes")) {
            JsonNode state = node.path("state");
            String name = node.path("node").asText();
            boolean asked = name.equals(answer.path("self").asText());
            table.row(
                    asked ? name + " (this one)" : name,
                    node.path("answers").asBoolean() ? state.path("phase").asText() : "does not answer",
                    state.path("in-touch").asText(),
                    state.path("conversations").asText(),
                    state.path("seats").asText(),
                    state.path("version").asText());
        }
        out.print(table);
        return Iwf.DONE;
    }
}
