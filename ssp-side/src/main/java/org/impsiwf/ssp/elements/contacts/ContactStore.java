package org.impsiwf.ssp.elements.contacts;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.impsiwf.ssp.elements.contacts.Association.Target;
import org.impsiwf.ssp.primitives.ContactListId;
import org.impsiwf.ssp.primitives.NickListEntry;
import org.impsiwf.ssp.primitives.UserId;

/** Where contact lists and attribute lists are kept. Addresses are compared without regard to case. Thread-safe. */
public interface ContactStore {

    /** Runs the work in one transaction that is durable when this returns; it may run twice. */
    <T> T inTransaction(Supplier<T> work);

    /** What is kept of this user, new when there is nothing; nobody else changes the user's lists until the transaction ends. */
    ListOwner lock(UserId owner);

    /** @param next decided on what {@link #lock} returned */
    void save(UserId owner, ListOwner next);

    /** Without locking; new when there is nothing. */
    ListOwner owner(UserId owner);

    Optional<ContactList> find(ContactListId list);

    /** Oldest first. */
    List<ContactListId> listsOf(UserId owner);

    void create(ContactList list);

    void rename(ContactListId list, Optional<String> displayName);

    /** With its members and its attribute list. */
    void delete(ContactList list);

    /** In the order in which they were added. */
    List<NickListEntry> members(ContactListId list);

    boolean isMember(ContactListId list, UserId user);

    /** Who is in there already gets the new nick name. */
    void add(ContactList list, Collection<NickListEntry> members);

    void remove(ContactListId list, Collection<UserId> members);

    Optional<Association> association(UserId owner, Target target);

    /** All of them, by user and list. */
    List<Association> associations(UserId owner);

    int countAssociations(UserId owner);

    /** Makes it or replaces the one of the same target. */
    void put(UserId owner, Association association);

    void remove(UserId owner, Target target);

    /** What the owner's lists say of these users; each of them is a key of the map. Costs nothing for other users and lists. */
    Map<UserId, Authorisation> authorisations(UserId owner, Collection<UserId> users);
}
