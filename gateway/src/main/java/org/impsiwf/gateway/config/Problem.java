package org.impsiwf.gateway.config;

/**
 * A mistake in a configuration.
 *
 * @param line from 1
 * @param message says which key, what is wrong and what would be right; never quotes a secret
 */
public record Problem(int line, String message) implements Comparable<Problem> {
    @Override
    public int compareTo(Problem other) {
        int byLine = Integer.compare(line, other.line);
        return byLine != 0 ? byLine : message.compareTo(other.message);
    }
}
