package org.impsiwf.store.local;

import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.impsiwf.store.NodeGoneException;
import org.impsiwf.store.Nodes;

/** A node that runs alone: nobody takes it for dead, and letters go to itself. */
final class SoleNode implements Nodes {

    static final String NAME = "local";

    private static final Set<String> ALIVE = Set.of(NAME);
    private static final OptionalLong ALWAYS = OptionalLong.of(1);

    private final ConcurrentHashMap<String, Office> offices = new ConcurrentHashMap<>();

    @Override
    public String self() {
        return NAME;
    }

    @Override
    public Set<String> alive() {
        return ALIVE;
    }

    @Override
    public OptionalLong touch() {
        return ALWAYS;
    }

    @Override
    public byte[] deliver(String node, String office, byte[] letter) throws NodeGoneException {
        Office open = node.equals(NAME) ? offices.get(office) : null;
        if (open == null) {
            throw new NodeGoneException("no office " + office + " at " + node);
        }
        try {
            return open.take(NAME, letter);
        } catch (RuntimeException failure) {
            throw new IllegalStateException("office " + office + " failed", failure);
        }
    }

    @Override
    public void open(String name, Office office) {
        if (offices.putIfAbsent(name, office) != null) {
            throw new IllegalStateException("office " + name + " is open already");
        }
    }

    @Override
    public AutoCloseable onLeft(Consumer<String> gone) {
        return () -> {};
    }
}
