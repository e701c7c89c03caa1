package org.impsiwf.store.hazelcast;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.impsiwf.store.NodeGoneException;
import org.impsiwf.store.Nodes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The offices of one node. A letter finds them in the member's user context, from the member's first moment on. */
final class Offices {

    /** Where a member's user context has them. */
    static final String KEY = "iwf.offices";

    private static final Logger LOG = LoggerFactory.getLogger(Offices.class);

    /** A node is a member some seconds before all of it has started. */
    private static final long OPENS_WITHIN_SECONDS = 10;

    private static final byte TAKEN = 0;
    private static final byte FAILED = 1;
    private static final byte CLOSED = 2;

    private final ConcurrentHashMap<String, CompletableFuture<Nodes.Office>> offices = new ConcurrentHashMap<>();

    void open(String name, Nodes.Office office) {
        if (!named(name).complete(office)) {
            throw new IllegalStateException("office " + name + " is open already");
        }
    }

    private CompletableFuture<Nodes.Office> named(String name) {
        return offices.computeIfAbsent(name, n -> new CompletableFuture<>());
    }

    /** The answer with what became of the letter in front; {@link #answer} reads it. */
    byte[] take(String from, String name, byte[] letter) {
        try {
            byte[] answer =
                    named(name).get(OPENS_WITHIN_SECONDS, TimeUnit.SECONDS).take(from, letter);
            byte[] sealed = new byte[1 + answer.length];
            sealed[0] = TAKEN;
            System.arraycopy(answer, 0, sealed, 1, answer.length);
            return sealed;
        } catch (RuntimeException failure) {
            LOG.error("office {} failed on a letter from {}", name, from, failure);
            return new byte[] {FAILED};
        } catch (TimeoutException | ExecutionException closed) {
            LOG.warn("a letter from {} is for office {}, which is not open", from, name);
            return new byte[] {CLOSED};
        } catch (InterruptedException leaving) {
            Thread.currentThread().interrupt();
            return new byte[] {CLOSED};
        }
    }

    static byte[] answer(byte[] sealed, String node, String name) throws NodeGoneException {
        return switch (sealed[0]) {
            case TAKEN -> Arrays.copyOfRange(sealed, 1, sealed.length);
            case FAILED -> throw new IllegalStateException("office " + name + " of " + node + " failed");
            default -> throw new NodeGoneException("office " + name + " of " + node + " is not open");
        };
    }
}
