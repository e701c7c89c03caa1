package org.impsiwf.ssp.elements.contacts;

import java.util.Set;
import org.impsiwf.ssp.elements.Granting;
import org.impsiwf.ssp.elements.Notifications;
import org.impsiwf.ssp.elements.ServiceAccessPoint;
import org.impsiwf.ssp.elements.ServiceElement;
import org.impsiwf.ssp.elements.ServiceRequest;
import org.impsiwf.ssp.elements.Users;
import org.impsiwf.ssp.primitives.ContactListPrimitive;
import org.impsiwf.ssp.primitives.ContactListPrimitive.AddListMemberRequest;
import org.impsiwf.ssp.primitives.ContactListPrimitive.CreateAttrListRequest;
import org.impsiwf.ssp.primitives.ContactListPrimitive.CreateContactListRequest;
import org.impsiwf.ssp.primitives.ContactListPrimitive.DeleteAttrListRequest;
import org.impsiwf.ssp.primitives.ContactListPrimitive.DeleteContactListRequest;
import org.impsiwf.ssp.primitives.ContactListPrimitive.GetAttrListRequest;
import org.impsiwf.ssp.primitives.ContactListPrimitive.GetContactListRequest;
import org.impsiwf.ssp.primitives.ContactListPrimitive.GetListMemberRequest;
import org.impsiwf.ssp.primitives.ContactListPrimitive.GetListPropsRequest;
import org.impsiwf.ssp.primitives.ContactListPrimitive.RemoveListMemberRequest;
import org.impsiwf.ssp.primitives.ContactListPrimitive.SetListPropsRequest;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.UserId;

/** Contact lists and attribute lists of the users whose PSE we are (SSP 14); both belong to the user who asks. */
public final class ContactsElement implements ServiceElement {

    private final KnownUsers known;
    private final ContactLists lists;
    private final AttributeLists attributes;

    /**
     * @param observer depends on the lists, as presence does
     * @param supported the presence attributes that this domain knows
     */
    public ContactsElement(
            ContactStore store,
            ServiceAccessPoint sap,
            Users users,
            Granting granting,
            Notifications notifications,
            ContactListObserver observer,
            ContactLimits limits,
            AttributeSet supported) {
        OwnedLists owned = new OwnedLists(store);
        known = new KnownUsers(sap, users);
        ContactEvents events = new ContactEvents(observer, notifications, sap);
        lists = new ContactLists(store, owned, granting, known, events, limits);
        attributes = new AttributeLists(store, owned, known, events, limits, supported);
    }

    @Override
    public Set<Class<? extends Primitive>> serves() {
        return Set.of(
                CreateContactListRequest.class,
                DeleteContactListRequest.class,
                GetContactListRequest.class,
                GetListMemberRequest.class,
                AddListMemberRequest.class,
                RemoveListMemberRequest.class,
                GetListPropsRequest.class,
                SetListPropsRequest.class,
                CreateAttrListRequest.class,
                DeleteAttrListRequest.class,
                GetAttrListRequest.class);
    }

    @Override
    public Primitive serve(ServiceRequest request) {
        UserId asking = request.requiredUser();
        if (!known.isKnown(asking)) {
            return Status.of(StatusCode.UNKNOWN_USER);
        }
        return switch ((ContactListPrimitive) request.primitive()) {
            case CreateContactListRequest create -> lists.create(create, asking);
            case DeleteContactListRequest delete -> lists.delete(delete, asking);
            case GetContactListRequest _ -> lists.all(asking);
            case GetListMemberRequest get -> lists.members(get.contactListId(), asking);
            case AddListMemberRequest add -> lists.add(add, asking);
            case RemoveListMemberRequest remove -> lists.remove(remove, asking);
            case GetListPropsRequest get -> lists.properties(get.contactListId(), asking);
            case SetListPropsRequest set -> lists.set(set, asking);
            case CreateAttrListRequest create -> attributes.create(create, asking);
            case DeleteAttrListRequest delete -> attributes.delete(delete, asking);
            case GetAttrListRequest get -> attributes.get(get, asking);
            case ContactListPrimitive.GetContactListResponse response -> throw notServed(response);
            case ContactListPrimitive.ContactListMemberResponse response -> throw notServed(response);
            case ContactListPrimitive.ContactListPropsResponse response -> throw notServed(response);
            case ContactListPrimitive.GetAttrListResponse response -> throw notServed(response);
        };
    }

    private static IllegalStateException notServed(Primitive response) {
        return new IllegalStateException(response.getClass().getSimpleName() + " is no request");
    }
}
