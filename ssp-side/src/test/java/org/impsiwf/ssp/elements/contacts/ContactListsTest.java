package org.impsiwf.ssp.elements.contacts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.ALICE;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.BOB;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.CAROL;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.DAVE;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.FRIENDS;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.NOBODY;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.WORK;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.add;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.by;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.codeOf;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.statusOf;

import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.codec.Dialect;
import org.impsiwf.ssp.codec.Mode;
import org.impsiwf.ssp.codec.SspCodec;
import org.impsiwf.ssp.codec.SspMessage;
import org.impsiwf.ssp.elements.presence.PresenceDomain;
import org.impsiwf.ssp.primitives.ContactListId;
import org.impsiwf.ssp.primitives.ContactListPrimitive.AddListMemberRequest;
import org.impsiwf.ssp.primitives.ContactListPrimitive.ContactListMemberResponse;
import org.impsiwf.ssp.primitives.ContactListPrimitive.ContactListPropsResponse;
import org.impsiwf.ssp.primitives.ContactListPrimitive.DeleteContactListRequest;
import org.impsiwf.ssp.primitives.ContactListPrimitive.GetListMemberRequest;
import org.impsiwf.ssp.primitives.ContactListPrimitive.GetListPropsRequest;
import org.impsiwf.ssp.primitives.ContactListPrimitive.RemoveListMemberRequest;
import org.impsiwf.ssp.primitives.ContactListPrimitive.SetListPropsRequest;
import org.impsiwf.ssp.primitives.ContactListProperties;
import org.impsiwf.ssp.primitives.NotificationType;
import org.impsiwf.ssp.primitives.PresenceAttribute;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Property;
import org.impsiwf.ssp.primitives.SessionId;
import org.impsiwf.ssp.primitives.TransactionId;
import org.impsiwf.ssp.primitives.UserId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("IMPS-SSP-PRSE-S-001")
class ContactListsTest extends OwnContactLists {

    @Test
    @Tag("tx:CreateContactList")
    @Tag("SSP-340")
    void aListIsCreatedWithItsPropertiesAndMembers() {
        int code = domain.code(ALICE, create(FRIENDS, properties("DisplayName", "My friends"), BOBBY, DAVE));

        assertThat(code).isEqualTo(200);
        assertThat(members(FRIENDS)).containsExactly(BOBBY, DAVE);
        assertThat(properties(FRIENDS))
                .containsExactly(new Property("DisplayName", "My friends"), new Property("Default", "T"));
    }

    @Test
    @Tag("SSP-336")
    @Tag("SSP-341")
    @Tag("tx:GetContactList")
    @Tag("SSP-345")
    void aUserHasManyListsEachWithItsOwnIdAndMembers() {
        domain.list(FRIENDS, BOB).list(WORK, CAROL).list(FAMILY);

        assertThat(lists().contactListIdList()).containsExactly(FRIENDS, WORK, FAMILY);
        assertThat(lists().defaultCListId()).contains(FRIENDS);
        assertThat(members(FRIENDS)).containsExactly(BOB);
        assertThat(members(WORK)).containsExactly(CAROL);
        assertThat(members(FAMILY)).isEmpty();
    }

    @Test
    void aUserWithoutListsHasNone() {
        assertThat(lists().contactListIdList()).isEmpty();
        assertThat(lists().defaultCListId()).isEmpty();
    }

    @Test
    @Tag("SSP-337")
    void theFirstListBecomesTheDefaultUnasked() {
        domain.code(ALICE, create(FRIENDS, properties("Default", "F")));

        assertThat(lists().defaultCListId()).contains(FRIENDS);
    }

    @Test
    @Tag("SSP-338")
    void settingAnotherDefaultClearsTheFormerOne() {
        domain.list(FRIENDS).list(WORK);

        domain.ask(ALICE, new SetListPropsRequest(by(ALICE), WORK, properties("Default", "T")));

        assertThat(lists().defaultCListId()).contains(WORK);
        assertThat(properties(FRIENDS)).contains(new Property("Default", "F"));
        assertThat(properties(WORK)).contains(new Property("Default", "T"));
    }

    @Test
    @Tag("SSP-338")
    void aListCreatedAsDefaultClearsTheFormerOne() {
        domain.list(FRIENDS);

        domain.code(ALICE, create(WORK, properties("Default", "T")));

        assertThat(lists().defaultCListId()).contains(WORK);
    }

    @Test
    void theDefaultIsReplacedButNotTakenAway() {
        domain.list(FRIENDS).list(WORK);

        int code = domain.code(ALICE, new SetListPropsRequest(by(ALICE), FRIENDS, properties("Default", "F")));

        assertThat(code).isEqualTo(752);
        assertThat(lists().defaultCListId()).contains(FRIENDS);
    }

    @Test
    @Tag("tx:DeleteContactList")
    @Tag("SSP-343")
    void severalListsAreDeletedAtOnce() {
        domain.list(FRIENDS, BOB).list(WORK, CAROL).list(FAMILY);

        int code = domain.code(ALICE, new DeleteContactListRequest(by(ALICE), List.of(FRIENDS, WORK)));

        assertThat(code).isEqualTo(200);
        assertThat(lists().contactListIdList()).containsExactly(FAMILY);
        assertThat(codeOf(domain.ask(ALICE, new GetListMemberRequest(by(ALICE), WORK))))
                .isEqualTo(700);
        domain.list(FRIENDS);
        assertThat(members(FRIENDS)).isEmpty();
    }

    @Test
    void whenTheDefaultIsDeletedTheOldestListLeftTakesOver() {
        domain.list(FRIENDS).list(WORK).list(FAMILY);

        domain.ask(ALICE, new DeleteContactListRequest(by(ALICE), List.of(FRIENDS)));
        assertThat(lists().defaultCListId()).contains(WORK);

        domain.ask(ALICE, new DeleteContactListRequest(by(ALICE), List.of(WORK, FAMILY)));
        assertThat(lists().defaultCListId()).isEmpty();
    }

    @Test
    @Tag("tx:DeleteContactList")
    void whatExistsIsDeletedAndTheRestReported_201() {
        domain.list(FRIENDS);

        Primitive answer = domain.ask(ALICE, new DeleteContactListRequest(by(ALICE), List.of(FRIENDS, WORK)));

        assertThat(codeOf(answer)).isEqualTo(201);
        assertThat(statusOf(answer).detailedResult()).singleElement().satisfies(detail -> {
            assertThat(detail.code()).isEqualTo(700);
            assertThat(detail.description()).contains(WORK.value());
        });
        assertThat(lists().contactListIdList()).isEmpty();
    }

    @Test
    @Tag("tx:GetListMember")
    @Tag("SSP-346")
    void allMembersAreReturned() {
        domain.list(FRIENDS, BOBBY, CAROL, DAVE);

        ContactListMemberResponse response =
                (ContactListMemberResponse) domain.ask(ALICE, new GetListMemberRequest(by(ALICE), FRIENDS));

        assertThat(response.statusInfo().statusCode()).isEqualTo(200);
        assertThat(response.userList()).containsExactly(BOBBY, CAROL, DAVE);
    }

    @Test
    @Tag("tx:AddListMember")
    @Tag("SSP-347")
    void addingReturnsOldAndNewMembers() {
        domain.list(FRIENDS, BOB);

        ContactListMemberResponse response = (ContactListMemberResponse) domain.ask(ALICE, add(FRIENDS, CAROL, BOBBY));

        assertThat(response.userList()).containsExactly(BOBBY, CAROL);
        assertThat(members(FRIENDS)).containsExactly(BOBBY, CAROL);
    }

    @Test
    @Tag("tx:AddListMember")
    @Tag("SSP-348")
    @Tag("SSP-351")
    @Tag("SSP-352")
    void authorizeAndGrantPutsTheListOnTheGrantListAndLetsItsMembersSeeOnlineStatus() {
        domain.list(FRIENDS, BOB);
        AddListMemberRequest request = new AddListMemberRequest(by(ALICE), FRIENDS, List.of(CAROL), Optional.of(true));

        domain.ask(ALICE, request);
        domain.ask(ALICE, request);

        assertThat(domain.granted).containsExactly("wv:alice@home.example.com grants " + FRIENDS);
        assertThat(attributesOf(FRIENDS)).containsExactly(PresenceAttribute.ONLINE_STATUS);
    }

    @Test
    @Tag("SSP-352")
    void authorizeAndGrantKeepsTheAttributesThatTheListHadBefore() {
        domain.list(FRIENDS, BOB);
        domain.ask(
                ALICE,
                PresenceDomain.attributeList(
                        ALICE, List.of(PresenceAttribute.STATUS_TEXT), false, List.of(FRIENDS), List.of()));

        domain.ask(ALICE, new AddListMemberRequest(by(ALICE), FRIENDS, List.of(CAROL), Optional.of(true)));

        assertThat(attributesOf(FRIENDS))
                .containsExactly(PresenceAttribute.ONLINE_STATUS, PresenceAttribute.STATUS_TEXT);
    }

    @Test
    @Tag("SSP-350")
    void authorizeAndGrantFIsIgnored() {
        domain.list(FRIENDS, BOB);
        domain.ask(ALICE, new AddListMemberRequest(by(ALICE), FRIENDS, List.of(CAROL), Optional.of(true)));

        domain.ask(ALICE, new AddListMemberRequest(by(ALICE), FRIENDS, List.of(DAVE), Optional.of(false)));

        assertThat(members(FRIENDS)).containsExactly(BOB, CAROL, DAVE);
        assertThat(domain.granted).hasSize(1);
        assertThat(attributesOf(FRIENDS)).containsExactly(PresenceAttribute.ONLINE_STATUS);
    }

    @Test
    @Tag("SSP-349")
    void authorizeAndGrantFIsNeverSent() {
        AddListMemberRequest request = new AddListMemberRequest(by(ALICE), FRIENDS, List.of(CAROL), Optional.of(false));
        SspMessage message = SspMessage.InSession.of(
                new SessionId("s"), new SspMessage.Transaction(Mode.REQUEST, new TransactionId("t"), request));

        assertThat(new String(new SspCodec().encode(message, Dialect.OMA_1_3), UTF_8))
                .contains("AddListMemberRequest")
                .doesNotContainIgnoringCase("authorizeAndGrant");
    }

    @Test
    @Tag("tx:RemoveListMember")
    @Tag("SSP-353")
    void removingReturnsWhoIsLeft() {
        domain.list(FRIENDS, BOBBY, CAROL, DAVE);

        ContactListMemberResponse response = (ContactListMemberResponse)
                domain.ask(ALICE, new RemoveListMemberRequest(by(ALICE), FRIENDS, List.of(CAROL, NOBODY)));

        assertThat(response.userList()).containsExactly(BOBBY, DAVE);
        assertThat(members(FRIENDS)).containsExactly(BOBBY, DAVE);
    }

    @Test
    @Tag("tx:GetListProperties")
    @Tag("SSP-354")
    void propertiesAreReturned() {
        domain.list(FRIENDS);
        domain.code(ALICE, create(WORK, properties("DisplayName", "Colleagues")));

        ContactListPropsResponse response =
                (ContactListPropsResponse) domain.ask(ALICE, new GetListPropsRequest(by(ALICE), WORK));

        assertThat(response.contactListProps().properties())
                .containsExactly(new Property("DisplayName", "Colleagues"), new Property("Default", "F"));
    }

    @Test
    @Tag("tx:SetListProperties")
    @Tag("SSP-355")
    void propertiesAreSetAndTheNewOnesReturned() {
        domain.list(FRIENDS).list(WORK);

        ContactListPropsResponse response = (ContactListPropsResponse) domain.ask(
                ALICE,
                new SetListPropsRequest(
                        by(ALICE),
                        WORK,
                        new ContactListProperties(
                                List.of(new Property("DisplayName", "Office"), new Property("Default", "T")))));

        assertThat(response.contactListProps().properties())
                .containsExactly(new Property("DisplayName", "Office"), new Property("Default", "T"));
        assertThat(properties(WORK)).isEqualTo(response.contactListProps().properties());
    }

    @Test
    void addressesAreComparedWithoutRegardToCase() {
        domain.list(FRIENDS, BOB);
        ContactListId shouted = new ContactListId("wv:ALICE/Friends@Home.Example.COM");

        domain.ask(ALICE, add(shouted, new UserId("wv:BOB@home.example.com"), CAROL));

        assertThat(members(shouted)).containsExactly(BOB, CAROL);
        assertThat(domain.code(ALICE, create(shouted, none()))).isEqualTo(701);
    }

    @Test
    void ownersAndMembersAreToldWhatHappenedIfTheyAskedForIt_D27() {
        domain.list(FRIENDS, BOB);
        domain.ask(ALICE, add(FRIENDS, CAROL));
        domain.ask(ALICE, new DeleteContactListRequest(by(ALICE), List.of(FRIENDS)));

        assertThat(domain.noticesTo(ALICE))
                .containsExactly(NotificationType.CLCR, NotificationType.CLC, NotificationType.CLD);
        assertThat(domain.noticesTo(CAROL)).containsExactly(NotificationType.ATCL);
        assertThat(domain.raised.stream()
                        .filter(one -> one.type() == NotificationType.ATCL)
                        .map(one -> one.notice().users()))
                .containsOnly(List.of(ALICE));
        assertThat(domain.raised.stream()
                        .filter(one -> one.type() == NotificationType.ATCL)
                        .flatMap(one -> one.notice().contactLists().stream()))
                .as("members do not learn of the list")
                .isEmpty();
    }
}
