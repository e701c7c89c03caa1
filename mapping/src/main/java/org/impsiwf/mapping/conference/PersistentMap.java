package org.impsiwf.mapping.conference;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * An immutable map in the order of its keys. A changed copy shares with the original all but the path to the change, so that what
 * concerns one member of a large group costs the same as in a small one; and maps that differ are found to differ without
 * looking at their entries. Safe from any thread.
 *
 * <p>An AVL tree whose nodes know the size and the {@link Map#hashCode} of what is below them.
 */
final class PersistentMap<V> extends AbstractMap<String, V> {

    private static final PersistentMap<?> EMPTY = new PersistentMap<>(null);

    /** A subtree; null is the empty one. */
    private static final class Node<V> {
        final String key;
        final V value;
        final Node<V> left;
        final Node<V> right;
        final int height;
        final int size;
        final int hash;

        Node(String key, V value, Node<V> left, Node<V> right) {
            this.key = key;
            this.value = value;
            this.left = left;
            this.right = right;
            this.height = 1 + Math.max(height(left), height(right));
            this.size = 1 + size(left) + size(right);
            this.hash = (key.hashCode() ^ value.hashCode()) + hash(left) + hash(right);
        }

        static int height(Node<?> node) {
            return node == null ? 0 : node.height;
        }

        static int size(Node<?> node) {
            return node == null ? 0 : node.size;
        }

        static int hash(Node<?> node) {
            return node == null ? 0 : node.hash;
        }
    }

    private final Node<V> root;

    private PersistentMap(Node<V> root) {
        this.root = root;
    }

    @SuppressWarnings("unchecked") // it has no values
    static <V> PersistentMap<V> empty() {
        return (PersistentMap<V>) EMPTY;
    }

    /** The same entries; the map itself when it is one of these. */
    static <V> PersistentMap<V> copyOf(Map<String, V> map) {
        if (map instanceof PersistentMap<V> same) {
            return same;
        }
        PersistentMap<V> copy = empty();
        for (Map.Entry<String, V> entry : map.entrySet()) {
            copy = copy.with(entry.getKey(), entry.getValue());
        }
        return copy;
    }

    /** This map with the entry; the map itself when it has it already. */
    PersistentMap<V> with(String key, V value) {
        Node<V> next = put(root, key, value);
        return next == root ? this : new PersistentMap<>(next);
    }

    /** This map without the key; the map itself when it has no such key. */
    PersistentMap<V> without(String key) {
        Node<V> next = remove(root, key);
        return next == root ? this : next == null ? empty() : new PersistentMap<>(next);
    }

    private static <V> Node<V> put(Node<V> node, String key, V value) {
        if (node == null) {
            return new Node<>(key, value, null, null);
        }
        int order = key.compareTo(node.key);
        if (order == 0) {
            return node.value.equals(value) ? node : new Node<>(node.key, value, node.left, node.right);
        }
        if (order < 0) {
            Node<V> left = put(node.left, key, value);
            return left == node.left ? node : balanced(node, left, node.right);
        }
        Node<V> right = put(node.right, key, value);
        return right == node.right ? node : balanced(node, node.left, right);
    }

    private static <V> Node<V> remove(Node<V> node, String key) {
        if (node == null) {
            return null;
        }
        int order = key.compareTo(node.key);
        if (order < 0) {
            Node<V> left = remove(node.left, key);
            return left == node.left ? node : balanced(node, left, node.right);
        }
        if (order > 0) {
            Node<V> right = remove(node.right, key);
            return right == node.right ? node : balanced(node, node.left, right);
        }
        if (node.left == null || node.right == null) {
            return node.left == null ? node.right : node.left;
        }
        Node<V> successor = node.right;
        while (successor.left != null) {
            successor = successor.left;
        }
        return balanced(successor, node.left, remove(node.right, successor.key));
    }

    /** A node with the middle's entry over two subtrees whose heights differ by two at most. */
    private static <V> Node<V> balanced(Node<V> middle, Node<V> left, Node<V> right) {
        int lean = Node.height(left) - Node.height(right);
        if (lean > 1) {
            return Node.height(left.left) >= Node.height(left.right)
                    ? over(left, left.left, over(middle, left.right, right))
                    : over(left.right, over(left, left.left, left.right.left), over(middle, left.right.right, right));
        }
        if (lean < -1) {
            return Node.height(right.right) >= Node.height(right.left)
                    ? over(right, over(middle, left, right.left), right.right)
                    : over(right.left, over(middle, left, right.left.left), over(right, right.left.right, right.right));
        }
        return over(middle, left, right);
    }

    private static <V> Node<V> over(Node<V> middle, Node<V> left, Node<V> right) {
        return new Node<>(middle.key, middle.value, left, right);
    }

    /** How deep the deepest entry lies; for tests. */
    int height() {
        return Node.height(root);
    }

    private Node<V> find(Object key) {
        if (!(key instanceof String wanted)) {
            return null;
        }
        Node<V> node = root;
        while (node != null) {
            int order = wanted.compareTo(node.key);
            if (order == 0) {
                return node;
            }
            node = order < 0 ? node.left : node.right;
        }
        return null;
    }

    @Override
    public V get(Object key) {
        Node<V> node = find(key);
        return node == null ? null : node.value;
    }

    @Override
    public boolean containsKey(Object key) {
        return find(key) != null;
    }

    @Override
    public int size() {
        return Node.size(root);
    }

    @Override
    public boolean isEmpty() {
        return root == null;
    }

    @Override
    public int hashCode() {
        return Node.hash(root);
    }

    @Override
    public boolean equals(Object other) {
        if (other instanceof PersistentMap<?> map) {
            boolean sameAtFirstSight = size() == map.size() && hashCode() == map.hashCode();
            return root == map.root || (sameAtFirstSight && super.equals(other));
        }
        return super.equals(other);
    }

    @Override
    public Set<Map.Entry<String, V>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return PersistentMap.this.size();
            }

            @Override
            public Iterator<Map.Entry<String, V>> iterator() {
                return new InOrder<>(root);
            }
        };
    }

    private static final class InOrder<V> implements Iterator<Map.Entry<String, V>> {
        private final Deque<Node<V>> path = new ArrayDeque<>();

        InOrder(Node<V> root) {
            descend(root);
        }

        private void descend(Node<V> from) {
            for (Node<V> node = from; node != null; node = node.left) {
                path.push(node);
            }
        }

        @Override
        public boolean hasNext() {
            return !path.isEmpty();
        }

        @Override
        public Map.Entry<String, V> next() {
            if (path.isEmpty()) {
                throw new NoSuchElementException();
            }
            Node<V> node = path.pop();
            descend(node.right);
            return Map.entry(node.key, node.value);
        }
    }
}
