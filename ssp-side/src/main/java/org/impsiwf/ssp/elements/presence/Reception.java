package org.impsiwf.ssp.elements.presence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.impsiwf.ssp.elements.ServiceAccessPoint;
import org.impsiwf.ssp.elements.contacts.KnownUsers;
import org.impsiwf.ssp.elements.contacts.PartialResult;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.PresencePrimitive.PresenceNotification;
import org.impsiwf.ssp.primitives.PresencePrimitive.SubscribeRequest;
import org.impsiwf.ssp.primitives.PresenceValue;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;

/** Notifications from other domains for the watchers here (SSP 15.2.3). */
final class Reception {

    private final PresenceStore store;
    private final ServiceAccessPoint sap;
    private final KnownUsers known;
    private final LocalWatchers here;

    Reception(PresenceStore store, ServiceAccessPoint sap, KnownUsers known, LocalWatchers here) {
        this.here = here;
        this.store = store;
        this.sap = sap;
        this.known = known;
    }

    Status receive(PresenceNotification notification) {
        PartialResult result = new PartialResult();
        Map<List<PresenceValue>, List<UserId>> bySight = new LinkedHashMap<>();
        for (User user : notification.subscribingUserIdList()) {
            UserId watcher = user.userId();
            boolean isOurs = sap.isPrimary(watcher, SubscribeRequest.class);
            if (!isOurs && !sap.isHome(watcher.domain())) {
                result.failed(StatusCode.UNKNOWN_USER, watcher);
            } else if (known.admit(watcher, result)) {
                result.succeeded();
                List<PresenceValue> wanted =
                        isOurs ? wanted(watcher, notification.presenceValueList()) : notification.presenceValueList();
                if (!wanted.isEmpty()) {
                    bySight.computeIfAbsent(wanted, any -> new ArrayList<>()).add(watcher);
                }
            }
        }
        bySight.forEach(this::pass);
        return result.status();
    }

    // What nobody subscribed to, or no longer, is not handed on: a domain could tell anything about anybody.
    private List<PresenceValue> wanted(UserId watcher, List<PresenceValue> values) {
        List<UserId> publishers = values.stream().map(PresenceValue::userId).toList();
        Set<String> watched = store.subscriptionsOf(watcher, publishers).stream()
                .filter(subscription -> !subscription.isSuspended())
                .map(subscription -> subscription.publisher().key())
                .collect(Collectors.toSet());
        return values.stream()
                .filter(value -> watched.contains(value.userId().key()))
                .filter(value -> !sap.isPrimary(value.userId(), SubscribeRequest.class))
                .toList();
    }

    private void pass(List<PresenceValue> values, List<UserId> watchers) {
        List<UserId> elsewhere = new ArrayList<>();
        for (UserId watcher : watchers) {
            if (sap.isHome(watcher.domain())) {
                here.tell(watcher, () -> List.of(notification(List.of(watcher), values)));
            } else {
                elsewhere.add(watcher);
            }
        }
        if (!elsewhere.isEmpty()) {
            sap.tell(elsewhere, some -> notification(some, values));
        }
    }

    private PresenceNotification notification(List<UserId> watchers, List<PresenceValue> values) {
        return new PresenceNotification(
                MetaInformation.ofServer(sap.serviceId()),
                watchers.stream().map(User::of).toList(),
                values);
    }
}
