package org.impsiwf.gateway.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.impsiwf.mapping.Decision;
import org.impsiwf.mapping.State;
import org.impsiwf.mapping.event.MailboxKey;
import org.impsiwf.store.Store;
import org.impsiwf.store.Stores;
import org.impsiwf.store.Versioned;

/** What the nodes share of their mailboxes: whose seat each is, and what a take-over needs. Blocks; throws what a store throws. */
final class SeatRecords {

    /** An entry outlives what its node remembers by this much. */
    private static final Duration SLACK = Duration.ofMinutes(1);

    private final Store<Seated> states;
    private final String self;

    SeatRecords(Stores stores) {
        this.states = stores.open(InterworkingRuntime.CONVERSATIONS, Seated.class);
        this.self = stores.nodes().self();
    }

    Optional<Versioned<Seated>> load(MailboxKey key) {
        return states.load(key.text());
    }

    /** Writes what a decision changed of it, if others need to know; empty when somebody else was faster. */
    Optional<Held> saved(MailboxKey key, Held before, Decision decision, Instant now) {
        if (decision.next().isEmpty()) {
            boolean gone = before.version() == Store.ABSENT
                    || remove(key, before)
                    || load(key).isEmpty();
            return gone ? Optional.of(Held.nothing(before.touch())) : Optional.empty();
        }
        State next = decision.next().get();
        State shared = Held.belongsInMemory(next) ? next.toShare() : next;
        if (now.isBefore(before.saveBy())) {
            if (before.shared().equals(Optional.of(shared))) {
                return Optional.of(before.with(next, decision.timeToLive(), now));
            }
            if (before.shared().filter(next::mayLagBehind).isPresent()) {
                return Optional.of(before.lagging(next, decision.timeToLive(), now));
            }
        }
        return save(key, before, new Seated(self, shared), decision.timeToLive()).stream()
                .mapToObj(version -> before.saved(version, next, shared, decision.timeToLive(), now))
                .findFirst();
    }

    private OptionalLong save(MailboxKey key, Held before, Seated next, Duration timeToLive) {
        return states.save(
                key.text(), before.version(), next, timeToLive.multipliedBy(2).plus(SLACK));
    }

    /** Gives the seat to that node, with all that is known; false when somebody else was faster. */
    boolean isGiven(MailboxKey key, Held held, State state, String to) {
        return save(key, held, new Seated(to, state), held.timeToLive()).isPresent();
    }

    /** False when somebody else was faster. */
    boolean remove(MailboxKey key, Held held) {
        return states.remove(key.text(), held.version());
    }

    /** Whether nobody has written it since. */
    boolean isSame(MailboxKey key, Held held) {
        return load(key).map(Versioned::version).orElse(Store.ABSENT) == held.version();
    }

    /** The keys of those that this node owns. */
    Set<String> ownedKeys() {
        return states.ownedKeys();
    }

    long size() {
        return states.size();
    }
}
