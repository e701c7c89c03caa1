package org.impsiwf.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.impsiwf.gateway.trace.Ladder;
import org.impsiwf.gateway.trace.TraceEntry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "trace",
        description = "Draws what a running gateway sent and received in one conversation.",
        mixinStandardHelpOptions = true)
final class TraceCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private AdminQuestion question;

    @Parameters(
            paramLabel = "ID",
            arity = "0..1",
            description =
                    "The conversation, as logs and `iwf sessions` name it; without it the ids that are remembered.")
    private String id;

    @Override
    public Integer call() throws Exception {
        JsonNode answer = question.ask(id == null ? "/api/trace" : "/api/trace/" + escaped(id));
        PrintWriter out = spec.commandLine().getOut();
        if (question.wantsJson()) {
            out.println(answer);
        } else if (id == null) {
            answer.path("conversations").forEach(conversation -> out.println(conversation.asText()));
        } else {
            out.print(Ladder.of(entries(answer)));
        }
        return Iwf.DONE;
    }

    private static String escaped(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static List<TraceEntry> entries(JsonNode answer) {
        List<TraceEntry> entries = new ArrayList<>();
        for (JsonNode entry : answer.path("entries")) {
            entries.add(new TraceEntry(
                    Instant.parse(entry.path("at").asText()),
                    entry.path("from").asText(),
                    entry.path("to").asText(),
                    entry.path("text").asText()));
        }
        return entries;
    }
}
