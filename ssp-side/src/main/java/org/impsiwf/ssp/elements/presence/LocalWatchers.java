package org.impsiwf.ssp.elements.presence;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.impsiwf.ssp.elements.ServiceAccessPoint;
import org.impsiwf.ssp.primitives.PresencePrimitive.PresenceNotification;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.UserId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notifications for clients here, one after the other for each user, so that the last one is the current one. In the heap
 * only: the sessions of our clients do not outlive this process either. Thread-safe.
 */
final class LocalWatchers {

    private static final Logger LOG = LoggerFactory.getLogger(LocalWatchers.class);

    /** How many may wait for one user; the oldest gives way. */
    private static final int WAITING = 200;

    private final ServiceAccessPoint sap;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Deque<Supplier<List<PresenceNotification>>>> waiting = new HashMap<>();

    LocalWatchers(ServiceAccessPoint sap) {
        this.sap = sap;
    }

    /** @param notifications asked when it is their turn */
    void tell(UserId watcher, Supplier<List<PresenceNotification>> notifications) {
        boolean isFirst;
        lock.lock();
        try {
            Deque<Supplier<List<PresenceNotification>>> queue = waiting.get(watcher.key());
            isFirst = queue == null;
            if (isFirst) {
                queue = new ArrayDeque<>();
                waiting.put(watcher.key(), queue);
            } else if (queue.size() == WAITING) {
                queue.removeFirst();
                LOG.warn("{} takes its presence notifications too slowly, the oldest one is dropped", watcher);
            }
            queue.addLast(notifications);
        } finally {
            lock.unlock();
        }
        if (isFirst) {
            sap.afterwards(() -> drain(watcher));
        }
    }

    private void drain(UserId watcher) {
        for (Supplier<List<PresenceNotification>> next = next(watcher); next != null; next = next(watcher)) {
            try {
                next.get().forEach(notification -> deliver(watcher, notification));
            } catch (RuntimeException e) {
                LOG.error("cannot tell {} of presence", watcher, e);
            }
        }
    }

    private Supplier<List<PresenceNotification>> next(UserId watcher) {
        lock.lock();
        try {
            Supplier<List<PresenceNotification>> next =
                    waiting.get(watcher.key()).pollFirst();
            if (next == null) {
                waiting.remove(watcher.key());
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    private void deliver(UserId watcher, PresenceNotification notification) {
        if (sap.deliver(watcher, notification) instanceof Status status
                && !status.isSuccess()
                && status.statusCode() != StatusCode.MESSAGE_RECIPIENT_NOT_LOGGED_IN.code()) {
            LOG.info("no client of {} took a presence notification: {}", watcher, status.statusCode());
        }
    }
}
