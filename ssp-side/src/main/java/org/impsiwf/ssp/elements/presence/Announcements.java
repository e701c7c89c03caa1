package org.impsiwf.ssp.elements.presence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.impsiwf.ssp.elements.ServiceAccessPoint;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.PresencePrimitive.PresenceNotification;
import org.impsiwf.ssp.primitives.PresenceSubList;
import org.impsiwf.ssp.primitives.PresenceValue;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;

/** PresenceNotifications to be sent when the transaction that they follow from is durable. For one thread. */
final class Announcements {

    private final Map<UserId, List<PresenceValue>> byWatcher = new LinkedHashMap<>();

    void add(UserId watcher, UserId publisher, PresenceSubList values) {
        byWatcher.computeIfAbsent(watcher, any -> new ArrayList<>()).add(new PresenceValue(publisher, values));
    }

    /** Watchers that are to see the same share a notification, one per domain (SSP 15.2.3). */
    void send(ServiceAccessPoint sap) {
        Map<List<PresenceValue>, List<UserId>> bySight = new LinkedHashMap<>();
        byWatcher.forEach((watcher, values) ->
                bySight.computeIfAbsent(values, any -> new ArrayList<>()).add(watcher));
        bySight.forEach((values, watchers) -> sap.tell(
                watchers,
                some -> new PresenceNotification(
                        MetaInformation.ofServer(sap.serviceId()),
                        some.stream().map(User::of).toList(),
                        values)));
    }
}
