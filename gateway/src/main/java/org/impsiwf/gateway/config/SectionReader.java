package org.impsiwf.gateway.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads sections into records and goes on after a mistake: a wrong value is reported and its default taken, an element of
 * a list that lacks something is reported and left out. So one reading finds every mistake.
 */
final class SectionReader {

    /** Far more values than any real file has; what aliases multiply ends here. */
    private static final int MAX_VALUES = 100_000;

    private final Class<?> root;
    private final Path base;
    private final Findings findings;
    private int values;

    /** @param base where relative file names start */
    SectionReader(Class<?> root, Path base, Findings findings) {
        this.root = root;
        this.base = base;
        this.findings = findings;
    }

    /**
     * @param node null for an absent section
     * @param defaults a mapping whose keys stand in for those that {@code node} does not have, or null
     * @return null when a key without default is missing or wrong
     */
    Object section(Class<?> type, Node node, Node defaults, String path) {
        if (!YamlDocument.isNull(node) && !(node instanceof MappingNode)) {
            findings.add(YamlDocument.line(node), path, "a section of keys is expected");
            return Schema.mayBeAbsent(type) ? section(type, null, defaults, path) : null;
        }
        Map<String, NodeTuple> given =
                node instanceof MappingNode m ? YamlDocument.entries(m, path, findings) : Map.of();
        Map<String, NodeTuple> fallback =
                defaults instanceof MappingNode m ? YamlDocument.entries(m, path, findings) : Map.of();
        List<Schema.Entry> entries = Schema.entries(type);
        reportUnknown(given, entries, path);
        Object[] parts = new Object[entries.size()];
        boolean complete = true;
        for (int i = 0; i < parts.length; i++) {
            Schema.Entry entry = entries.get(i);
            String at = path.isEmpty() ? entry.name() : path + "." + entry.name();
            NodeTuple tuple = given.get(entry.name());
            if (tuple != null) {
                findings.seen(at, YamlDocument.line(tuple.getKeyNode()));
            }
            NodeTuple standIn = fallback.get(entry.name());
            parts[i] = value(entry, tuple == null ? null : tuple.getValueNode(), defaultOf(entry, standIn), at);
            complete &= parts[i] != null;
        }
        return complete ? construct(type, parts) : null;
    }

    private Node defaultOf(Schema.Entry entry, NodeTuple standIn) {
        if (standIn != null) {
            return standIn.getValueNode();
        }
        return entry.hasDefault() ? YamlDocument.parse(quoteIfEmpty(entry.key().byDefault()), findings) : null;
    }

    private static String quoteIfEmpty(String yaml) {
        return yaml.isEmpty() ? "\"\"" : yaml;
    }

    private Object value(Schema.Entry entry, Node node, Node byDefault, String path) {
        if (++values > MAX_VALUES) {
            if (values == MAX_VALUES + 1) {
                findings.add("", "more than " + MAX_VALUES + " values");
            }
            return entry.shape() == Schema.Shape.LIST ? List.of() : null;
        }
        return switch (entry.shape()) {
            case ONE ->
                entry.isSection() ? section(entry.type(), node, byDefault, path) : scalar(entry, node, byDefault, path);
            case OPTIONAL -> optional(entry, node, path);
            case LIST -> list(entry, YamlDocument.isNull(node) ? byDefault : node, path);
            case MAP -> map(entry, YamlDocument.isNull(node) ? byDefault : node, path);
        };
    }

    private Object optional(Schema.Entry entry, Node node, String path) {
        if (YamlDocument.isNull(node)) {
            return Optional.empty();
        }
        return Optional.ofNullable(
                entry.isSection() ? section(entry.type(), node, null, path) : parse(entry, node, path));
    }

    private Object scalar(Schema.Entry entry, Node node, Node byDefault, String path) {
        Object value = null;
        if (node == null && byDefault == null) {
            findings.add(path, "is missing" + (entry.type() == Secret.class ? "; write \"\" for an empty one" : ""));
        } else if (node != null && YamlDocument.isNull(node)) {
            findings.add(path, "has no value" + (entry.type() == Secret.class ? "; write \"\" for an empty one" : ""));
        } else if (node != null) {
            value = parse(entry, node, path);
        }
        return value == null && byDefault != null ? parse(entry, byDefault, path) : value;
    }

    private List<Object> list(Schema.Entry entry, Node node, String path) {
        List<Object> read = new ArrayList<>();
        if (node instanceof SequenceNode sequence) {
            List<Node> elements = sequence.getValue();
            for (int i = 0; i < elements.size(); i++) {
                String at = path + "[" + i + "]";
                findings.seen(at, YamlDocument.line(elements.get(i)));
                Object element = entry.isSection()
                        ? section(entry.type(), elements.get(i), null, at)
                        : parse(entry, elements.get(i), at);
                if (element == null) {
                    findings.leftOut(at);
                } else {
                    read.add(element);
                }
            }
        } else if (!YamlDocument.isNull(node)) {
            findings.add(YamlDocument.line(node), path, "a list is expected, such as [ one, two ]");
        }
        return List.copyOf(read);
    }

    private Map<String, Object> map(Schema.Entry entry, Node node, String path) {
        Map<String, Object> read = new LinkedHashMap<>();
        if (node instanceof MappingNode mapping) {
            YamlDocument.entries(mapping, path, findings).forEach((name, tuple) -> {
                String at = path + "." + name;
                findings.seen(at, YamlDocument.line(tuple.getKeyNode()));
                Object value = parse(entry, tuple.getValueNode(), at);
                if (value != null) {
                    read.put(name, value);
                }
            });
        } else if (!YamlDocument.isNull(node)) {
            findings.add(YamlDocument.line(node), path, "keys with values are expected");
        }
        return Map.copyOf(read);
    }

    private Object parse(Schema.Entry entry, Node node, String path) {
        if (!(node instanceof ScalarNode scalar) || YamlDocument.isNull(node)) {
            findings.add(YamlDocument.line(node), path, what(entry.type()) + " is expected");
            return null;
        }
        try {
            Object value = type(entry.type()).read(scalar.getValue());
            checkRange(entry, value);
            return value;
        } catch (ValueType.Expected wrong) {
            findings.add(YamlDocument.line(node), path, wrong.getMessage());
            return null;
        }
    }

    private void checkRange(Schema.Entry entry, Object value) {
        String min = entry.key().min();
        String max = entry.key().max();
        if (!min.equals(Key.NONE) && compare(value, type(entry.type()).read(min)) < 0) {
            throw new ValueType.Expected("is less than " + min);
        }
        if (!max.equals(Key.NONE) && compare(value, type(entry.type()).read(max)) > 0) {
            throw new ValueType.Expected("is more than " + max);
        }
    }

    @SuppressWarnings(
            "unchecked") // both come from the same value type, whose values are comparable where a range is given
    private static int compare(Object a, Object b) {
        return ((Comparable<Object>) a).compareTo(b);
    }

    private ValueType<?> type(Class<?> type) {
        return ValueTypes.of(type, base).orElseThrow(() -> new IllegalStateException("no value type for " + type));
    }

    private String what(Class<?> type) {
        return ValueTypes.of(type, base).map(ValueType::what).orElse("a value");
    }

    private void reportUnknown(Map<String, NodeTuple> given, List<Schema.Entry> entries, String path) {
        List<String> known = entries.stream().map(Schema.Entry::name).toList();
        given.forEach((name, tuple) -> {
            if (!known.contains(name)) {
                findings.add(
                        YamlDocument.line(tuple.getKeyNode()),
                        path,
                        "unknown key \"" + name + "\"" + meant(name, known));
            }
        });
    }

    private String meant(String name, List<String> known) {
        return Suggestion.among(known, name)
                .map(word -> "; did you mean \"" + word + "\"?")
                .or(() -> elsewhere(root, "", name).map(place -> "; it belongs to \"" + place + "\""))
                .orElse("; known are " + String.join(", ", known));
    }

    /** The section that has this very key. */
    private static Optional<String> elsewhere(Class<?> section, String path, String name) {
        for (Schema.Entry entry : Schema.entries(section)) {
            if (entry.name().equals(name)) {
                return Optional.of(path.isEmpty() ? "the top level" : path);
            }
        }
        return Schema.entries(section).stream()
                .filter(Schema.Entry::isSection)
                .flatMap(entry ->
                        elsewhere(entry.type(), path.isEmpty() ? entry.name() : path + "." + entry.name(), name)
                                .stream())
                .findFirst();
    }

    private static Object construct(Class<?> type, Object[] parts) {
        try {
            Class<?>[] types = Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new);
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            return constructor.newInstance(parts);
        } catch (InvocationTargetException broken) {
            throw new IllegalStateException(type + " refuses checked values", broken.getCause());
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("cannot make a " + type, impossible);
        }
    }
}
