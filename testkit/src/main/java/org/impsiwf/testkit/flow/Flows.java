package org.impsiwf.testkit.flow;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The flows that travel with the test kit. */
public final class Flows {

    private Flows() {}

    /** Names in the order of the documentation, from {@code flows/index.txt}. */
    public static List<String> names() {
        return resource("index.txt")
                .lines()
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    public static Flow load(String name) {
        return FlowParser.parse(name, resource(name + ".flow"));
    }

    public static List<Flow> all() {
        return names().stream().map(Flows::load).toList();
    }

    private static String resource(String name) {
        try (InputStream in = Flows.class.getResourceAsStream("/flows/" + name)) {
            if (in == null) {
                throw new IllegalArgumentException("no flow " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
