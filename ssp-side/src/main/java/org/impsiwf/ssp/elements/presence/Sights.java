package org.impsiwf.ssp.elements.presence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.impsiwf.ssp.elements.contacts.AttributeSet;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.PresencePrimitive.PresenceNotification;
import org.impsiwf.ssp.primitives.PresenceSubList;
import org.impsiwf.ssp.primitives.PresenceValue;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;

/**
 * What watchers of one place are to see now, as few notifications: those who see the same share one (SSP 15.2.3).
 * Publishers of different domains do not, for a notification goes the way of its publisher's domain (SSP 5.2 rule 3).
 * For one thread.
 */
final class Sights {

    private record Place(UserId watcher, String publishersDomain) {}

    private final PresenceStore store;
    private final Map<UserId, PresenceSubList> published = new HashMap<>();
    private final Map<Place, List<PresenceValue>> byWatcher = new LinkedHashMap<>();

    Sights(PresenceStore store) {
        this.store = store;
    }

    /** The current values of these attributes, as far as the watcher asked for them and may see them. */
    void add(Subscription subscription, AttributeSet attributes) {
        AttributeSet shown = subscription.shown().and(attributes);
        if (shown.isEmpty() || subscription.isSuspended()) {
            return;
        }
        UserId publisher = subscription.publisher();
        PresenceSubList values = published.computeIfAbsent(publisher, store::values);
        byWatcher
                .computeIfAbsent(new Place(subscription.watcher(), publisher.domain()), any -> new ArrayList<>())
                .add(new PresenceValue(publisher, PresenceValues.only(shown, values)));
    }

    List<PresenceNotification> notifications(ServiceId serviceId) {
        Map<List<PresenceValue>, List<User>> bySight = new LinkedHashMap<>();
        byWatcher.forEach((place, values) ->
                bySight.computeIfAbsent(values, any -> new ArrayList<>()).add(User.of(place.watcher())));
        List<PresenceNotification> notifications = new ArrayList<>();
        bySight.forEach((values, watchers) ->
                notifications.add(new PresenceNotification(MetaInformation.ofServer(serviceId), watchers, values)));
        return notifications;
    }
}
