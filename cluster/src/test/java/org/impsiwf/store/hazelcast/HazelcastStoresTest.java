package org.impsiwf.store.hazelcast;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import org.impsiwf.store.Stores;
import org.impsiwf.store.StoresContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The contract on a cluster of one. */
@Execution(ExecutionMode.CONCURRENT)
class HazelcastStoresTest extends StoresContract {

    private static HazelcastStores stores;

    @BeforeAll
    static void start() {
        stores = Members.start(1).getFirst();
    }

    @AfterAll
    static void close() {
        stores.close();
    }

    @Override
    protected Stores stores() {
        return stores;
    }

    @Override
    protected Instant now() {
        return Instant.now();
    }

    @Override
    protected void pass(Duration duration) {
        Instant until = Instant.now().plus(duration);
        await().pollInterval(Duration.ofMillis(20)).until(() -> !Instant.now().isBefore(until));
    }
}
