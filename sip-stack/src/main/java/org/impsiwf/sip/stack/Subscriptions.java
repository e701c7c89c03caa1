package org.impsiwf.sip.stack;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.sip.event.SipCommand.Response;
import org.impsiwf.sip.subscription.Subscription;
import org.impsiwf.sip.subscription.SubscriptionDecision;
import org.impsiwf.sip.subscription.SubscriptionEvent;
import org.impsiwf.sip.subscription.SubscriptionMachine;
import org.impsiwf.sip.subscription.SubscriptionOrder;
import org.impsiwf.sip.subscription.SubscriptionState.Asked;
import org.impsiwf.store.NodeGoneException;
import org.impsiwf.store.OrphanSearch;
import org.impsiwf.store.OutOfTouchException;
import org.impsiwf.store.Store;
import org.impsiwf.store.Stores;
import org.impsiwf.store.Timers;
import org.impsiwf.store.Versioned;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The subscriptions that others have with us: one event at a time each, decided, saved, then carried out. */
final class Subscriptions {

    private static final Logger LOG = LoggerFactory.getLogger(Subscriptions.class);
    private static final Duration GRACE = Duration.ofMinutes(5);
    private static final int TRIES = 20;

    /** Of all nodes together. */
    private static final long MOST = 100_000;

    /** A local tag that begins so is that of a subscription's own dialog. */
    private static final String PREFIX = "sub-";

    private static final SubscriptionEvent GONE = new SubscriptionEvent.Refuse(Response.of(503));

    private final Store<Subscription> store;
    private final Timers timers;
    private final KeyedTurns turns = new KeyedTurns();
    private final SubscriptionMachine machine = new SubscriptionMachine();
    private final ServerTransactions servers;
    private final OtherNodes others;
    private final OrphanSearch orphans;
    private final InstantSource clock;
    private SubscriptionOrders orders;

    Subscriptions(Stores stores, ServerTransactions servers, OtherNodes others, InstantSource clock) {
        this.others = others;
        this.store = stores.open("sip-subscriptions", Subscription.class);
        this.timers =
                stores.timers("sip-subscriptions", (id, due) -> post(id, new SubscriptionEvent.DeadlineReached()));
        this.orphans = new OrphanSearch("SIP subscriptions", stores.nodes(), store::ownedKeys, this::look);
        this.servers = servers;
        this.clock = clock;
    }

    /** What carries out; set once, before the first event. */
    void carriedOutBy(SubscriptionOrders executor) {
        orders = executor;
    }

    static String newTag() {
        return PREFIX + Tokens.next();
    }

    static boolean isTag(String tag) {
        return tag.startsWith(PREFIX);
    }

    /** The key of a subscription in an INVITE usage's dialog: there may be one for each event and its id. */
    static String shared(String usageTag, Subscription.Kind kind, String eventId) {
        return usageTag + '.' + kind.eventName() + '.' + eventId;
    }

    Optional<Subscription> find(String id) {
        return store.load(id).map(Versioned::value);
    }

    /** A new one that waits for its answer, and what to do once it is stored. */
    void open(Subscription subscription, Asked asked, Runnable stored) {
        turns.post(subscription.id(), () -> {
            if (store.size() >= MOST) {
                LOG.warn("more than {} subscriptions", MOST);
                servers.answer(
                        asked.transaction(),
                        new Response(503, Optional.empty(), Optional.of(Duration.ofSeconds(60)), Map.of()));
            } else if (store.save(subscription.id(), Store.ABSENT, subscription, timeToLive(subscription))
                    .isEmpty()) {
                servers.answer(asked.transaction(), Response.of(500)); // two at once, in one dialog
            } else {
                timers.arm(subscription.id(), asked.deadline());
                stored.run();
            }
        });
    }

    void post(String id, SubscriptionEvent event) {
        turns.post(id, () -> {
            try {
                decide(id, event);
            } catch (OutOfTouchException e) {
                LOG.info("nothing is decided about subscription {} now: {}", id, e.getMessage());
                lookLater(id, event);
                if (event instanceof SubscriptionEvent.Requested request) {
                    servers.answer(request.transaction(), Response.cutOff());
                }
            } catch (RuntimeException e) {
                lookLater(id, event);
                throw e;
            }
        });
    }

    /** Nobody repeats that a node is gone. */
    private void lookLater(String id, SubscriptionEvent event) {
        if (event instanceof SubscriptionEvent.NodeLost) {
            orphans.again(id);
        }
    }

    private void decide(String id, SubscriptionEvent event) {
        for (int i = 0; i < TRIES; i++) {
            Optional<Versioned<Subscription>> found = store.load(id);
            if (found.isEmpty()) {
                unknown(id, event);
                return;
            }
            Subscription before = found.get().value();
            // A request again is answered where it came in; NOTIFYs leave by the connection, an answer in its
            // transaction.
            Optional<String> tied =
                    others.tiedTo(before).filter(node -> !(event instanceof SubscriptionEvent.Requested));
            if (tied.isPresent()) {
                if (isPassedOn(tied.get(), id, event)) {
                    return;
                }
                continue; // the node is gone
            }
            SubscriptionDecision decision = machine.decide(before, isLost(before) ? GONE : event, clock.instant());
            if (save(id, found.get().version(), before, decision)) {
                decision.orders().forEach(order -> carryOut(decision.next().orElse(before), order));
                return;
            }
        }
        LOG.error("subscription {} could not be saved: somebody was faster {} times", id, TRIES);
    }

    /** False when the node is gone. */
    private boolean isPassedOn(String node, String id, SubscriptionEvent event) {
        try {
            return others.write(node, new SipLetter.OfSubscription(id, event));
        } catch (NodeGoneException e) {
            LOG.info("node {} does not take what happened to subscription {}: {}", node, id, e.getMessage());
            return false;
        }
    }

    /** Whether it waits for an answer that nobody can give any more. */
    private boolean isLost(Subscription subscription) {
        return subscription.state() instanceof Asked asked
                && others.isLost(asked.transaction().value());
    }

    /** A node is gone: NOTIFYs that it may have sent go out again. Returns at once. */
    void lost() {
        orphans.begin();
    }

    private void look(String id) {
        if (find(id).isPresent()) {
            post(id, new SubscriptionEvent.NodeLost());
        }
    }

    /** Who shares nothing has nothing to take over. */
    void start() {
        if (!others.areNone()) {
            orphans.start();
        }
    }

    void stop() {
        orphans.close();
    }

    private void unknown(String id, SubscriptionEvent event) {
        if (event instanceof SubscriptionEvent.Requested request) {
            servers.answer(request.transaction(), Response.of(481));
        } else {
            LOG.debug("{} for subscription {}, which is gone", event.getClass().getSimpleName(), id);
        }
    }

    private boolean save(String id, long version, Subscription before, SubscriptionDecision decision) {
        if (decision.next().isEmpty()) {
            boolean removed = store.remove(id, version);
            if (removed) {
                timers.cancel(id);
            }
            return removed;
        }
        Subscription next = decision.next().get();
        boolean saved = next.equals(before)
                || store.save(id, version, next, timeToLive(next)).isPresent();
        if (saved) {
            timers.arm(id, next.state().deadline());
        }
        return saved;
    }

    private Duration timeToLive(Subscription subscription) {
        Instant due = subscription.state().deadline();
        Duration left = Duration.between(clock.instant(), due);
        return (left.isNegative() ? Duration.ZERO : left).plus(GRACE);
    }

    private void carryOut(Subscription subscription, SubscriptionOrder order) {
        try {
            orders.carryOut(subscription, order);
        } catch (RuntimeException e) {
            LOG.error(
                    "subscription {}: {} failed",
                    subscription.id(),
                    order.getClass().getSimpleName(),
                    e);
        }
    }

    long stored() {
        return store.size();
    }

    int busy() {
        return turns.busy();
    }
}
