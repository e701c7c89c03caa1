package org.impsiwf.ssp.elements.contacts;

import java.util.List;
import org.impsiwf.ssp.elements.Notice;
import org.impsiwf.ssp.elements.Notifications;
import org.impsiwf.ssp.elements.ServiceAccessPoint;
import org.impsiwf.ssp.primitives.ContactListId;
import org.impsiwf.ssp.primitives.NotificationType;
import org.impsiwf.ssp.primitives.UserId;

/** Who hears of a change of lists: the presence part in the transaction of the change, clients that asked for it later. */
final class ContactEvents {

    private final ContactListObserver observer;
    private final Notifications notifications;
    private final ServiceAccessPoint sap;

    ContactEvents(ContactListObserver observer, Notifications notifications, ServiceAccessPoint sap) {
        this.observer = observer;
        this.notifications = notifications;
        this.sap = sap;
    }

    /** Within the transaction. @return for {@link #sending}, after it */
    Runnable changed(ContactChange change) {
        return observer.changed(change);
    }

    void sending(Runnable effect) {
        sap.afterwards(effect);
    }

    void ofList(NotificationType type, UserId owner, ContactListId list) {
        notifications.raise(Notice.ofContactLists(type, List.of(list)), List.of(owner));
    }

    /** D-27, ATCL: the members hear who added them, not to which list. */
    void added(UserId owner, List<UserId> members) {
        if (!members.isEmpty()) {
            notifications.raise(Notice.of(NotificationType.ATCL).withUsers(List.of(owner)), members);
        }
    }

    void authorised(UserId owner, Notice notice) {
        notifications.raise(notice, List.of(owner));
    }
}
