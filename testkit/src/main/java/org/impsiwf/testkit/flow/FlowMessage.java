package org.impsiwf.testkit.flow;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A message between two participants as a flow writes it.
 *
 * @param name such as {@code INVITE}, {@code 200 SEND}, {@code SendMessageRequest}
 * @param fields by name; a quoted text is the field {@code text}
 */
public record FlowMessage(String from, String to, String name, Map<String, String> fields) {

    /** The gateway's name in every flow. */
    public static final String GATEWAY = "iwf";

    /** Our own service elements, which run inside the gateway. */
    public static final String ELEMENTS = "home";

    public FlowMessage {
        fields = Map.copyOf(fields);
    }

    public String field(String key, String otherwise) {
        return fields.getOrDefault(key, otherwise);
    }

    public boolean isToGateway() {
        return to.equals(GATEWAY);
    }

    public boolean isFromGateway() {
        return from.equals(GATEWAY);
    }

    /** The part of a line after the arrow's two ends. */
    public String label() {
        String rest = new TreeMap<>(fields)
                .entrySet().stream()
                        .filter(field -> !field.getKey().equals("text"))
                        .map(field -> field.getKey() + "=" + quoted(field.getValue()))
                        .collect(Collectors.joining(" "));
        String text = fields.containsKey("text") ? " \"" + fields.get("text") + "\"" : "";
        return name + text + (rest.isEmpty() ? "" : " " + rest);
    }

    private static String quoted(String value) {
        return value.contains(" ") ? "\"" + value + "\"" : value;
    }

    @Override
    public String toString() {
        return from + " -> " + to + "  " + label();
    }
}
