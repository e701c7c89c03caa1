package org.impsiwf.store.local;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import org.impsiwf.store.Stores;
import org.impsiwf.store.StoresContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class LocalStoresInWallTimeTest extends StoresContract {

    private static final LocalStores stores = LocalStores.inHeap();

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
