package org.impsiwf.ssp.elements;

import org.impsiwf.ssp.primitives.CommonPrimitive.NotificationRequest;
import org.impsiwf.ssp.primitives.UserId;

/** General notifications (SSP 13.1.1): something happened that a user may have asked to be told of. */
public interface Notifications {

    /**
     * Tells those clients of the user that subscribed to the notification's type, after the current request was answered;
     * nobody when there are none. Not called within a database transaction.
     *
     * @param notification without addressed users; who raises it doesn't know who subscribed
     */
    void raise(UserId user, NotificationRequest notification);
}
