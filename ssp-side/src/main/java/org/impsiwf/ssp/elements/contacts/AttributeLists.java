package org.impsiwf.ssp.elements.contacts;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.impsiwf.ssp.elements.Notice;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.elements.contacts.Association.OfList;
import org.impsiwf.ssp.elements.contacts.Association.OfUser;
import org.impsiwf.ssp.elements.contacts.Association.Target;
import org.impsiwf.ssp.elements.contacts.ContactChange.AuthorisationChanged;
import org.impsiwf.ssp.elements.contacts.ContactChange.DefaultChanged;
import org.impsiwf.ssp.primitives.ContactListId;
import org.impsiwf.ssp.primitives.ContactListPrimitive.AttributeAssociation;
import org.impsiwf.ssp.primitives.ContactListPrimitive.CreateAttrListRequest;
import org.impsiwf.ssp.primitives.ContactListPrimitive.DefaultAssociation;
import org.impsiwf.ssp.primitives.ContactListPrimitive.DeleteAttrListRequest;
import org.impsiwf.ssp.primitives.ContactListPrimitive.GetAttrListRequest;
import org.impsiwf.ssp.primitives.ContactListPrimitive.GetAttrListResponse;
import org.impsiwf.ssp.primitives.NotificationType;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.UserId;

/** The transactions of attribute lists (SSP 14.2.9 to 14.2.11): what a user lets others see. */
final class AttributeLists {

    private final ContactStore store;
    private final OwnedLists owned;
    private final KnownUsers known;
    private final ContactEvents events;
    private final ContactLimits limits;
    private final AttributeSet supported;

    AttributeLists(
            ContactStore store,
            OwnedLists owned,
            KnownUsers known,
            ContactEvents events,
            ContactLimits limits,
            AttributeSet supported) {
        this.store = store;
        this.owned = owned;
        this.known = known;
        this.events = events;
        this.limits = limits;
        this.supported = supported;
    }

    /** What a request names, as far as it exists. */
    private record Targets(List<UserId> users, List<ContactListId> lists) {
        Stream<Target> all() {
            return Stream.concat(users.stream().map(OfUser::new), lists.stream().map(OfList::new));
        }

        boolean isEmpty() {
            return users.isEmpty() && lists.isEmpty();
        }
    }

    Status create(CreateAttrListRequest request, UserId asking) {
        // An empty list authorises nothing here; "empty means all" is said of requests to see (SSP 15.2.1.1.1).
        AttributeSet attributes =
                AttributeSet.of(request.presenceAttributeList().attributes());
        if (!attributes.minus(supported).isEmpty()) {
            throw Refusal.of(StatusCode.INVALID_OR_UNSUPPORTED_PRESENCE_ATTRIBUTES);
        }
        PartialResult result = new PartialResult();
        Targets targets = existing(request.userIdList(), request.contactListIdList(), asking, result);
        if (targets.isEmpty() && !request.defaultList()) {
            return result.status();
        }
        result.succeeded();
        events.sending(store.inTransaction(() -> {
            ListOwner owner = store.lock(asking).withDefaultNotify(request.defaultNotify());
            if (request.defaultList()) {
                owner = owner.withDefaultAttributes(Optional.of(attributes));
            }
            store.save(asking, owner);
            requireRoom(asking, targets);
            targets.all().forEach(target -> store.put(asking, next(asking, target, attributes, request)));
            return changed(asking, targets, request.defaultList());
        }));
        events.authorised(asking, notice(targets, attributes, request.defaultList()));
        return result.status();
    }

    private Association next(UserId owner, Target target, AttributeSet attributes, CreateAttrListRequest request) {
        Optional<Boolean> notify = switch (target) {
            case OfUser _ -> request.userNotify();
            case OfList _ -> request.contactListNotify();
        };
        return store.association(owner, target)
                .map(old -> old.replaced(attributes, notify))
                .orElseGet(() -> new Association(target, attributes, notify));
    }

    private void requireRoom(UserId owner, Targets targets) {
        long further = targets.all()
                .filter(target -> store.association(owner, target).isEmpty())
                .count();
        if (further > 0 && store.countAssociations(owner) + further > limits.associations()) {
            throw Refusal.of(
                    StatusCode.FORBIDDEN, "no more than " + limits.associations() + " users and lists with attributes");
        }
    }

    Status delete(DeleteAttrListRequest request, UserId asking) {
        PartialResult result = new PartialResult();
        Targets targets = existing(request.userIdList(), request.contactListIdList(), asking, result);
        if (targets.isEmpty() && !request.defaultList()) {
            return result.status();
        }
        result.succeeded();
        events.sending(store.inTransaction(() -> {
            ListOwner owner = store.lock(asking);
            if (request.defaultList()) {
                // Default-Notify is about those whom no list names, so it stays without a default list.
                store.save(asking, owner.withDefaultAttributes(Optional.empty()));
            }
            targets.all().forEach(target -> store.remove(asking, target));
            return changed(asking, targets, request.defaultList());
        }));
        events.authorised(asking, notice(targets, AttributeSet.NONE, request.defaultList()));
        return result.status();
    }

    private Runnable changed(UserId owner, Targets targets, boolean defaultList) {
        if (defaultList) {
            return events.changed(new DefaultChanged(owner));
        }
        Set<UserId> users = new HashSet<>(targets.users());
        targets.lists().forEach(list -> users.addAll(OwnedLists.users(store.members(list))));
        return events.changed(new AuthorisationChanged(owner, users));
    }

    private static Notice notice(Targets targets, AttributeSet attributes, boolean defaultList) {
        return Notice.ofContactLists(NotificationType.AC, targets.lists())
                .withUsers(targets.users())
                .withAttributes(attributes.toList(), defaultList);
    }

    Primitive get(GetAttrListRequest request, UserId asking) {
        PartialResult result = new PartialResult();
        List<Association> found = associations(request, asking, result);
        result.succeededIf(request.defaultList());
        Status status = result.status();
        if (!status.isSuccess()) {
            return status;
        }
        return new GetAttrListResponse(
                status,
                found.stream().map(AttributeLists::toWire).toList(),
                request.defaultList() ? defaultAssociation(store.owner(asking)) : Optional.empty());
    }

    private List<Association> associations(GetAttrListRequest request, UserId asking, PartialResult result) {
        if (!named(request)) {
            return store.associations(asking);
        }
        Targets targets = existing(request.userIdList(), request.contactListIdList(), asking, result);
        result.succeededIf(!targets.isEmpty());
        return targets.all()
                .flatMap(target -> store.association(asking, target).stream())
                .toList();
    }

    private static boolean named(GetAttrListRequest request) {
        return !request.userIdList().isEmpty() || !request.contactListIdList().isEmpty();
    }

    private static Optional<DefaultAssociation> defaultAssociation(ListOwner owner) {
        if (owner.defaultAttributes().isEmpty() && owner.defaultNotify().isEmpty()) {
            return Optional.empty();
        }
        AttributeSet attributes = owner.defaultAttributes().orElse(AttributeSet.NONE);
        return Optional.of(new DefaultAssociation(owner.defaultNotify(), attributes.toList()));
    }

    private static AttributeAssociation toWire(Association association) {
        return switch (association.target()) {
            case OfUser(var user) ->
                new AttributeAssociation(
                        association.notifyOwner(),
                        Optional.empty(),
                        Optional.of(user),
                        Optional.empty(),
                        association.attributes().toList());
            case OfList(var list) ->
                new AttributeAssociation(
                        Optional.empty(),
                        association.notifyOwner(),
                        Optional.empty(),
                        Optional.of(list),
                        association.attributes().toList());
        };
    }

    private Targets existing(
            Collection<UserId> users, Collection<ContactListId> named, UserId asking, PartialResult result) {
        List<ContactListId> existing = new ArrayList<>();
        for (ContactListId id : named) {
            try {
                existing.add(owned.require(id, asking).id());
            } catch (Refusal refusal) {
                result.failed(refusal.status().known().orElseThrow(), id);
            }
        }
        return new Targets(
                users.stream().filter(user -> known.admit(user, result)).toList(), existing);
    }
}
