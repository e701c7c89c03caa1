package org.impsiwf.sip.stack;

import static java.util.concurrent.TimeUnit.SECONDS;

import gov.nist.javax.sip.message.SIPRequest;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.impsiwf.sip.dialog.InviteUsage;
import org.impsiwf.sip.dialog.InviteUsageMachine;
import org.impsiwf.sip.dialog.UsageDecision;
import org.impsiwf.sip.dialog.UsageEvent;
import org.impsiwf.sip.dialog.UsageOrder;
import org.impsiwf.sip.event.InviteUsageId;
import org.impsiwf.sip.event.SipCommand.Response;
import org.impsiwf.store.NodeGoneException;
import org.impsiwf.store.OrphanSearch;
import org.impsiwf.store.OutOfTouchException;
import org.impsiwf.store.Stores;
import org.impsiwf.store.Versioned;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All INVITE usages: each event is decided by the machine, saved with a version check, and only then carried out. One usage's
 * events run in order: on virtual threads, or where they come in when nothing can block. A usage is stored under its local tag,
 * so a message finds it without an index. What is tied to another node is passed on to it.
 */
final class InviteUsages {

    private static final Logger LOG = LoggerFactory.getLogger(InviteUsages.class);

    private static final int TRIES = 20;

    /** Seconds; a turn that waits for a store is over by then. */
    private static final int LONGEST_TURN = 10;

    /** What identifies a dialog in a message of the other side (RFC 3261 §12). */
    record InDialog(String localTag, String callId, String remoteTag) {

        boolean names(InviteUsage usage) {
            String known = usage.dialog().remoteTag();
            return usage.dialog().callId().equals(callId) && (known.isEmpty() || known.equals(remoteTag));
        }
    }

    private final StoredUsages stored;
    private final KeyedTurns turns = new KeyedTurns();
    private final boolean storeMayBlock;
    private final InviteUsageMachine machine;
    private final LiveInvites live;
    private final InstantSource clock;
    private final ServerTransactions servers;
    private final OtherNodes others;
    private final OrphanSearch orphans;
    private UsageOrders orders;

    InviteUsages(
            Stores stores,
            InviteUsageMachine machine,
            LiveInvites live,
            ServerTransactions servers,
            OtherNodes others,
            InstantSource clock) {
        this.others = others;
        this.stored = new StoredUsages(stores, clock, tag -> post(tag, new UsageEvent.DeadlineReached()));
        this.storeMayBlock = stores.mayBlock();
        this.orphans = new OrphanSearch("SIP usages", stores.nodes(), stored::ownedTags, this::look);
        this.machine = machine;
        this.live = live;
        this.servers = servers;
        this.clock = clock;
    }

    /** What carries out; set once, before the first event. */
    void carriedOutBy(UsageOrders executor) {
        orders = executor;
    }

    /** Who hears of usages that are forgotten; set once, before the first event. */
    void forgotten(Consumer<InviteUsage> listener) {
        stored.forgotten(listener);
    }

    /** The usage of that local tag, as it is stored now. */
    Optional<InviteUsage> find(String tag) {
        return stored.load(tag).map(Versioned::value);
    }

    /** A new usage and what to do once it is stored; when there is one of that tag, the order was carried out before. */
    void open(InviteUsage usage, Runnable then) {
        Runnable opening = opening(usage, then);
        if (isAnsweredByDatagram(usage)) {
            turns.postShort(usage.dialog().localTag(), opening);
        } else {
            turns.postNext(usage.dialog().localTag(), opening); // an order for it may wait already
        }
    }

    /**
     * One more usage of an INVITE that waits, in the turn of the new one, so that what is ordered for it next finds it. Whether
     * the INVITE waits is looked at in its own turn: the order that ends it may be next.
     */
    void fork(String tag, InviteUsageId fork, String forkTag) {
        var forking = new CompletableFuture<Runnable>();
        turns.post(
                forkTag,
                () -> forking.completeOnTimeout(() -> cannotFork(tag), LONGEST_TURN, SECONDS)
                        .join()
                        .run());
        turns.post(tag, () -> forking.complete(forking(tag, fork, forkTag)));
    }

    private Runnable forking(String tag, InviteUsageId fork, String forkTag) {
        Optional<InviteUsage> invite = find(tag);
        Optional<String> node = invite.flatMap(others::tiedTo);
        if (node.isPresent()) {
            return () -> forkAt(node.get(), new SipLetter.Fork(tag, fork, forkTag));
        }
        Optional<LiveInvites.Theirs> theirs = live.find(tag).map(found -> found.theirs);
        Optional<InviteUsage> forked = invite.flatMap(usage -> usage.forked(fork, forkTag));
        return theirs.isPresent() && forked.isPresent()
                ? opening(
                        forked.get(),
                        () -> live.of(forkTag, fork).theirs = theirs.get().forked())
                : () -> cannotFork(tag);
    }

    private static void cannotFork(String tag) {
        LOG.info("usage {} cannot be forked: its INVITE has its answer", tag);
    }

    private void forkAt(String node, SipLetter.Fork letter) {
        try {
            others.write(node, letter);
        } catch (NodeGoneException e) {
            LOG.info("usage {} cannot be forked: its node is gone", letter.tag());
        }
    }

    private Runnable opening(InviteUsage usage, Runnable then) {
        String tag = usage.dialog().localTag();
        return () -> {
            try {
                if (!stored.isOpened(tag, usage.on(others.self()))) {
                    LOG.debug("usage {} is open already", usage.id().value());
                    return;
                }
            } catch (OutOfTouchException e) {
                LOG.info("usage {} is not opened: {}", usage.id().value(), e.getMessage());
                orders.carryOut(tag, usage, usage.notOpened());
                live.remove(tag);
                return;
            }
            then.run();
        };
    }

    void post(String tag, UsageEvent event) {
        post(tag, event, () -> decideInTouch(tag, event, Optional.empty()));
    }

    /** An event of a message of the other side, which has to name the dialog whole. */
    void post(InDialog dialog, UsageEvent event) {
        post(dialog.localTag(), event, () -> decideInTouch(dialog.localTag(), event, Optional.of(dialog)));
    }

    private void decideInTouch(String tag, UsageEvent event, Optional<InDialog> named) {
        try {
            decide(tag, event, named);
        } catch (OutOfTouchException e) {
            LOG.info("nothing is decided about usage {} now: {}", tag, e.getMessage());
            lookLater(tag, event);
            if (event instanceof UsageEvent.Requested request) {
                servers.answer(request.transaction(), Response.cutOff());
            }
        } catch (RuntimeException e) {
            lookLater(tag, event);
            throw e;
        }
    }

    /** What comes from outside is repeated by its sender; what a node tells itself is not. */
    private void lookLater(String tag, UsageEvent event) {
        if (event instanceof UsageEvent.NodeLost || event instanceof UsageEvent.DeadlineReached) {
            orphans.again(tag);
        }
    }

    private void post(String tag, UsageEvent event, Runnable deciding) {
        if (isShort(tag, event)) {
            turns.postShort(tag, deciding);
        } else {
            turns.post(tag, deciding);
        }
    }

    /** Whether nothing that the event can lead to waits for a store, for name resolution, or for a peer to take what we write. */
    private boolean isShort(String tag, UsageEvent event) {
        return switch (event) {
            case UsageEvent.Ring r -> isAnsweredByDatagram(tag);
            case UsageEvent.Accept a -> isAnsweredByDatagram(tag);
            case UsageEvent.Refuse r -> isAnsweredByDatagram(tag);
            case UsageEvent.Acknowledged a -> isAnsweredByDatagram(tag);
            case UsageEvent.ByeRequested b -> isAnsweredByDatagram(tag);
            default -> false;
        };
    }

    private boolean isAnsweredByDatagram(String tag) {
        return !storeMayBlock
                && stored.load(tag)
                        .filter(found -> isAnsweredByDatagram(found.value()))
                        .isPresent();
    }

    /** Their INVITE came without a connection, so our answers need none. */
    private boolean isAnsweredByDatagram(InviteUsage usage) {
        return !storeMayBlock && !usage.weCalled() && usage.flow().isEmpty();
    }

    /** Runs {@code then} in the usage's turn if the dialog is known and not over, else {@code otherwise}. */
    void within(InDialog dialog, Runnable then, Runnable otherwise) {
        turns.post(dialog.localTag(), () -> (isTalking(dialog) ? then : otherwise).run());
    }

    private boolean isTalking(InDialog dialog) {
        try {
            return find(dialog.localTag())
                    .filter(usage -> dialog.names(usage) && usage.isTalking())
                    .isPresent();
        } catch (OutOfTouchException e) {
            LOG.info("usage {} is not looked for now: {}", dialog.localTag(), e.getMessage());
            return true; // whoever goes on with it meets the same
        }
    }

    private void decide(String tag, UsageEvent event, Optional<InDialog> named) {
        for (int i = 0; i < TRIES; i++) {
            Optional<Versioned<InviteUsage>> found = stored.load(tag);
            if (found.isEmpty()
                    || !named.map(dialog -> dialog.names(found.get().value())).orElse(true)) {
                unknown(tag, event);
                return;
            }
            InviteUsage before = found.get().value();
            Optional<String> tied = others.tiedTo(before);
            if (tied.isPresent()) {
                if (isPassedOn(tied.get(), tag, event)) {
                    return;
                }
                continue; // the node is gone: what it had is known once it is loaded again
            }
            Optional<String> lost = others.lost(before);
            if (isDecided(
                            tag,
                            found.get(),
                            lost.<UsageEvent>map(UsageEvent.NodeLost::new).orElse(event))
                    && lost.isEmpty()) {
                return;
            }
        }
        LOG.error("usage {} could not be saved: somebody was faster {} times", tag, TRIES);
    }

    private boolean isDecided(String tag, Versioned<InviteUsage> found, UsageEvent event) {
        InviteUsage before = found.value();
        UsageDecision decided = machine.decide(before, event, clock.instant());
        var decision = new UsageDecision(decided.next().map(next -> next.on(others.self())), decided.orders());
        if (!stored.isSaved(tag, found, decision.next())) {
            return false;
        }
        decision.orders().forEach(order -> carryOut(tag, decision.next().orElse(before), order));
        if (decision.next().isEmpty()) {
            live.remove(tag);
        } else if (!others.areNone() && !decision.next().get().isOpen()) {
            live.settle(tag);
        }
        return true;
    }

    /** False when the node is gone. */
    private boolean isPassedOn(String node, String tag, UsageEvent event) {
        try {
            if (event instanceof UsageEvent.Requested request) {
                return handOver(node, request);
            }
            return others.write(node, new SipLetter.OfUsage(tag, event));
        } catch (NodeGoneException e) {
            LOG.info("node {} does not take what happened to usage {}: {}", node, tag, e.getMessage());
            return false;
        }
    }

    private boolean handOver(String node, UsageEvent.Requested event) throws NodeGoneException {
        Optional<ServerTransactions.Waiting> found = servers.find(event.transaction());
        if (found.isEmpty()) {
            return true; // it waited too long
        }
        SIPRequest request = found.get().request();
        String at = found.get().transaction() instanceof TransactionElsewhere elsewhere
                ? elsewhere.at()
                : found.get().point().on().toString();
        var letter = new SipLetter.HandedOver(
                event.transaction(),
                at,
                request.getRemoteAddress().getHostAddress(),
                request.getRemotePort(),
                MessageText.write(request));
        servers.handedOver(event.transaction(), node);
        try {
            return others.write(node, letter);
        } catch (NodeGoneException e) {
            servers.takenBack(event.transaction());
            throw e;
        }
    }

    /** What nodes that are gone had open, of those usages that this node owns, ends or goes on here. Returns at once. */
    void takeOver() {
        orphans.begin();
    }

    private void look(String tag) {
        Optional<InviteUsage> usage = find(tag);
        usage.flatMap(others::lost)
                .<UsageEvent>map(UsageEvent.NodeLost::new)
                .or(() -> usage.flatMap(InviteUsage::deadline)
                        .filter(due -> !due.isAfter(clock.instant()))
                        .map(due -> new UsageEvent.DeadlineReached()))
                .ifPresent(event -> post(tag, event));
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

    /** In the turn of that usage. */
    void run(String tag, Runnable work) {
        turns.post(tag, work);
    }

    /** Waits until what was posted for that usage so far is done. */
    void awaitTurn(String tag) {
        var done = new CompletableFuture<Void>();
        turns.post(tag, () -> done.complete(null));
        done.join();
    }

    private void carryOut(String tag, InviteUsage usage, UsageOrder order) {
        try {
            orders.carryOut(tag, usage, order);
        } catch (RuntimeException e) {
            LOG.error(
                    "usage {}: {} failed", usage.id().value(), order.getClass().getSimpleName(), e);
        }
    }

    private void unknown(String tag, UsageEvent event) {
        switch (event) {
            case UsageEvent.OtherUsageRequested request -> orders.leftAlone(request);
            case UsageEvent.SendNotify notify -> orders.leftAlone(notify);
            case UsageEvent.Requested request -> servers.answer(request.transaction(), Response.of(481));
            case UsageEvent.Accepted accepted -> LOG.info("a 2xx for usage {} that nobody knows", tag);
            case UsageEvent.DeadlineReached d -> {
                // A store forgets by itself what a deadline that comes very late would have ended.
                LOG.debug("a deadline of usage {}, which is gone", tag);
                live.remove(tag);
            }
            default ->
                LOG.debug("{} for usage {}, which is gone", event.getClass().getSimpleName(), tag);
        }
    }

    long stored() {
        return stored.size();
    }

    long deadlines() {
        return stored.deadlines();
    }

    int busy() {
        return turns.busy();
    }
}
