package org.impsiwf.gateway.cluster;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Which messages, each with a text of its own, somebody was told are taken, and which have arrived under which Message-IDs. */
final class DeliveryLedger {

    private final Set<String> taken = ConcurrentHashMap.newKeySet();
    private final Map<String, Set<String>> arrived = new ConcurrentHashMap<>();

    /** Its sender was answered with success. */
    void taken(String text) {
        taken.add(text);
    }

    /** A receiver knows a repeat by its Message-ID. */
    void arrived(String text, String messageId) {
        arrived.computeIfAbsent(text, any -> ConcurrentHashMap.newKeySet()).add(messageId);
    }

    /** How many were taken whose text begins so. */
    long countTaken(String beginning) {
        return taken.stream().filter(text -> text.startsWith(beginning)).count();
    }

    /** What was taken and has not arrived. */
    Set<String> lost() {
        Set<String> lost = new TreeSet<>(taken);
        lost.removeAll(arrived.keySet());
        return lost;
    }

    /** What has arrived as several messages, and under which Message-IDs. */
    Map<String, Set<String>> doubled() {
        return arrived.entrySet().stream()
                .filter(message -> message.getValue().size() > 1)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, TreeMap::new));
    }
}
