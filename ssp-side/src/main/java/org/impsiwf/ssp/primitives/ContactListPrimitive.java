package org.impsiwf.ssp.primitives;

import static org.impsiwf.ssp.primitives.PrimitiveUse.REQUEST;
import static org.impsiwf.ssp.primitives.PrimitiveUse.RESPONSE;
import static org.impsiwf.ssp.primitives.Role.PROVIDER;
import static org.impsiwf.ssp.primitives.Role.REQUESTOR;

import java.util.List;
import java.util.Optional;

/** SSP 14: contact lists, and the attribute lists that authorise their members. */
public sealed interface ContactListPrimitive extends Primitive {

    @Section("14.2.1.1.1")
    @Use(REQUEST)
    @From(REQUESTOR)
    record CreateContactListRequest(
            MetaInformation metaInformation,
            ContactListId contactListId,
            Optional<ContactListProperties> contactListProps,
            @In("NickList") List<NickListEntry> userList)
            implements ContactListPrimitive {
        public CreateContactListRequest {
            userList = List.copyOf(userList);
        }
    }

    @Section("14.2.2.1.1")
    @Use(REQUEST)
    @From(REQUESTOR)
    record DeleteContactListRequest(
            MetaInformation metaInformation, @Mandatory List<ContactListId> contactListIdList)
            implements ContactListPrimitive {
        public DeleteContactListRequest {
            contactListIdList = List.copyOf(contactListIdList);
        }
    }

    @Section("14.2.3.1.1")
    @Use(REQUEST)
    @From(REQUESTOR)
    record GetContactListRequest(MetaInformation metaInformation) implements ContactListPrimitive {}

    @Section("14.2.3.1.2")
    @Use(RESPONSE)
    @From(PROVIDER)
    record GetContactListResponse(
            Status statusInfo,
            @Conditional("on success, when there are lists") List<ContactListId> contactListIdList,

            @Conditional("on success, when there is a default list") @Attribute("defaultContactListID")
            Optional<ContactListId> defaultCListId)
            implements ContactListPrimitive {
        public GetContactListResponse {
            contactListIdList = List.copyOf(contactListIdList);
        }
    }

    @Section("14.2.4.1.1")
    @Use(REQUEST)
    @From(REQUESTOR)
    record GetListMemberRequest(MetaInformation metaInformation, ContactListId contactListId)
            implements ContactListPrimitive {}

    @Section("14.2.4.1.2")
    @Use(RESPONSE)
    @From(PROVIDER)
    record ContactListMemberResponse(
            Status statusInfo,
            @Conditional("on success") @In("NickList") List<NickListEntry> userList) implements ContactListPrimitive {
        public ContactListMemberResponse {
            userList = List.copyOf(userList);
        }
    }

    @Section("14.2.5.1.1")
    @Use(REQUEST)
    @From(REQUESTOR)
    record AddListMemberRequest(
            MetaInformation metaInformation,
            ContactListId contactListId,
            @In("NickList") @Mandatory List<NickListEntry> userList,
            Optional<Boolean> authorizeAndGrant)
            implements ContactListPrimitive {
        public AddListMemberRequest {
            userList = List.copyOf(userList);
            // SSP 14.2.5: "F" is never sent, and ignored.
            authorizeAndGrant = authorizeAndGrant.filter(Boolean::booleanValue);
        }
    }

    @Section("14.2.6.1.1")
    @Use(REQUEST)
    @From(REQUESTOR)
    record RemoveListMemberRequest(
            MetaInformation metaInformation,
            ContactListId contactListId,
            @Mandatory @Within({"NickList", "NickName"}) List<UserId> userList)
            implements ContactListPrimitive {
        public RemoveListMemberRequest {
            userList = List.copyOf(userList);
        }
    }

    @Section("14.2.7.1.1")
    @Use(REQUEST)
    @From(REQUESTOR)
    record GetListPropsRequest(MetaInformation metaInformation, ContactListId contactListId)
            implements ContactListPrimitive {}

    @Section("14.2.7.1.2")
    @Use(RESPONSE)
    @From(PROVIDER)
    record ContactListPropsResponse(Status statusInfo, ContactListProperties contactListProps)
            implements ContactListPrimitive {}

    @Section("14.2.8.1.1")
    @Use(REQUEST)
    @From(REQUESTOR)
    record SetListPropsRequest(
            MetaInformation metaInformation, ContactListId contactListId, ContactListProperties contactListProps)
            implements ContactListPrimitive {}

    @Section("14.2.9.1.1")
    @Use(REQUEST)
    @From(REQUESTOR)
    record CreateAttrListRequest(
            MetaInformation metaInformation,
            PresenceAttributeList presenceAttributeList,
            boolean defaultList,

            @Conditional("Default-List = No and no User-ID-List; may be there otherwise")
            List<ContactListId> contactListIdList,

            @Conditional("Default-List = No and no Contact-List-ID-List; may be there otherwise")
            List<UserId> userIdList,

            boolean defaultNotify,
            Optional<Boolean> userNotify,
            Optional<Boolean> contactListNotify)
            implements ContactListPrimitive {
        public CreateAttrListRequest {
            contactListIdList = List.copyOf(contactListIdList);
            userIdList = List.copyOf(userIdList);
            Rules.presentIf(
                    !defaultList && userIdList.isEmpty(),
                    contactListIdList,
                    "Contact-List-ID-List",
                    "for others than the default list, without a User-ID-List");
        }
    }

    @Section("14.2.10.1.1")
    @Use(REQUEST)
    @From(REQUESTOR)
    record DeleteAttrListRequest(
            MetaInformation metaInformation,
            boolean defaultList,

            @Conditional("Default-List = No and no User-ID-List; may be there otherwise")
            List<ContactListId> contactListIdList,

            @Conditional("Default-List = No and no Contact-List-ID-List; may be there otherwise")
            List<UserId> userIdList)
            implements ContactListPrimitive {
        public DeleteAttrListRequest {
            contactListIdList = List.copyOf(contactListIdList);
            userIdList = List.copyOf(userIdList);
            Rules.presentIf(
                    !defaultList && userIdList.isEmpty(),
                    contactListIdList,
                    "Contact-List-ID-List",
                    "for others than the default list, without a User-ID-List");
        }
    }

    @Section("14.2.11.1.1")
    @Use(REQUEST)
    @From(REQUESTOR)
    record GetAttrListRequest(
            MetaInformation metaInformation,
            boolean defaultList,
            List<ContactListId> contactListIdList,
            List<UserId> userIdList)
            implements ContactListPrimitive {
        public GetAttrListRequest {
            contactListIdList = List.copyOf(contactListIdList);
            userIdList = List.copyOf(userIdList);
        }
    }

    @Section("14.2.11.1.2")
    @Use(RESPONSE)
    @From(PROVIDER)
    record GetAttrListResponse(
            Status statusInfo,
            List<AttributeAssociation> attributeAssociationList,
            Optional<DefaultAssociation> defaultAssociationList)
            implements ContactListPrimitive {
        public GetAttrListResponse {
            attributeAssociationList = List.copyOf(attributeAssociationList);
        }
    }

    /** What one user, or the members of one list, may see of the owner's presence. */
    record AttributeAssociation(
            Optional<Boolean> userNotify,
            Optional<Boolean> contactListNotify,
            @Element("UserID") Optional<UserId> userId,
            @Element("ContactListID") Optional<ContactListId> contactListId,
            PresenceAttributeList attributes) {
        public AttributeAssociation {
            Rules.presentOnlyIf(userId.isEmpty(), contactListId, "Contact-List-ID", "without a User-ID");
        }
    }

    /** What everybody else may see. */
    record DefaultAssociation(Optional<Boolean> defaultNotify, PresenceAttributeList attributes) {}
}
