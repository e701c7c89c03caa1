package org.impsiwf.ssp.elements.contacts;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.impsiwf.ssp.elements.Granting;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.elements.contacts.ContactChange.AuthorisationChanged;
import org.impsiwf.ssp.elements.contacts.ContactChange.MembersAdded;
import org.impsiwf.ssp.elements.contacts.ContactChange.MembersRemoved;
import org.impsiwf.ssp.primitives.ContactListId;
import org.impsiwf.ssp.primitives.ContactListPrimitive.AddListMemberRequest;
import org.impsiwf.ssp.primitives.ContactListPrimitive.ContactListMemberResponse;
import org.impsiwf.ssp.primitives.ContactListPrimitive.ContactListPropsResponse;
import org.impsiwf.ssp.primitives.ContactListPrimitive.CreateContactListRequest;
import org.impsiwf.ssp.primitives.ContactListPrimitive.DeleteContactListRequest;
import org.impsiwf.ssp.primitives.ContactListPrimitive.GetContactListResponse;
import org.impsiwf.ssp.primitives.ContactListPrimitive.RemoveListMemberRequest;
import org.impsiwf.ssp.primitives.ContactListPrimitive.SetListPropsRequest;
import org.impsiwf.ssp.primitives.NickListEntry;
import org.impsiwf.ssp.primitives.NickName;
import org.impsiwf.ssp.primitives.NotificationType;
import org.impsiwf.ssp.primitives.PresenceAttribute;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.UserId;

/** The transactions of contact lists (SSP 14.2.1 to 14.2.8): load, decide, save, then tell. */
final class ContactLists {

    private static final int LONGEST_NICK = 255;

    private final ContactStore store;
    private final OwnedLists owned;
    private final Granting granting;
    private final KnownUsers known;
    private final ContactEvents events;
    private final ContactLimits limits;

    ContactLists(
            ContactStore store,
            OwnedLists owned,
            Granting granting,
            KnownUsers known,
            ContactEvents events,
            ContactLimits limits) {
        this.store = store;
        this.owned = owned;
        this.granting = granting;
        this.known = known;
        this.events = events;
        this.limits = limits;
    }

    Status create(CreateContactListRequest request, UserId asking) {
        ContactListId id = request.contactListId();
        OwnedLists.requireOwn(id, asking);
        ListProperties properties = request.contactListProps()
                .map(ListProperties::of)
                .orElseGet(() -> new ListProperties(Optional.empty(), Optional.empty()));
        PartialResult result = new PartialResult();
        List<NickListEntry> members = admitted(request.userList(), result);
        result.succeeded();
        ContactList list = new ContactList(id, asking, properties.displayName());
        events.sending(store.inTransaction(() -> {
            ListOwner owner = store.lock(asking);
            if (store.find(id).isPresent()) {
                throw Refusal.of(StatusCode.CONTACT_LIST_ALREADY_EXISTS);
            }
            require(owner.lists() < limits.lists(), "no more than " + limits.lists() + " contact lists");
            require(members.size() <= limits.members(), "no more than " + limits.members() + " members");
            store.create(list);
            store.add(list, members);
            store.save(asking, owner.withList(id, properties.asDefault().orElse(false)));
            return events.changed(new MembersAdded(asking, id, OwnedLists.users(members)));
        }));
        events.ofList(NotificationType.CLCR, asking, id);
        events.added(asking, OwnedLists.users(members));
        return result.status();
    }

    Status delete(DeleteContactListRequest request, UserId asking) {
        request.contactListIdList().forEach(id -> OwnedLists.requireOwn(id, asking));
        record Deletion(Status status, List<ContactListId> deleted, List<Runnable> effects) {}
        Deletion done = store.inTransaction(() -> {
            Deletion deletion = new Deletion(null, new ArrayList<>(), new ArrayList<>());
            PartialResult result = new PartialResult();
            ListOwner owner = store.lock(asking);
            for (ContactListId id : request.contactListIdList()) {
                Optional<ContactList> list = store.find(id);
                if (list.isEmpty()) {
                    result.failed(StatusCode.CONTACT_LIST_DOES_NOT_EXIST, id);
                    continue;
                }
                List<UserId> members = OwnedLists.users(store.members(id));
                store.delete(list.get());
                result.succeeded();
                deletion.deleted().add(list.get().id());
                deletion.effects().add(events.changed(new MembersRemoved(asking, id, members, true)));
            }
            store.save(asking, withoutLists(owner, asking, deletion.deleted()));
            return new Deletion(result.status(), deletion.deleted(), deletion.effects());
        });
        done.effects().forEach(events::sending);
        done.deleted().forEach(id -> events.ofList(NotificationType.CLD, asking, id));
        return done.status();
    }

    // There is a default as long as there are lists: the oldest that is left.
    private ListOwner withoutLists(ListOwner owner, UserId asking, List<ContactListId> deleted) {
        ListOwner left = owner.withLists(owner.lists() - deleted.size());
        return deleted.stream().anyMatch(owner::isDefault)
                ? left.withDefault(store.listsOf(asking).stream().findFirst())
                : left;
    }

    GetContactListResponse all(UserId asking) {
        return new GetContactListResponse(
                Status.of(StatusCode.SUCCESSFUL),
                store.listsOf(asking),
                store.owner(asking).defaultList());
    }

    ContactListMemberResponse members(ContactListId id, UserId asking) {
        owned.require(id, asking);
        return new ContactListMemberResponse(Status.of(StatusCode.SUCCESSFUL), store.members(id));
    }

    Primitive add(AddListMemberRequest request, UserId asking) {
        ContactListId id = request.contactListId();
        owned.require(id, asking);
        PartialResult result = new PartialResult();
        List<NickListEntry> members = admitted(request.userList(), result);
        if (members.isEmpty()) {
            return result.status();
        }
        // SSP 14.2.5: F is ignored. Granted first: who is refused a place on the grant list has changed nothing.
        boolean authorize = request.authorizeAndGrant().orElse(false);
        if (authorize) {
            granting.grant(asking, id);
        }
        result.succeeded();
        record Addition(List<NickListEntry> all, List<UserId> added, List<Runnable> effects) {}
        Addition done = store.inTransaction(() -> {
            store.lock(asking);
            ContactList list = owned.require(id, asking);
            Set<String> before = keys(store.members(id));
            List<UserId> added = OwnedLists.users(members).stream()
                    .filter(user -> !before.contains(user.key()))
                    .toList();
            require(before.size() + added.size() <= limits.members(), "no more than " + limits.members() + " members");
            store.add(list, members);
            if (authorize) {
                authorizeOnlineStatus(asking, list);
            }
            List<NickListEntry> all = store.members(id);
            List<Runnable> effects = new ArrayList<>();
            effects.add(events.changed(new MembersAdded(asking, id, added)));
            if (authorize) {
                effects.add(events.changed(new AuthorisationChanged(asking, Set.copyOf(OwnedLists.users(all)))));
            }
            return new Addition(all, added, effects);
        });
        done.effects().forEach(events::sending);
        events.ofList(NotificationType.CLC, asking, id);
        events.added(asking, done.added());
        return new ContactListMemberResponse(result.status(), done.all());
    }

    // SSP 14.2.5
    private void authorizeOnlineStatus(UserId owner, ContactList list) {
        Association.Target target = new Association.OfList(list.id());
        AttributeSet online = AttributeSet.of(PresenceAttribute.ONLINE_STATUS);
        Association next = store.association(owner, target)
                .map(old -> old.replaced(old.attributes().plus(online), Optional.empty()))
                .orElseGet(() -> new Association(target, online, Optional.empty()));
        store.put(owner, next);
    }

    ContactListMemberResponse remove(RemoveListMemberRequest request, UserId asking) {
        ContactListId id = request.contactListId();
        record Removal(List<NickListEntry> left, Runnable effect) {}
        Removal done = store.inTransaction(() -> {
            store.lock(asking);
            owned.require(id, asking);
            Set<String> before = keys(store.members(id));
            List<UserId> removed = request.userList().stream()
                    .filter(user -> before.contains(user.key()))
                    .toList();
            store.remove(id, removed);
            return new Removal(store.members(id), events.changed(new MembersRemoved(asking, id, removed, false)));
        });
        events.sending(done.effect());
        events.ofList(NotificationType.CLC, asking, id);
        return new ContactListMemberResponse(Status.of(StatusCode.SUCCESSFUL), done.left());
    }

    ContactListPropsResponse properties(ContactListId id, UserId asking) {
        return properties(owned.require(id, asking), store.owner(asking));
    }

    ContactListPropsResponse set(SetListPropsRequest request, UserId asking) {
        ContactListId id = request.contactListId();
        OwnedLists.requireOwn(id, asking);
        ListProperties asked = ListProperties.of(request.contactListProps());
        ContactListPropsResponse response = store.inTransaction(() -> {
            ListOwner owner = store.lock(asking);
            ContactList list = owned.require(id, asking);
            if (owner.isDefault(id) && asked.asDefault().equals(Optional.of(false))) {
                // SSP 14.1: a default is replaced by another, it is not taken away.
                throw Refusal.of(
                        StatusCode.INVALID_OR_UNSUPPORTED_CONTACT_LIST_PROPERTY, "make another list the default one");
            }
            if (asked.displayName().isPresent()) {
                store.rename(id, asked.displayName());
            }
            ListOwner next = asked.asDefault().orElse(false) ? owner.withDefault(Optional.of(list.id())) : owner;
            store.save(asking, next);
            return properties(owned.require(id, asking), next);
        });
        events.ofList(NotificationType.CLC, asking, id);
        return response;
    }

    private static ContactListPropsResponse properties(ContactList list, ListOwner owner) {
        return new ContactListPropsResponse(
                Status.of(StatusCode.SUCCESSFUL),
                ListProperties.toWire(list.displayName(), owner.isDefault(list.id())));
    }

    private static void require(boolean allowed, String otherwise) {
        if (!allowed) {
            throw Refusal.of(StatusCode.FORBIDDEN, otherwise);
        }
    }

    private List<NickListEntry> admitted(List<NickListEntry> members, PartialResult result) {
        for (NickListEntry member : members) {
            if (member instanceof NickName(var name, var user) && name.length() > LONGEST_NICK) {
                throw Refusal.of(
                        StatusCode.NUMBER_OF_CHARACTERS_EXCEEDS_THE_MAXIMUM_NUMBER_OF_CHARACTERS,
                        "the nick name of " + user);
            }
        }
        return members.stream()
                .filter(member -> known.admit(OwnedLists.user(member), result))
                .toList();
    }

    private static Set<String> keys(List<NickListEntry> members) {
        return members.stream().map(member -> OwnedLists.user(member).key()).collect(Collectors.toSet());
    }
}
