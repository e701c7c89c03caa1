package org.impsiwf.gateway.groups;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.impsiwf.ssp.domain.Elements;
import org.impsiwf.ssp.storage.Database;
import org.impsiwf.ssp.storage.DatabaseConfig;
import org.impsiwf.ssp.storage.StorageCounts;
import org.impsiwf.ssp.storage.StorageUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database under our groups. It is opened in the background and tried again until it is there; without it groups are
 * not served and all else goes on. Thread-safe.
 */
public final class GroupStorage {

    private static final Logger LOG = LoggerFactory.getLogger(GroupStorage.class);
    private static final Duration TRY_AGAIN = Duration.ofSeconds(5);
    private static final Duration OPENED_AT_LAST = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration COUNT_AGAIN = Duration.ofSeconds(15);

    private final DatabaseConfig config;
    private final boolean lasting;
    private final Function<Database, Elements> compose;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final AtomicBoolean asked = new AtomicBoolean();
    private final CompletableFuture<Opened> opened = new CompletableFuture<>();
    private volatile State state = State.CLOSED;
    private volatile Optional<Thread> opening = Optional.empty();
    private volatile StorageCounts counts = StorageCounts.NONE;
    private volatile Instant counted = Instant.EPOCH;

    /** How it stands with the database. */
    public enum State {
        /** Not needed yet. */
        CLOSED,
        OPENING,
        UP,
        AWAY
    }

    private record Opened(Database database, Elements elements) {}

    /** @param compose makes what works with the database */
    GroupStorage(GroupHome.Settings settings, Function<Database, Elements> compose) {
        this.config = settings.database();
        this.lasting = settings.lasting();
        this.compose = compose;
    }

    /** Returns at once. */
    void start() {
        if (lasting) {
            open();
        }
    }

    /** Returns at once; again is no mistake. */
    void open() {
        if (asked.compareAndSet(false, true)) {
            state = State.OPENING;
            opening = Optional.of(Thread.ofVirtual().name("groups-storage").start(this::openUntilThere));
        }
    }

    /** Never interrupted: that would close the file of an embedded database under its work. */
    private void openUntilThere() {
        boolean again = true;
        while (again) {
            try {
                Database database = Database.open(config);
                opened.complete(new Opened(database, compose.apply(database)));
                changed(State.UP, "");
                again = false;
            } catch (StorageUnavailableException away) {
                changed(State.AWAY, rootOf(away));
                again = !isClosingWithin(TRY_AGAIN);
            } catch (IllegalStateException foreign) {
                changed(State.AWAY, foreign.getMessage());
                again = false;
            }
        }
    }

    private boolean isClosingWithin(Duration pause) {
        try {
            return closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** One line for each change, however often it is noticed. */
    private void changed(State next, String why) {
        State before = state;
        state = next;
        if (next == State.AWAY && before != State.AWAY) {
            LOG.error("{} cannot be used, so groups are not served until it can: {}", config, why);
        } else if (next == State.UP && before == State.AWAY) {
            LOG.info("{} is there, groups are served", config);
        }
    }

    private static String rootOf(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage()).lines().findFirst().orElse("");
    }

    /** What serves groups; waits a while for a database that is being opened. Empty when there is none. */
    Optional<Elements> elements() {
        open();
        try {
            return state == State.AWAY && !opened.isDone()
                    ? Optional.empty()
                    : Optional.of(opened.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                            .elements());
        } catch (TimeoutException | ExecutionException away) {
            LOG.debug("the groups' database is not there yet", away);
            return Optional.empty();
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** About once a second: what has expired is ended, what waits is tried, and the state is looked at. */
    void lookAfter(Instant now) {
        try {
            if (opened.isDone() && !opened.isCompletedExceptionally()) {
                lookAfter(opened.join(), now);
            }
        } catch (StorageUnavailableException away) {
            changed(State.AWAY, rootOf(away));
        } catch (RuntimeException ours) {
            LOG.error("what expires could not be looked after", ours);
        }
    }

    private void lookAfter(Opened storage, Instant now) {
        if (!storage.database().isAvailable()) {
            changed(State.AWAY, "it does not answer");
            return;
        }
        changed(State.UP, "");
        storage.elements().expire(now);
        if (now.isAfter(counted.plus(COUNT_AGAIN))) {
            counts = StorageCounts.of(storage.database());
            counted = now;
        }
    }

    State state() {
        return state;
    }

    StorageCounts counts() {
        return counts;
    }

    /** After everybody who works with it has ended. */
    void close() {
        closing.countDown();
        opening.ifPresent(GroupStorage::awaitEnd);
        boolean never = opened.completeExceptionally(new IllegalStateException("closed"));
        if (!never) {
            opened.join().database().close();
        }
    }

    private static void awaitEnd(Thread opener) {
        try {
            if (!opener.join(OPENED_AT_LAST)) {
                LOG.warn("the groups' database is still being opened after {} s", OPENED_AT_LAST.toSeconds());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
