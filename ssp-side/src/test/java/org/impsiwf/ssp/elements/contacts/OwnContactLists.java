package org.impsiwf.ssp.elements.contacts;

import static org.impsiwf.ssp.elements.presence.PresenceDomain.ALICE;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.BOB;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.by;

import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.elements.presence.PresenceDomain;
import org.impsiwf.ssp.primitives.ContactListId;
import org.impsiwf.ssp.primitives.ContactListPrimitive.ContactListMemberResponse;
import org.impsiwf.ssp.primitives.ContactListPrimitive.ContactListPropsResponse;
import org.impsiwf.ssp.primitives.ContactListPrimitive.CreateContactListRequest;
import org.impsiwf.ssp.primitives.ContactListPrimitive.GetAttrListRequest;
import org.impsiwf.ssp.primitives.ContactListPrimitive.GetAttrListResponse;
import org.impsiwf.ssp.primitives.ContactListPrimitive.GetContactListRequest;
import org.impsiwf.ssp.primitives.ContactListPrimitive.GetContactListResponse;
import org.impsiwf.ssp.primitives.ContactListPrimitive.GetListMemberRequest;
import org.impsiwf.ssp.primitives.ContactListPrimitive.GetListPropsRequest;
import org.impsiwf.ssp.primitives.ContactListProperties;
import org.impsiwf.ssp.primitives.NickListEntry;
import org.impsiwf.ssp.primitives.NickName;
import org.impsiwf.ssp.primitives.PresenceAttribute;
import org.impsiwf.ssp.primitives.Property;
import org.junit.jupiter.api.AutoClose;

/** Alice and her contact lists. */
abstract class OwnContactLists {

    static final NickName BOBBY = new NickName("Bobby", BOB);
    static final ContactListId FAMILY = new ContactListId("wv:alice/family@home.example.com");

    @AutoClose
    final PresenceDomain domain = new PresenceDomain();

    static CreateContactListRequest create(
            ContactListId list, ContactListProperties properties, NickListEntry... members) {
        return new CreateContactListRequest(by(ALICE), list, Optional.of(properties), List.of(members));
    }

    static ContactListProperties properties(String name, String value) {
        return new ContactListProperties(List.of(new Property(name, value)));
    }

    static ContactListProperties none() {
        return new ContactListProperties(List.of());
    }

    GetContactListResponse lists() {
        return (GetContactListResponse) domain.ask(ALICE, new GetContactListRequest(by(ALICE)));
    }

    List<NickListEntry> members(ContactListId list) {
        return ((ContactListMemberResponse) domain.ask(ALICE, new GetListMemberRequest(by(ALICE), list))).userList();
    }

    List<Property> properties(ContactListId list) {
        return ((ContactListPropsResponse) domain.ask(ALICE, new GetListPropsRequest(by(ALICE), list)))
                .contactListProps()
                .properties();
    }

    List<PresenceAttribute> attributesOf(ContactListId list) {
        GetAttrListResponse response = (GetAttrListResponse)
                domain.ask(ALICE, new GetAttrListRequest(by(ALICE), false, List.of(list), List.of()));
        return response.attributeAssociationList().getFirst().attributes().attributes();
    }
}
