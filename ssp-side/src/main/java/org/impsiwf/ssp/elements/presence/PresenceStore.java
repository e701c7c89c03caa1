package org.impsiwf.ssp.elements.presence;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.impsiwf.ssp.elements.contacts.AttributeSet;
import org.impsiwf.ssp.primitives.ContactListId;
import org.impsiwf.ssp.primitives.PresenceSubList;
import org.impsiwf.ssp.primitives.UserId;

/**
 * Where presence and subscriptions are kept. Addresses are compared without regard to case, and come back in lower case.
 * No call costs anything for users that it doesn't name. Thread-safe.
 */
public interface PresenceStore {

    /** Runs the work in one transaction that is durable when this returns; it may run twice. */
    <T> T inTransaction(Supplier<T> work);

    /** What is known of this publisher; nobody else changes it, or who watches it, until the transaction ends. */
    Publisher lock(UserId publisher);

    /**
     * @param watchers how many users watch
     * @param values every attribute that was ever published
     */
    record Publisher(int watchers, PresenceSubList values) {}

    /** What was published; nothing when nothing is known. */
    PresenceSubList values(UserId publisher);

    void save(UserId publisher, PresenceSubList values);

    Optional<Subscription> find(UserId publisher, UserId watcher);

    /** Makes it or replaces it. */
    void put(Subscription subscription);

    void remove(UserId publisher, UserId watcher);

    /** The watcher list: everybody who subscribed, suspended or not. */
    List<Subscription> watchersOf(UserId publisher);

    /** Those of these users who watch. */
    List<Subscription> watchersOf(UserId publisher, Collection<UserId> watchers);

    List<Subscription> subscriptionsOf(UserId watcher);

    /** The subscriptions of that user to these publishers. */
    List<Subscription> subscriptionsOf(UserId watcher, Collection<UserId> publishers);

    int countSubscriptionsOf(UserId watcher);

    /** The list's owner is subscribed to whoever comes into it. */
    void putList(ContactListId list, UserId owner, AttributeSet asked);

    void removeList(ContactListId list);

    /** What is asked of whoever comes into the list; absent without automatic subscription. */
    Optional<AttributeSet> asked(ContactListId list);

    /** The owner's lists with automatic subscription. */
    List<ContactListId> listsOf(UserId owner);

    /** Those of the publisher's watchers who are of that domain. */
    List<Subscription> watchersIn(String domain, UserId publisher);

    /**
     * The domain is to be told of these attributes, by all its watchers or by one; adds to what it is owed already. The
     * publisher is locked.
     *
     * @param watcher absent: all of that domain
     */
    void owe(String domain, UserId publisher, Optional<UserId> watcher, AttributeSet attributes);

    /** What that domain has not been told yet. */
    List<Owed> owedTo(String domain, int atMost);

    /** It was told; what was added since then stays owed. */
    void paid(Owed owed);

    List<String> domainsOwed();
}
