package org.impsiwf.gateway.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes the reference of a configuration, section by section, in Markdown. */
final class ConfigReference {

    private static final Path NOWHERE = Path.of("");

    private final StringBuilder page = new StringBuilder();

    private ConfigReference() {}

    static String of(Class<?> root) {
        var reference = new ConfigReference();
        reference.section("", root, Map.of());
        return reference.page.toString();
    }

    private record Below(String path, Schema.Entry entry, Map<String, String> defaults) {}

    private void section(String path, Class<?> type, Map<String, String> defaults) {
        List<Below> below = new ArrayList<>();
        page.append("\n| key | value | default | meaning |\n|---|---|---|---|\n");
        for (Schema.Entry entry : Schema.entries(type)) {
            String at = path.isEmpty() ? entry.name() : path + "." + entry.name();
            if (entry.isSection()) {
                below.add(new Below(entry.shape() == Schema.Shape.LIST ? at + "[]" : at, entry, overrides(entry)));
            }
            page.append("| `")
                    .append(entry.name())
                    .append("` | ")
                    .append(value(entry))
                    .append(" | ");
            page.append(byDefault(entry, defaults))
                    .append(" | ")
                    .append(entry.key().value())
                    .append(" |\n");
        }
        for (Below each : below) {
            page.append("\n## `").append(each.path).append("`\n");
            section(each.path, each.entry.type(), each.defaults);
        }
    }

    private static String value(Schema.Entry entry) {
        if (entry.isSection()) {
            return entry.shape() == Schema.Shape.LIST ? "list, see below" : "see below";
        }
        String what = ValueTypes.of(entry.type(), NOWHERE).orElseThrow().what();
        String shaped = switch (entry.shape()) {
            case ONE, OPTIONAL -> what;
            case LIST -> "list; each " + what;
            case MAP -> "keys; each value " + what;
        };
        return shaped + range(entry.key());
    }

    private static String range(Key key) {
        boolean min = !key.min().equals(Key.NONE);
        boolean max = !key.max().equals(Key.NONE);
        if (min && max) {
            return ", " + key.min() + " to " + key.max();
        }
        return min ? ", at least " + key.min() : max ? ", at most " + key.max() : "";
    }

    private static String byDefault(Schema.Entry entry, Map<String, String> defaults) {
        if (defaults.containsKey(entry.name())) {
            return "`" + defaults.get(entry.name()) + "`";
        }
        if (entry.isSection() || entry.shape() == Schema.Shape.OPTIONAL || entry.shape() == Schema.Shape.MAP) {
            return entry.isSection() && entry.shape() == Schema.Shape.ONE ? "" : "none";
        }
        if (!entry.hasDefault()) {
            return entry.shape() == Schema.Shape.LIST ? "none" : "**needed**";
        }
        return "`" + entry.key().byDefault().replace("\"", "") + "`";
    }

    /** What a section's default says of single keys in it, {@code { listen: … }}. */
    private static Map<String, String> overrides(Schema.Entry entry) {
        if (!entry.hasDefault()) {
            return Map.of();
        }
        String[] keyAndValue =
                entry.key().byDefault().replaceAll("[{}\"]", "").trim().split(": ", 2);
        return Map.of(keyAndValue[0], keyAndValue[1]);
    }
}
