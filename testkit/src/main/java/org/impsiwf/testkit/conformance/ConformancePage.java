package org.impsiwf.testkit.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** {@code docs/conformance.md}: a row per requirement with the tests that prove it; what no test proves is shown as open. */
public final class ConformancePage {

    private static final int SHOWN = 4;

    private final Proofs proofs;
    private final Map<String, String> outOfScope = Requirements.outOfScope();
    private final List<Requirement> items = Requirements.items();
    private final List<Requirement> transactions = Requirements.transactions();
    private final List<Requirement> rules = Requirements.rules();

    private ConformancePage(Proofs proofs) {
        this.proofs = proofs;
    }

    /**
     * {@code write ROOT} writes the page; {@code check ROOT} compares it with what the tests prove now.
     * Exit code 1, and a line that says what to do, when it is stale or names a requirement that no document has.
     */
    public static void main(String[] words) throws IOException {
        Path root = Path.of(words[1]);
        ConformancePage page = new ConformancePage(Proofs.below(root));
        Path file = root.resolve("docs/conformance.md");
        List<String> unknown = page.unknown();
        if (!unknown.isEmpty()) {
            System.err.println("iwf: tests name requirements that no document has: " + String.join(", ", unknown));
            System.exit(1);
        }
        if (words[0].equals("write")) {
            Files.writeString(file, page.render());
        } else if (!Files.exists(file) || !Files.readString(file).equals(page.render())) {
            System.err.println(
                    "iwf: docs/conformance.md is not what the tests prove: IWF_DOCS=write ./iwf test writes it");
            System.exit(1);
        }
        System.out.println(page.totals());
    }

    private List<String> unknown() {
        TreeSet<String> named = new TreeSet<>(proofs.named());
        named.removeIf(id -> !id.matches("(SSP|CSPX|SIPX|CHAT)-\\d+|tx:.*|IMPS-SSP-.*"));
        for (List<Requirement> all : List.of(items, transactions, rules)) {
            all.forEach(requirement -> named.remove(requirement.id()));
        }
        return List.copyOf(named);
    }

    private String totals() {
        return "conformance: " + count(items) + " items, " + count(transactions) + " transactions, "
                + count(rules("SSP-")) + " SSP rules, " + count(rules("CSPX-")) + " CSPX rules proven by tests";
    }

    private List<Requirement> rules(String prefix) {
        return rules.stream().filter(rule -> rule.id().startsWith(prefix)).toList();
    }

    private String count(List<Requirement> requirements) {
        long proven = requirements.stream().filter(this::isProven).count();
        return proven + " of " + requirements.size();
    }

    private boolean isProven(Requirement requirement) {
        return !proofs.of(requirement.id()).isEmpty()
                || (!requirement.parts().isEmpty()
                        && requirement.parts().stream()
                                .noneMatch(part -> proofs.of(part).isEmpty()));
    }

    private String render() {
        StringBuilder page = new StringBuilder();
        page.append("# Conformance\n\n")
                .append(
                        "Generated from the tests by `IWF_DOCS=write ./iwf test`; do not edit. A test names what it proves by a JUnit tag, or a\n")
                .append("parameterised one in the name of a case. A row without a test is open.\n\n")
                .append("| | proven | of | out of scope | open |\n|---|---|---|---|---|\n");
        summary(page, "Items of the conformance statement (SSP Appendix B)", items);
        summary(page, "Transactions", transactions);
        summary(page, "Rules of SSP 1.3 (SSP-…)", rules("SSP-"));
        summary(page, "Rules of ExtendConversation on the client side (CSPX-…)", rules("CSPX-"));
        summary(page, "Rules of extending a SIP session (SIPX-…)", rules("SIPX-"));
        summary(page, "Rules of the SIP chat flow (CHAT-…)", rules("CHAT-"));
        statusCodes(page);
        chapter(page, "Items of the conformance statement", items);
        chapter(page, "Transactions", transactions);
        chapter(page, "Rules", rules);
        return page.toString();
    }

    private void summary(StringBuilder page, String title, List<Requirement> requirements) {
        long proven = requirements.stream().filter(this::isProven).count();
        long excused = requirements.stream()
                .filter(r -> !isProven(r) && outOfScope.containsKey(r.id()))
                .count();
        page.append("| %s | %d | %d | %d | %d |\n"
                .formatted(title, proven, requirements.size(), excused, requirements.size() - proven - excused));
    }

    private void statusCodes(StringBuilder page) {
        String codes = proofs.named().stream()
                .filter(id -> id.startsWith("status:"))
                .map(id -> id.substring("status:".length()))
                .collect(Collectors.joining(" "));
        page.append("\nStatus codes that a test provokes: ")
                .append(codes.isEmpty() ? "none yet" : codes)
                .append(".\n");
    }

    private void chapter(StringBuilder page, String title, List<Requirement> requirements) {
        page.append("\n## ").append(title).append('\n');
        Map<String, List<Requirement>> sections = new LinkedHashMap<>();
        requirements.forEach(r ->
                sections.computeIfAbsent(r.section(), s -> new ArrayList<>()).add(r));
        sections.forEach((section, rows) -> {
            page.append("\n### ").append(section).append("\n\n| id | clause | what | proven by |\n|---|---|---|---|\n");
            rows.forEach(row -> page.append("| %s | %s | %s | %s |\n"
                    .formatted(row.id().replaceFirst("^tx:", ""), row.source(), row.text(), proof(row))));
        });
    }

    private String proof(Requirement requirement) {
        SortedSet<String> own = proofs.of(requirement.id());
        if (!own.isEmpty()) {
            String shown = own.stream().limit(SHOWN).collect(Collectors.joining(", "));
            return own.size() > SHOWN ? shown + " and " + (own.size() - SHOWN) + " more" : shown;
        }
        if (isProven(requirement)) {
            return "its transactions, see below";
        }
        String reason = outOfScope.get(requirement.id());
        return reason == null ? "**open**" : "out of scope: " + reason;
    }
}
