package org.impsiwf.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "reload",
        description =
                "Tells a running gateway to read its configuration again; peers and routes change without a restart.",
        mixinStandardHelpOptions = true)
final class ReloadCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private AdminQuestion question;

    @Override
    public Integer call() throws Exception {
        JsonNode answer = question.order("/api/reload");
        PrintWriter out = spec.commandLine().getOut();
        if (question.wantsJson()) {
            out.println(answer);
            return Iwf.DONE;
        }
        answer.path("changes").forEach(change -> out.println(change.asText()));
        answer.path("needs-restart").forEach(key -> out.println(key.asText() + " has changed: needs a restart"));
        if (answer.path("changes").isEmpty() && answer.path("needs-restart").isEmpty()) {
            out.println("nothing has changed");
        }
        return Iwf.DONE;
    }
}
