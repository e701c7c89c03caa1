package org.impsiwf.ssp.elements.presence;

import org.impsiwf.ssp.elements.contacts.AttributeSet;
import org.impsiwf.ssp.primitives.UserId;

/**
 * That one user watches another. Kept by the PSE of the publisher, as its watcher list, and by the PSE of the watcher.
 *
 * @param asked what the watcher asked to see
 * @param authorised what the publisher lets the watcher see; nothing where we are not the publisher's PSE
 * @param isSuspended whether the watcher wants no notifications for now (SSP 15.2.7)
 * @param isOwn whether the watcher asked for this user by name; otherwise it follows from a contact list with automatic
 *     subscription and ends with that
 */
public record Subscription(
        UserId publisher,
        UserId watcher,
        AttributeSet asked,
        AttributeSet authorised,
        boolean isSuspended,
        boolean isOwn) {

    /** Addresses are compared without regard to case. */
    public Subscription {
        publisher = new UserId(publisher.key());
        watcher = new UserId(watcher.key());
    }

    /** What a notification shows. */
    public AttributeSet shown() {
        return asked.and(authorised);
    }

    Subscription withAuthorised(AttributeSet next) {
        return new Subscription(publisher, watcher, asked, next, isSuspended, isOwn);
    }

    Subscription suspended() {
        return new Subscription(publisher, watcher, asked, authorised, true, isOwn);
    }
}
