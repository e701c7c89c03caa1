package org.impsiwf.ssp.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.impsiwf.ssp.elements.profile.Registration;
import org.impsiwf.ssp.primitives.UserId;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database goes away and comes back; nobody waits without end, and nothing has to be restarted. */
class OutageTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static UserId user(int number) {
        return new UserId("wv:u" + number + "@home.example.com");
    }

    @Test
    void whileTheServerIsDownWorkIsRefusedAndAfterwardsEverythingGoesOn() throws IOException {
        Assumptions.assumeFalse(PostgresServer.programs().isEmpty(), "needs PostgreSQL, which is not installed");
        try (PostgresServer server = new PostgresServer();
                Database database = Database.open(server.newDatabase().withPatience(PATIENCE))) {
            JdbcUserStore users = new JdbcUserStore(database);
            users.register(Registration.of(user(1)), NOON);

            server.stop();
            assertThatThrownBy(() -> users.isRegistered(user(1))).isInstanceOf(StorageUnavailableException.class);
            assertThatThrownBy(() -> users.register(Registration.of(user(2)), NOON))
                    .isInstanceOf(StorageUnavailableException.class);
            assertThat(database.isAvailable()).isFalse();

            server.start();
            await().atMost(Duration.ofMinutes(2)).until(database::isAvailable);
            assertThat(users.isRegistered(user(1))).isTrue();
            assertThat(users.isRegistered(user(2))).isFalse();
            assertThat(users.register(Registration.of(user(2)), NOON)).isTrue();
        }
    }

    @Test
    void aServerThatRestartsUnderLoadLosesNothingThatWasConfirmed() throws Exception {
        Assumptions.assumeFalse(PostgresServer.programs().isEmpty(), "needs PostgreSQL, which is not installed");
        try (PostgresServer server = new PostgresServer();
                Database database = Database.open(server.newDatabase().withPatience(PATIENCE));
                ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            JdbcUserStore users = new JdbcUserStore(database);
            CountDownLatch begun = new CountDownLatch(8);
            CountDownLatch back = new CountDownLatch(1);
            List<Future<List<UserId>>> confirmed = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                confirmed.add(executor.submit(registering(users, i * 10_000, begun, back)));
            }
            begun.await();
            server.stop();
            server.start();
            await().atMost(Duration.ofMinutes(2)).until(database::isAvailable);
            back.countDown();
            for (Future<List<UserId>> some : confirmed) {
                assertThat(users.created(some.get())).hasSameSizeAs(some.get());
                assertThat(some.get()).isNotEmpty();
            }
        }
    }

    /** Registers one user after another until the server is back and one more was registered then; gives those confirmed. */
    private static Callable<List<UserId>> registering(
            JdbcUserStore users, int first, CountDownLatch begun, CountDownLatch back) {
        return () -> {
            List<UserId> confirmed = new ArrayList<>();
            boolean afterwards = false;
            for (int i = first; !afterwards; i++) {
                boolean isBack = back.getCount() == 0;
                try {
                    users.register(Registration.of(user(i)), NOON);
                    confirmed.add(user(i));
                    afterwards = isBack;
                } catch (StorageUnavailableException e) {
                    assertThat(e).hasMessageNotContaining("password");
                }
                begun.countDown();
            }
            return confirmed;
        };
    }

    @Test
    void aServerThatIsNotThereAtTheStartIsSaidToBeSo() throws IOException {
        Assumptions.assumeFalse(PostgresServer.programs().isEmpty(), "needs PostgreSQL, which is not installed");
        try (PostgresServer server = new PostgresServer()) {
            DatabaseConfig config = server.newDatabase().withPatience(PATIENCE);
            server.stop();
            assertThatThrownBy(() -> Database.open(config))
                    .isInstanceOf(StorageUnavailableException.class)
                    .hasMessageContaining("cannot open the database jdbc:postgresql://127.0.0.1");
            server.start();
        }
    }

    @Test
    void aLockThatIsNeverGivenBackIsWaitedForAWhileOnly() throws Exception {
        for (Databases kind : Databases.values()) {
            if (kind == Databases.POSTGRESQL && PostgresServer.programs().isEmpty()) {
                continue;
            }
            try (Database database = Database.open(kind.empty().withPatience(PATIENCE));
                    ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
                JdbcUserStore users = new JdbcUserStore(database);
                users.register(Registration.of(user(1)), NOON);
                CountDownLatch locked = new CountDownLatch(1);
                CountDownLatch over = new CountDownLatch(1);
                Future<?> holder = executor.submit(() -> database.useTransaction(handle -> {
                    handle.execute("UPDATE imps_user SET email = 'x' WHERE user_id = ?", user(1).value());
                    locked.countDown();
                    awaitQuietly(over);
                }));
                locked.await();
                assertThatThrownBy(() -> users.remove(user(1))).isInstanceOf(StorageUnavailableException.class);
                over.countDown();
                holder.get();
                assertThat(users.remove(user(1))).isTrue();
            }
        }
    }

    @Test
    void moreWorkThanConnectionsWaitsForAWhileOnly() throws Exception {
        DatabaseConfig config = Databases.H2.empty().withConnections(2).withPatience(PATIENCE);
        try (Database database = Database.open(config);
                ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            CountDownLatch held = new CountDownLatch(2);
            CountDownLatch over = new CountDownLatch(1);
            List<Future<?>> holders = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                holders.add(executor.submit(() -> database.useTransaction(handle -> {
                    held.countDown();
                    awaitQuietly(over);
                })));
            }
            held.await();
            assertThat(database.isAvailable()).isFalse();
            over.countDown();
            for (Future<?> holder : holders) {
                holder.get();
            }
            assertThat(database.isAvailable()).isTrue();
        }
    }

    @Test
    void anEmbeddedDatabaseIsOfOneProcessAndAnsweringAfterItWasReopened(@TempDir Path directory) {
        try (Database database = Database.open(DatabaseConfig.embedded(directory))) {
            new JdbcUserStore(database).register(Registration.of(user(1)), NOON);
        }
        try (Database database = Database.open(DatabaseConfig.embedded(directory))) {
            assertThat(new JdbcUserStore(database).isRegistered(user(1))).isTrue();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
