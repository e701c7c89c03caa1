package org.impsiwf.gateway.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Mistakes found so far, and where each key was seen. A path is written {@code ssp.peers[0].url}. */
final class Findings {

    private static final String ROOT = "";

    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, Integer> lines = new HashMap<>();
    private final Set<String> unsound = new HashSet<>();
    private final Set<String> leftOut = new HashSet<>();

    void seen(String path, int line) {
        lines.putIfAbsent(path, line);
    }

    /** Reports a wrong value, in the line of its key or of the nearest section around it that the file has. */
    void add(String path, String message) {
        add(lineOf(path), path, message);
    }

    /** Reports values that are right by themselves and contradict each other. */
    void contradiction(String path, String message) {
        problems.add(new Problem(lineOf(path), path + ": " + message));
    }

    void add(int line, String path, String message) {
        problems.add(new Problem(line, path.isEmpty() ? message : path + ": " + message));
        for (String at = path; !at.equals(ROOT); at = parent(at)) {
            unsound.add(at);
        }
    }

    /** False when a mistake was reported there or below: what hangs on the value is not worth saying. */
    boolean isSound(String path) {
        return !unsound.contains(path);
    }

    /** An element of a list that could not be read, so that those after it move up. */
    void leftOut(String path) {
        leftOut.add(path);
    }

    /** The path of each element of a list that could be read, as the file counts them. */
    List<String> elements(String list, int count) {
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> list + "[" + i + "]")
                .filter(path -> !leftOut.contains(path))
                .limit(count)
                .toList();
    }

    List<Problem> sorted() {
        return problems.stream().distinct().sorted().toList();
    }

    private int lineOf(String path) {
        String at = path;
        while (!lines.containsKey(at) && !at.equals(ROOT)) {
            at = parent(at);
        }
        return lines.getOrDefault(at, 1);
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['))));
    }
}
