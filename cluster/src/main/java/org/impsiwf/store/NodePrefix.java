package org.impsiwf.store;

import java.util.Optional;

/**
 * The name of a node before what is unique in an id, {@code name.rest}: what the id stands for, an open transaction for instance,
 * lives on that node, and every other node can tell. In an id of several parts the node stands in the last one, behind the
 * {@code #}.
 *
 * @param text the name and its dot; empty on a node that shares nothing
 */
public record NodePrefix(String text) {

    /** Of a node that runs alone: its ids need no name. */
    public static final NodePrefix NONE = new NodePrefix("");

    private static final char LAST_PART = '#';
    private static final int LONGEST = 8;

    /**
     * Of a node that shares with others.
     *
     * @param node 1 to 8 digits and small letters
     */
    public static NodePrefix of(String node) {
        if (node.isEmpty() || node.length() > LONGEST || !node.chars().allMatch(NodePrefix::isOfAName)) {
            throw new IllegalArgumentException("not a node's name: " + node);
        }
        return new NodePrefix(node + '.');
    }

    private static boolean isOfAName(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
    }

    /** The id with this node's name before it. */
    public String before(String id) {
        return text + id;
    }

    /** The node whose name stands in the id; empty for an id without. */
    public static Optional<String> nodeOf(String id) {
        int start = id.lastIndexOf(LAST_PART) + 1;
        int end = start;
        while (end < id.length() && end - start <= LONGEST && isOfAName(id.charAt(end))) {
            end++;
        }
        boolean named = end > start && end - start <= LONGEST && end < id.length() - 1 && id.charAt(end) == '.';
        return named ? Optional.of(id.substring(start, end)) : Optional.empty();
    }

    /** The id without the node. */
    public static String rest(String id) {
        int start = id.lastIndexOf(LAST_PART) + 1;
        return nodeOf(id)
                .map(node -> id.substring(0, start) + id.substring(start + node.length() + 1))
                .orElse(id);
    }

    /** The id with the node of {@code known} in place of its own; without one when {@code known} names none. */
    public static String beside(String known, String id) {
        String bare = rest(id);
        int last = bare.lastIndexOf(LAST_PART) + 1;
        return bare.substring(0, last)
                + nodeOf(known).map(NodePrefix::of).orElse(NONE).before(bare.substring(last));
    }
}
