package org.impsiwf.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "sessions",
        description = "Shows the conversations of a running gateway.",
        mixinStandardHelpOptions = true)
final class SessionsCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private AdminQuestion question;

    @Override
    public Integer call() throws Exception {
        JsonNode answer = question.ask("/api/sessions");
        PrintWriter out = spec.commandLine().getOut();
        if (question.wantsJson()) {
            out.println(answer);
            return Iwf.DONE;
        }
        var table = new Table("CONVERSATION", "SIP USER", "IMPS USER", "MODE", "STATE", "SINCE", "LAST USED");
        for (JsonNode session : answer.path("sessions")) {
            table.row(
                    session.path("conversation").asText(),
                    session.path("sip-user").asText(),
                    session.path("imps-user").asText(),
                    session.path("mode").asText(),
                    session.path("state").asText(),
                    session.path("since").asText(),
                    session.path("last-used").asText());
        }
        out.print(table);
        long count = answer.path("count").asLong();
        int shown = answer.path("sessions").size();
        if (count > shown) {
            out.println("and " + (count - shown) + " more");
        }
        return Iwf.DONE;
    }
}
