package org.impsiwf.testkit.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All that the documents require, read from the data that travels with the test kit. */
final class Requirements {

    private static final int RULE_COLUMNS = 7;

    private Requirements() {}

    /** Appendix B of the SSP document. */
    static List<Requirement> items() {
        return rows("items.tsv")
                .map(cells -> new Requirement(
                        cells[0], cells[1], cells[3], cells[4] + " (" + cells[2] + ")", transactionsOf(cells)))
                .toList();
    }

    private static List<String> transactionsOf(String[] cells) {
        return cells[5].isEmpty()
                ? List.of()
                : Stream.of(cells[5].split(" ")).map(name -> "tx:" + name).toList();
    }

    static List<Requirement> transactions() {
        return rows("transactions.tsv")
                .map(cells -> new Requirement(
                        "tx:" + cells[0], cells[1], cells[2], cells[3].replace(" > ", " → "), List.of()))
                .toList();
    }

    /** The prose rules, numbered; a section of the page per heading. */
    static List<Requirement> rules() {
        List<Requirement> rules = new ArrayList<>();
        String section = "";
        for (String line : text("rules.md").lines().toList()) {
            if (line.startsWith("#")) {
                section = line.replaceFirst("^#+ *", "");
            } else if (line.matches("\\| [A-Z]+-\\d+ \\|.*")) {
                rules.add(rule(section, line));
            }
        }
        return rules;
    }

    /** {@code | id | section | strength | who | rule | test |}. */
    private static Requirement rule(String section, String line) {
        String[] cells = line.split(" *(?<!\\\\)\\| *", RULE_COLUMNS);
        return new Requirement(cells[1], section, cells[2], cells[5], List.of());
    }

    /** What is not ours to do, by id, with the reason. */
    static Map<String, String> outOfScope() {
        Map<String, String> reasons = new LinkedHashMap<>();
        text("out-of-scope.txt")
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .forEach(line -> {
                    String[] idAndReason = line.split(" ", 2);
                    reasons.put(idAndReason[0], idAndReason[1].strip());
                });
        return reasons;
    }

    /** The rows of a table, without its heading. */
    static Stream<String[]> rows(String name) {
        return text(name).lines().filter(line -> !line.startsWith("#")).map(line -> line.split("\t", -1));
    }

    private static String text(String name) {
        try (InputStream in = Requirements.class.getResourceAsStream("/conformance/" + name)) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(name, unreadable);
        }
    }
}
