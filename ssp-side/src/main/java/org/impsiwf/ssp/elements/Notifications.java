package org.impsiwf.ssp.elements;

import java.util.Collection;
import org.impsiwf.ssp.primitives.UserId;

/** Where elements tell what has happened that users may have asked to be notified of (SSP 13.1.1). */
public interface Notifications {

    /**
     * Notifies those clients of these users that have subscribed to the notice's type, after the current request was
     * answered. Not to be called within a database transaction.
     */
    void raise(Notice notice, Collection<UserId> users);
}
