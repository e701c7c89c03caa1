package org.impsiwf.gateway.flows;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.impsiwf.testkit.flow.Words;
import org.impsiwf.testkit.ssp.Manner;
import org.impsiwf.testkit.ssp.RawSspPeer;

/** What a flow gives, as the configuration of the gateway and the manners of its peer. */
final class GivenTerms {
    private final Map<String, String> given = new HashMap<>();

    void put(String key, String value) {
        given.put(key, value);
    }

    boolean peerIsDown() {
        return given.getOrDefault("peer", "up").equals("down");
    }

    Manner manner() {
        return given.containsKey("peer-dialect") ? Manner.BARAZA : Manner.OMA_1_3;
    }

    /** What the peer says that it takes; none: anything. */
    List<String> acceptedTypes() {
        return Words.list(given.getOrDefault("peer-accepts", ""));
    }

    /** @param otherPeer the second neighbour, where the flow has one */
    Scene.Terms terms(Optional<RawSspPeer> otherPeer) {
        Scene.Terms neighbours = otherPeer
                .map(raw -> Scene.Terms.PLAIN.withNeighbour("wv:@imps2.example.com", raw.url()))
                .orElse(Scene.Terms.PLAIN);
        String dialect = manner() == Manner.BARAZA ? "baraza" : "oma-1.3";
        boolean invitesFirst = given.getOrDefault("peer-invites-first", "no").equals("yes");
        return neighbours
                .withSip("trusted: [ 127.0.0.1/32 ]\nmax-expires: 7d"
                        + line("factory-size", most -> "\nmax-adhoc-group-size: " + most))
                .withMsrp(line("max-size", bytes -> "max-message-size: " + bytes + ", "))
                .withSsp(Scene.QUICK_RECONNECT + "connections-per-session: 1, time-to-live: 1d, ")
                .withPeer("connect: " + !peerIsDown() + ", dialect: " + dialect + ", invites-first: " + invitesFirst
                        + ", ")
                .withSections("conversation: { mode: "
                        + given.getOrDefault("carriage", "AUTO").toLowerCase(Locale.ROOT) + " }"
                        + line("hosted-by", peer -> "\ngroups: { hosted-by: \"wv:@" + peer + ".example.com\" }"));
    }

    private String line(String key, UnaryOperator<String> text) {
        return Optional.ofNullable(given.get(key)).map(text).orElse("");
    }
}
