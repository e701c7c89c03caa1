package org.impsiwf.ssp.server;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.impsiwf.store.NodeGoneException;
import org.impsiwf.store.Nodes;
import org.impsiwf.store.Stores;

/** Nodes of one process that share stores, and that can be killed, stopped and woken up. */
final class FakeCluster {

    private final Stores shared;
    private final Map<String, Member> members = new ConcurrentHashMap<>();

    FakeCluster(Stores shared) {
        this.shared = shared;
    }

    /** The stores as a new node sees them. */
    FarStores join(String name) {
        Member member = new Member(name);
        members.put(name, member);
        return new FarStores(shared, member, member.trouble);
    }

    /** With the stores of that node. */
    FarStores.Trouble trouble(String name) {
        return members.get(name).trouble;
    }

    /** It is dead and known to be so. */
    void kill(String name) {
        members.remove(name);
        members.values().forEach(other -> other.left(name));
    }

    /** It is stopped, or cut off: the others will take it for dead. */
    void cutOff(String name) {
        members.get(name).touch = OptionalLong.empty();
    }

    /** It was cut off for a moment, and nobody has noticed. */
    void lapse(String name) {
        Member member = members.get(name);
        member.touch = OptionalLong.of(++member.touches);
    }

    /** It is taken for dead while it is cut off. */
    void bury(String name) {
        Member gone = members.get(name);
        members.remove(name);
        members.values().forEach(other -> other.left(name));
        members.put(" " + name, gone);
    }

    /** It wakes up and joins again, under the same name. */
    void wake(String name) {
        Member member = members.remove(" " + name);
        members.put(name, member);
        member.touch = OptionalLong.of(++member.touches);
    }

    private final class Member implements Nodes {

        private final String name;
        private final Map<String, Office> offices = new HashMap<>();
        private final List<Consumer<String>> watchers = new CopyOnWriteArrayList<>();
        private final FarStores.Trouble trouble = new FarStores.Trouble();
        private long touches = 1;
        private volatile OptionalLong touch = OptionalLong.of(touches);

        private Member(String name) {
            this.name = name;
        }

        private void left(String gone) {
            watchers.forEach(watcher -> Thread.ofVirtual().start(() -> watcher.accept(gone)));
        }

        @Override
        public String self() {
            return name;
        }

        @Override
        public Set<String> alive() {
            return Set.copyOf(members.keySet());
        }

        @Override
        public OptionalLong touch() {
            return touch;
        }

        @Override
        public byte[] deliver(String node, String office, byte[] letter) throws NodeGoneException {
            Member to = members.get(node);
            if (to == null || touch.isEmpty() || to.touch.isEmpty()) {
                throw new NodeGoneException(node);
            }
            Office taking;
            synchronized (to.offices) {
                taking = to.offices.get(office);
            }
            if (taking == null) {
                throw new IllegalStateException("no office " + office + " at " + node);
            }
            return taking.take(name, letter);
        }

        @Override
        public void open(String office, Office taking) {
            synchronized (offices) {
                if (offices.putIfAbsent(office, taking) != null) {
                    throw new IllegalStateException(office + " is open already");
                }
            }
        }

        @Override
        public AutoCloseable onLeft(Consumer<String> gone) {
            watchers.add(gone);
            return () -> watchers.remove(gone);
        }
    }
}
