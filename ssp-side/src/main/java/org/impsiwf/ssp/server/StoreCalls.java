package org.impsiwf.ssp.server;

import io.netty.channel.EventLoop;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.impsiwf.store.Store;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls of stores for one peer: made at once where the store is in the heap, else on a virtual thread, with the outcome back
 * on the peer's event loop.
 */
final class StoreCalls {

    private static final Logger LOG = LoggerFactory.getLogger(StoreCalls.class);

    private final EventLoop loop;
    private final String domain;

    StoreCalls(EventLoop loop, String domain) {
        this.loop = loop;
        this.domain = domain;
    }

    /** @param then gets empty also when the store failed, which is logged here */
    <T> void call(Store<?> store, Supplier<Optional<T>> work, Consumer<Optional<T>> then) {
        if (store.isInHeap()) {
            then.accept(work.get());
            return;
        }
        Thread.ofVirtual().name("ssp-store-" + domain).start(() -> {
            Optional<T> outcome = outcome(work);
            try {
                loop.execute(() -> then.accept(outcome));
            } catch (RejectedExecutionException stopped) {
                LOG.debug("{}: the server has stopped meanwhile", domain);
            }
        });
    }

    private <T> Optional<T> outcome(Supplier<Optional<T>> work) {
        try {
            return work.get();
        } catch (RuntimeException storeAway) {
            LOG.error("{}: transaction store: {}", domain, storeAway.toString());
            return Optional.empty();
        }
    }
}
