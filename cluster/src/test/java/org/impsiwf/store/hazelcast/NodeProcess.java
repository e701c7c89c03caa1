package org.impsiwf.store.hazelcast;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.impsiwf.store.Nodes;
import org.impsiwf.store.OutOfTouchException;
import org.impsiwf.store.Store;
import org.impsiwf.store.Versioned;

/**
 * One node in a process of its own, which a test may kill, stop or cut off. It does what the gateway does with its
 * conversations: it acts from memory on the keys whose seat it is while it is in touch, and takes over what a dead node
 * leaves. Obeys lines on its standard input; says on its standard output what it does, with the time in milliseconds.
 */
final class NodeProcess {

    /** How nodes find each other, instead of addresses. */
    static final String MULTICAST = "multicast";

    /** Before a DNS name. */
    static final String DNS = "dns=";

    /** Before the name of a service in the namespace {@value #NAMESPACE}. */
    static final String KUBERNETES = "kubernetes=";

    /** Before the name of a Hazelcast configuration. */
    static final String FILE = "file=";

    static final String NAMESPACE = "messaging";

    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Duration LIFE = Duration.ofHours(1);

    record Seat(String node) {}

    private final HazelcastStores stores;
    private final Nodes nodes;
    private final Store<Seat> seats;

    /** The keys whose seat this node is, and the touch in which it learnt that. */
    private final Map<String, Long> held = new ConcurrentHashMap<>();

    private NodeProcess(HazelcastSettings settings) {
        stores = HazelcastStores.join(settings);
        nodes = stores.nodes();
        seats = stores.open("seats", Seat.class);
        nodes.onLeft(gone -> takeOver());
        stores.ownership().onMove(() -> Thread.ofVirtual().start(this::takeOver));
    }

    /** @param arguments cluster, own address, how to find the others or all addresses with commas between them, minimum of members */
    public static void main(String[] arguments) throws IOException {
        String[] listen = arguments[1].split(":");
        var settings = new HazelcastSettings(
                arguments[0],
                new InetSocketAddress(listen[0], Integer.parseInt(listen[1])),
                discovery(arguments[2]),
                Integer.parseInt(arguments[3]),
                HazelcastSettings.SILENCE);
        var node = new NodeProcess(settings);
        Thread.ofPlatform().daemon().start(node::act);
        say("READY " + node.nodes.self());
        node.obey();
    }

    private static Discovery discovery(String how) {
        if (how.equals(MULTICAST)) {
            return new Discovery.Multicast("239.1.57.1", 54327);
        }
        if (how.startsWith(DNS)) {
            return new Discovery.Dns(how.substring(DNS.length()));
        }
        if (how.startsWith(FILE)) {
            return new Discovery.File(Path.of(how.substring(FILE.length())));
        }
        return how.startsWith(KUBERNETES)
                ? new Discovery.Kubernetes(how.substring(KUBERNETES.length()), NAMESPACE)
                : new Discovery.Members(List.of(how.split(",")));
    }

    private static void say(String line) {
        synchronized (System.out) {
            System.out.println(System.currentTimeMillis() + " " + line);
            System.out.flush();
        }
    }

    private void obey() throws IOException {
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] order = line.split(" ");
            switch (order[0]) {
                case "sit" -> sit(order[1]);
                case "load" -> load(order[1]);
                case "leave" -> {
                    stores.close();
                    say("GONE");
                    return;
                }
                default -> throw new IllegalStateException(line);
            }
        }
    }

    private void sit(String key) {
        hold(key, Store.ABSENT);
        say("SITS " + key);
    }

    private boolean hold(String key, long version) {
        boolean saved = seats.save(key, version, new Seat(nodes.self()), LIFE).isPresent();
        nodes.touch().ifPresent(touch -> {
            if (saved) {
                held.put(key, touch);
            }
        });
        return saved;
    }

    private void load(String key) {
        try {
            say("LOADED " + key + " "
                    + seats.load(key).map(found -> found.value().node()).orElse("-"));
        } catch (OutOfTouchException refused) {
            say("REFUSED " + key);
        }
    }

    private void takeOver() {
        while (!isTakenOver()) {
            say("LEFT ALONE");
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private boolean isTakenOver() {
        try {
            for (String key : seats.ownedKeys()) {
                Versioned<Seat> seat = seats.load(key).orElse(null);
                if (seat != null && !nodes.isAlive(seat.value().node()) && hold(key, seat.version())) {
                    say("TOOK " + key);
                }
            }
            return true;
        } catch (OutOfTouchException refused) {
            return false;
        }
    }

    /** Until the process ends. */
    private void act() {
        String before = "";
        while (true) {
            OptionalLong touch = nodes.touch();
            String state =
                    (touch.isPresent() ? "TOUCH " : "NO TOUCH ") + nodes.alive().size();
            if (!state.equals(before)) {
                say(state);
                before = state;
            }
            long acts = held.values().stream()
                    .filter(learnt -> nodes.touch().equals(OptionalLong.of(learnt)))
                    .count();
            if (acts > 0) {
                say("ACTS " + acts);
            }
            held.forEach((key, learnt) -> {
                if (touch.isPresent() && touch.getAsLong() != learnt) {
                    look(key, touch.getAsLong());
                }
            });
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private void look(String key, long touch) {
        try {
            boolean ours = seats.load(key)
                    .filter(seat -> seat.value().node().equals(nodes.self()))
                    .isPresent();
            if (ours) {
                held.put(key, touch);
            } else {
                held.remove(key);
                say("LOST " + key);
            }
        } catch (OutOfTouchException refused) {
            say("REFUSED " + key);
        }
    }
}
