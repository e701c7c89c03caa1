package org.impsiwf.gateway.trace;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Remembers the last messages of the last conversations; what is too much or too old is forgotten as new ones come. Safe
 * from any thread, and short enough for an event loop.
 */
public final class TraceRecorder {

    /** Of a single message: request and answer on both sides. */
    private static final int USUAL_ENTRIES = 4;

    private static final class Conversation {
        private final ArrayDeque<TraceEntry> entries = new ArrayDeque<>(USUAL_ENTRIES);
        private Instant lastUsed = Instant.MIN;
    }

    private final ReentrantLock lock = new ReentrantLock();

    /** In the order of their last message, the oldest first. */
    private final LinkedHashMap<String, Conversation> conversations = new LinkedHashMap<>();

    private Conversation latest = new Conversation();

    private final int maxConversations;
    private final int maxEntries;
    private final Duration maxAge;
    private final InstantSource clock;

    /**
     * @param maxConversations 0 remembers nothing
     * @param maxEntries of each conversation
     * @param maxAge since its last message
     */
    public TraceRecorder(int maxConversations, int maxEntries, Duration maxAge, InstantSource clock) {
        this.maxConversations = maxConversations;
        this.maxEntries = maxEntries;
        this.maxAge = maxAge;
        this.clock = clock;
    }

    public void record(String conversation, TraceEntry entry) {
        if (maxConversations == 0) {
            return;
        }
        lock.lock();
        try {
            Instant now = entry.at();
            Conversation known = conversations.computeIfAbsent(conversation, first -> new Conversation());
            if (known != latest) {
                conversations.putLast(conversation, known);
                latest = known;
            }
            known.lastUsed = now;
            if (known.entries.size() == maxEntries) {
                known.entries.removeFirst();
            }
            known.entries.addLast(entry);
            forget(now);
        } finally {
            lock.unlock();
        }
    }

    /** In the order of their time; empty when the conversation is not remembered. */
    public Optional<List<TraceEntry>> trace(String conversation) {
        lock.lock();
        try {
            forget(clock.instant());
            return Optional.ofNullable(conversations.get(conversation))
                    .map(known -> known.entries.stream()
                            .sorted(Comparator.comparing(TraceEntry::at))
                            .toList());
        } finally {
            lock.unlock();
        }
    }

    /** The newest first. */
    public List<String> conversations(int atMost) {
        lock.lock();
        try {
            forget(clock.instant());
            return conversations.sequencedKeySet().reversed().stream()
                    .limit(atMost)
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    private void forget(Instant now) {
        Instant oldest = now.minus(maxAge);
        var eldest = conversations.sequencedValues().iterator();
        while (eldest.hasNext()) {
            boolean tooOld = eldest.next().lastUsed.isBefore(oldest);
            if (!tooOld && conversations.size() <= maxConversations) {
                return;
            }
            eldest.remove();
        }
    }
}
