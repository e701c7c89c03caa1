package org.impsiwf.testkit.flow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text → {@link Flow}. A line that cannot be read names its number. */
public final class FlowParser {

    private static final Pattern ARROW = Pattern.compile("(\\w+)\\s*->\\s*(\\w+)\\s+(.+)");
    private static final Pattern WAIT = Pattern.compile("\\+(\\d+)(ms|s|m|h)");
    private static final Pattern GIVEN = Pattern.compile("given\\s+([\\w.-]+)=(\\S+)");
    private static final Pattern TOKEN =
            Pattern.compile("([\\w.-]+)=\"([^\"]*)\"|\"([^\"]*)\"|([\\w.-]+)=(\\S+)|(\\S+)");

    private FlowParser() {}

    public static Flow parse(String name, String text) {
        List<String> comments = new ArrayList<>();
        List<Flow.Step> steps = new ArrayList<>();
        int number = 0;
        for (String raw : text.lines().toList()) {
            number++;
            String line = raw.strip();
            if (line.startsWith("#")) {
                comments.add(line.substring(1).strip());
            } else if (!line.isEmpty()) {
                steps.add(step(name, number, line));
            }
        }
        if (comments.isEmpty()) {
            throw new IllegalArgumentException(name + ": a flow begins with a title, '# ...'");
        }
        return new Flow(name, comments.getFirst(), comments.subList(1, comments.size()), steps);
    }

    private static Flow.Step step(String name, int number, String line) {
        Matcher wait = WAIT.matcher(line);
        if (wait.matches()) {
            return new Flow.Step.Wait(number, duration(Long.parseLong(wait.group(1)), wait.group(2)));
        }
        Matcher given = GIVEN.matcher(line);
        if (given.matches()) {
            return new Flow.Step.Given(number, given.group(1), given.group(2));
        }
        Matcher arrow = ARROW.matcher(line);
        if (arrow.matches()) {
            return new Flow.Step.Message(number, message(arrow.group(1), arrow.group(2), arrow.group(3)));
        }
        throw new IllegalArgumentException(name + ":" + number + ": not a line of a flow: " + line);
    }

    private static Duration duration(long amount, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
    }

    private static FlowMessage message(String from, String to, String rest) {
        List<String> words = new ArrayList<>();
        Map<String, String> fields = new LinkedHashMap<>();
        Matcher token = TOKEN.matcher(rest);
        while (token.find()) {
            if (token.group(1) != null) {
                fields.put(token.group(1), token.group(2));
            } else if (token.group(3) != null) {
                fields.put("text", token.group(3));
            } else if (token.group(4) != null) {
                fields.put(token.group(4), token.group(5));
            } else {
                words.add(token.group(6));
            }
        }
        return new FlowMessage(from, to, String.join(" ", words), fields);
    }
}
