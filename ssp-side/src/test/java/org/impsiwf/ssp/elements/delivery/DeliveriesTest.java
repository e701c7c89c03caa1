package org.impsiwf.ssp.elements.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.impsiwf.ssp.elements.ServiceAccessPoint;
import org.junit.jupiter.api.Test;

class DeliveriesTest {

    private static final Destination QUEUE = new Destination.ToDomain("example.org");

    private final List<String> asked = new ArrayList<>();
    private final Deliveries deliveries =
            new Deliveries(store(), accessPoint(), RetryTiming.DEFAULT, InstantSource.fixed(Instant.EPOCH));

    @Test
    void aQueueIsLookedThroughOnceMoreWhenSomethingWasAddedWhileItWas() {
        deliveries.kick(List.of(QUEUE));

        assertThat(asked).containsExactly("claim", "claim");
    }

    @Test
    void aQueueThatWasLookedThroughMayBeLookedThroughAgain() {
        asked.add("claim"); // so that nothing is added meanwhile
        deliveries.kick(List.of(QUEUE));
        deliveries.kick(List.of(QUEUE));

        assertThat(asked).hasSize(3);
    }

    /** Empty; while it is looked through for the first time, something is added. */
    private PendingStore store() {
        return (PendingStore) Proxy.newProxyInstance(
                PendingStore.class.getClassLoader(), new Class<?>[] {PendingStore.class}, (self, method, arguments) -> {
                    asked.add(method.getName());
                    if (asked.size() == 1) {
                        deliveries().kick(List.of(QUEUE));
                    }
                    return List.of();
                });
    }

    private Deliveries deliveries() {
        return deliveries;
    }

    /** Does at once what is to be done afterwards. */
    private static ServiceAccessPoint accessPoint() {
        return (ServiceAccessPoint) Proxy.newProxyInstance(
                ServiceAccessPoint.class.getClassLoader(),
                new Class<?>[] {ServiceAccessPoint.class},
                (self, method, arguments) -> {
                    ((Runnable) arguments[0]).run();
                    return null;
                });
    }
}
