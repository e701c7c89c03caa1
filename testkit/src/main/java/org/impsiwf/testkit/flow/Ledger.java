package org.impsiwf.testkit.flow;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What must hold whatever happens: every message gets one final answer, none is positive unless the far side said so, and
 * nothing is carried twice.
 */
final class Ledger {

    private final Map<String, Integer> finalAnswers = new LinkedHashMap<>();
    private final Map<String, String> textOf = new HashMap<>();
    private final Set<String> takenByFarSide = new HashSet<>();
    private final Set<String> takenBySomebody = new HashSet<>();
    private final Map<String, String> idOfCopy = new HashMap<>();
    private boolean edgesForgot;

    /** Somebody sent a request that is owed a final answer. A text binds it to what is carried on; absorbed signals have none. */
    void owed(String what, String text) {
        finalAnswers.putIfAbsent(what, 0);
        textOf.put(what, text);
    }

    /** The gateway gave a final answer. */
    void answered(String what, int code) {
        Integer before = finalAnswers.get(what);
        if (before == null) {
            throw new AssertionError("an answer to what nobody asked: " + what);
        }
        if (before > 0 && edgesForgot) {
            return;
        }
        if (before > 0) {
            throw new AssertionError("a second final answer to " + what);
        }
        finalAnswers.put(what, 1);
        String text = textOf.getOrDefault(what, "");
        if (code / 100 == 2 && !text.isEmpty() && !takenByFarSide.contains(text)) {
            throw new AssertionError("'" + text + "' was called accepted before the far side took it: " + what);
        }
    }

    /** The gateway need not answer any more: the one who asked has left. */
    void excused(String what) {
        finalAnswers.computeIfPresent(what, (key, count) -> 1);
    }

    /** From now on a second answer goes nowhere: the edge has no transaction for it, or has answered it. */
    void ownerDied() {
        edgesForgot = true;
    }

    boolean isOpen(String what) {
        return finalAnswers.getOrDefault(what, 1) == 0;
    }

    /** The gateway carries a text on to somebody, under an id that stays the same when it is sent again. */
    void carried(String text, String to, String id) {
        if (text.isEmpty()) {
            return;
        }
        String before = idOfCopy.putIfAbsent(copy(text, to), id);
        if (takenBySomebody.contains(copy(text, to)) && !id.equals(before)) {
            throw new AssertionError("'" + text + "' was carried again after the far side had taken it");
        }
    }

    private static String copy(String text, String to) {
        return to + ": " + text;
    }

    /** The far side refused this copy: another attempt may have another id. */
    void refusedByFarSide(String text, String by) {
        idOfCopy.remove(copy(text, by));
    }

    void takenByFarSide(String text, String by) {
        takenByFarSide.add(text);
        takenBySomebody.add(copy(text, by));
    }

    /** Once everything is over. */
    void close() {
        finalAnswers.forEach((what, count) -> {
            if (count != 1) {
                throw new AssertionError("no final answer to " + what);
            }
        });
    }
}
