package org.impsiwf.sipp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The commands that a tester finds in this module's README: the tests run exactly these. */
final class Readme {
    private static final String SCENARIOS = "sipp-scenarios/scenarios/";

    private Readme() {}

    static Path root() {
        return Path.of(System.getProperty("iwf.root", ".."));
    }

    /** The arguments of the command that runs this scenario. */
    static List<String> command(String scenario) {
        try {
            return Files.readAllLines(root().resolve("sipp-scenarios/README.md")).stream()
                    .filter(line -> line.startsWith("sipp ") && line.contains(SCENARIOS + scenario + ".xml"))
                    .map(line -> List.of(line.split(" +")))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("README has no command for " + scenario));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of all scenario files. */
    static List<String> scenarios() {
        try (var files = Files.list(root().resolve(SCENARIOS))) {
            return files.map(f -> f.getFileName().toString().replace(".xml", ""))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
