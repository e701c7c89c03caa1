package org.impsiwf.ssp.elements.contacts;

/** Who depends on contact lists and attribute lists. */
@FunctionalInterface
public interface ContactListObserver {

    /** Nobody. */
    ContactListObserver NONE = change -> () -> {};

    /**
     * Called within the database transaction of the change, after it, to change what depends on it; may run twice like
     * the transaction.
     *
     * @return what is to be sent once the transaction is durable
     */
    Runnable changed(ContactChange change);
}
