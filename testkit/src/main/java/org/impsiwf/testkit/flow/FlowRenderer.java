package org.impsiwf.testkit.flow;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A flow as a ladder for people: one column per participant, one line per message. */
public final class FlowRenderer {

    private static final int COLUMN = 46;

    private FlowRenderer() {}

    /** All flows as one page of Markdown. */
    public static String page(List<Flow> flows) {
        StringBuilder page = new StringBuilder("""
                # Call flows

                Written from `testkit/src/main/resources/flows` (`-Diwf.docs=write`); each is played by the tests as it stands here.

                """);
        flows.forEach(flow -> page.append(section(flow)));
        return page.toString();
    }

    private static String section(Flow flow) {
        StringBuilder section = new StringBuilder("## " + flow.title() + "\n\n");
        if (!flow.notes().isEmpty()) {
            section.append(String.join("\n", flow.notes())).append("\n\n");
        }
        section.append("```\n").append(ladder(flow)).append("```\n\n");
        return section.toString();
    }

    static String ladder(Flow flow) {
        List<String> columns = List.copyOf(participants(flow));
        StringBuilder out = new StringBuilder();
        columns.forEach(name -> out.append(pad(name, COLUMN)));
        trimEnd(out).append('\n');
        for (Flow.Step step : flow.steps()) {
            switch (step) {
                case Flow.Step.Given given ->
                    out.append("· ")
                            .append(given.key())
                            .append(": ")
                            .append(given.value())
                            .append('\n');
                case Flow.Step.Wait wait ->
                    out.append("· ").append(wait.duration().toSeconds()).append(" s later\n");
                case Flow.Step.Message(int line, FlowMessage message) -> out.append(arrow(columns, message));
            }
        }
        return out.toString();
    }

    private static String arrow(List<String> columns, FlowMessage message) {
        int from = columns.indexOf(message.from());
        int to = columns.indexOf(message.to());
        int left = Math.min(from, to);
        int span = Math.abs(from - to) * COLUMN - 3;
        String label = " " + message.label() + " ";
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < left; i++) {
            out.append(pad("|", COLUMN));
        }
        String line = label + "-".repeat(Math.max(1, span - label.length()));
        out.append('|').append(from < to ? "-" + line + ">|" : "<" + line + "-|");
        return out.append('\n').toString();
    }

    private static Set<String> participants(Flow flow) {
        Set<String> all = new LinkedHashSet<>();
        for (Flow.Step step : flow.steps()) {
            if (step instanceof Flow.Step.Message(int line, FlowMessage message)) {
                all.add(message.from());
                all.add(message.to());
            }
        }
        // The sort is stable: of each side who speaks first stands first.
        return all.stream()
                .sorted(Comparator.comparingInt(FlowRenderer::place))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** From left to right: SIP users, the gateway, its elements, the neighbours. */
    private static int place(String name) {
        return switch (name) {
            case FlowMessage.GATEWAY -> 1;
            case FlowMessage.ELEMENTS -> 2;
            case String other when other.startsWith("imps") -> 3;
            default -> 0;
        };
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static StringBuilder trimEnd(StringBuilder out) {
        while (!out.isEmpty() && out.charAt(out.length() - 1) == ' ') {
            out.setLength(out.length() - 1);
        }
        return out;
    }
}
