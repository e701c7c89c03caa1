package org.impsiwf.ssp.elements.presence;

import java.util.List;
import org.impsiwf.ssp.elements.Notifications;
import org.impsiwf.ssp.elements.ServiceAccessPoint;
import org.impsiwf.ssp.elements.presence.Publishing.Effects;

/** Sends what follows from a transaction that is durable. */
final class EffectSender {

    private final ServiceAccessPoint sap;
    private final Notifications notifications;

    EffectSender(ServiceAccessPoint sap, Notifications notifications) {
        this.sap = sap;
        this.notifications = notifications;
    }

    void send(Effects effects) {
        effects.announcements().send(sap);
        effects.needed().forEach(one -> notifications.raise(one.notice(), List.of(one.publisher())));
    }
}
