package org.impsiwf.ssp.elements.presence;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.impsiwf.ssp.elements.Notifications;
import org.impsiwf.ssp.elements.ServiceAccessPoint;
import org.impsiwf.ssp.elements.contacts.AttributeSet;
import org.impsiwf.ssp.elements.presence.Publishing.Effects;
import org.impsiwf.ssp.primitives.PresencePrimitive.PresenceNotification;
import org.impsiwf.ssp.primitives.UserId;

/** Sends what follows from a transaction that is durable. */
final class EffectSender {

    private final PresenceStore store;
    private final ServiceAccessPoint sap;
    private final Notifications notifications;
    private final LocalWatchers here;
    private final OwedDomains elsewhere;

    EffectSender(PresenceStore store, ServiceAccessPoint sap, Notifications notifications, LocalWatchers here) {
        this.store = store;
        this.sap = sap;
        this.notifications = notifications;
        this.here = here;
        this.elsewhere = new OwedDomains(store, sap);
    }

    void send(Effects effects) {
        effects.local().forEach((watcher, publishers) -> here.tell(watcher, () -> sights(watcher, publishers)));
        effects.domains().forEach(elsewhere::tell);
        effects.needed().forEach(one -> notifications.raise(one.notice(), List.of(one.publisher())));
    }

    private List<PresenceNotification> sights(UserId watcher, Map<UserId, AttributeSet> publishers) {
        Sights sights = new Sights(store);
        store.subscriptionsOf(watcher, publishers.keySet())
                .forEach(subscription -> sights.add(subscription, publishers.get(subscription.publisher())));
        return sights.notifications(sap.serviceId());
    }

    void expire(Instant now) {
        elsewhere.expire(now);
    }
}
