package org.impsiwf.ssp.elements.presence;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.impsiwf.ssp.elements.ServiceAccessPoint;
import org.impsiwf.ssp.primitives.PresencePrimitive.PresenceNotification;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells other domains what they are owed: one notification at a time to each, again after a pause while the domain is
 * away, and after a restart of this process. Thread-safe.
 */
final class OwedDomains {

    private static final Logger LOG = LoggerFactory.getLogger(OwedDomains.class);
    private static final int AT_ONCE = 100;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final int DOUBLINGS = 5;

    private static final Set<Integer> FINAL_REFUSALS = Set.of(
            StatusCode.NOT_IMPLEMENTED.code(), StatusCode.SERVICE_NOT_AGREED.code(), StatusCode.UNKNOWN_USER.code());

    private final PresenceStore store;
    private final ServiceAccessPoint sap;
    private final Set<String> beingTold = ConcurrentHashMap.newKeySet();
    private final Map<String, Pause> away = new ConcurrentHashMap<>();
    private final AtomicBoolean isResumed = new AtomicBoolean();

    /** @param until absent until somebody tells the time */
    private record Pause(int failures, Optional<Instant> until) {
        Pause from(Instant now) {
            Duration longer = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, DOUBLINGS));
            Duration pause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
            return new Pause(failures, Optional.of(now.plus(pause)));
        }
    }

    OwedDomains(PresenceStore store, ServiceAccessPoint sap) {
        this.store = store;
        this.sap = sap;
    }

    /** Something is owed to this domain; a domain that is away hears of it when it is back. */
    void tell(String domain) {
        if (!away.containsKey(domain)) {
            start(domain);
        }
    }

    void expire(Instant now) {
        if (isResumed.compareAndSet(false, true)) {
            store.domainsOwed().forEach(this::tell);
        }
        away.forEach((domain, pause) -> {
            if (pause.until().isEmpty()) {
                away.put(domain, pause.from(now));
            } else if (!now.isBefore(pause.until().get())) {
                start(domain);
            }
        });
    }

    private void start(String domain) {
        if (beingTold.add(domain)) {
            sap.afterwards(() -> pay(domain));
        }
    }

    private void pay(String domain) {
        boolean isThere = true;
        try {
            List<Owed> some = store.owedTo(domain, AT_ONCE);
            while (isThere && !some.isEmpty()) {
                isThere = sights(domain, some).stream().allMatch(notification -> isTaken(domain, notification));
                if (isThere) {
                    some.forEach(store::paid);
                    some = store.owedTo(domain, AT_ONCE);
                }
            }
        } catch (RuntimeException e) {
            isThere = false;
            LOG.error("cannot tell {} of presence now", domain, e);
        } finally {
            if (isThere) {
                away.remove(domain);
            } else {
                away.merge(
                        domain,
                        new Pause(1, Optional.empty()),
                        (old, one) -> new Pause(old.failures() + 1, Optional.empty()));
            }
            beingTold.remove(domain);
        }
        // What came between the last look and the end of our turn.
        if (isThere && !store.owedTo(domain, 1).isEmpty()) {
            tell(domain);
        }
    }

    private List<PresenceNotification> sights(String domain, List<Owed> owed) {
        Sights sights = new Sights(store);
        for (Owed one : owed) {
            List<Subscription> subscriptions = one.watcher()
                    .map(watcher ->
                            store.find(one.publisher(), watcher).stream().toList())
                    .orElseGet(() -> store.watchersIn(domain, one.publisher()));
            subscriptions.forEach(subscription -> sights.add(subscription, one.attributes()));
        }
        return sights.notifications(sap.serviceId());
    }

    private boolean isTaken(String domain, PresenceNotification notification) {
        Primitive answer = sap.ask(domain, notification);
        if (!(answer instanceof Status status) || status.isSuccess()) {
            return true;
        }
        boolean isFinal = status.statusCode() / 100 != 5 || FINAL_REFUSALS.contains(status.statusCode());
        LOG.info("{} does not take presence {}: {}", domain, isFinal ? "at all" : "now", status.statusCode());
        return isFinal;
    }
}
