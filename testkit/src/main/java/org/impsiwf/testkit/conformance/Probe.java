package org.impsiwf.testkit.conformance;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A request of one transaction, and what may answer it.
 *
 * @param transaction its name in the document
 * @param answers the elements that carry a positive answer
 * @param codes the status codes that the document gives this transaction
 * @param request the primitive; {@code a.example} asks, {@code b.example} is asked
 */
record Probe(String transaction, String clause, Set<String> answers, Set<Integer> codes, String request) {

    static List<Probe> all() {
        return Requirements.rows("requests.tsv")
                .map(cells -> new Probe(
                        cells[0],
                        cells[1],
                        Set.of(cells[2].split(" ")),
                        Stream.of(cells[3].split(" ")).map(Integer::valueOf).collect(Collectors.toSet()),
                        cells[4]))
                .toList();
    }

    /** For these domains. */
    String between(String asking, String asked, String user) {
        return request.replace("wv:bob@b.example", user)
                .replace("@a.example", "@" + asking)
                .replace("@b.example", "@" + asked);
    }

    /** The same without its Meta-Information. */
    static String withoutMetaInformation(String request) {
        return request.replaceFirst("<MetaInfo .*?</MetaInfo>", "");
    }
}
