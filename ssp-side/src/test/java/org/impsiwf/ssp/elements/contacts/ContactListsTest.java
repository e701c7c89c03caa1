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
import static org.impsiwf.ssp.elements.presence.PresenceDomain.transaction;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.impsiwf.ssp.codec.Dialect;
import org.impsiwf.ssp.codec.Mode;
import org.impsiwf.ssp.codec.SspCodec;
import org.impsiwf.ssp.codec.SspMessage;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.elements.presence.PresenceDomain;
import org.impsiwf.ssp.elements.presence.PresenceDomain.Transaction;
import org.impsiwf.ssp.elements.presence.PresenceSettings;
import org.impsiwf.ssp.primitives.ContactListId;
import org.impsiwf.ssp.primitives.ContactListPrimitive.AddListMemberRequest;
import org.impsiwf.ssp.primitives.ContactListPrimitive.ContactListMemberResponse;
import org.impsiwf.ssp.primitives.ContactListPrimitive.ContactListPropsResponse;
import org.impsiwf.ssp.primitives.ContactListPrimitive.CreateContactListRequest;
import org.impsiwf.ssp.primitives.ContactListPrimitive.DeleteAttrListRequest;
import org.impsiwf.ssp.primitives.ContactListPrimitive.DeleteContactListRequest;
import org.impsiwf.ssp.primitives.ContactListPrimitive.GetAttrListRequest;
import org.impsiwf.ssp.primitives.ContactListPrimitive.GetAttrListResponse;
import org.impsiwf.ssp.primitives.ContactListPrimitive.GetContactListRequest;
import org.impsiwf.ssp.primitives.ContactListPrimitive.GetContactListResponse;
import org.impsiwf.ssp.primitives.ContactListPrimitive.GetListMemberRequest;
import org.impsiwf.ssp.primitives.ContactListPrimitive.GetListPropsRequest;
import org.impsiwf.ssp.primitives.ContactListPrimitive.RemoveListMemberRequest;
import org.impsiwf.ssp.primitives.ContactListPrimitive.SetListPropsRequest;
import org.impsiwf.ssp.primitives.ContactListProperties;
import org.impsiwf.ssp.primitives.NickListEntry;
import org.impsiwf.ssp.primitives.NickName;
import org.impsiwf.ssp.primitives.NotificationType;
import org.impsiwf.ssp.primitives.PresenceAttribute;
import org.impsiwf.ssp.primitives.PresencePrimitive.GetWatcherListRequest;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Property;
import org.impsiwf.ssp.primitives.SessionId;
import org.impsiwf.ssp.primitives.Status.DetailedResult;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.TransactionId;
import org.impsiwf.ssp.primitives.UserId;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("IMPS-SSP-PRSE-S-001")
class ContactListsTest {

    private static final NickName BOBBY = new NickName("Bobby", BOB);
    private static final ContactListId FAMILY = new ContactListId("wv:alice/family@home.example.com");

    @AutoClose
    private final PresenceDomain domain = new PresenceDomain();

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
    @Tag("SSP-342")
    void aLimitOfListsIsHeld() {
        domain.with(PresenceSettings.DEFAULT, new ContactLimits(2, 10, 10));
        domain.list(FRIENDS).list(WORK);

        assertThat(domain.code(ALICE, create(FAMILY, none()))).isEqualTo(403);
        assertThat(lists().contactListIdList()).containsExactly(FRIENDS, WORK);
    }

    @Test
    void aLimitOfMembersIsHeld() {
        domain.with(PresenceSettings.DEFAULT, new ContactLimits(2, 2, 10));
        domain.list(FRIENDS, BOB, CAROL);

        assertThat(domain.code(ALICE, add(FRIENDS, DAVE))).isEqualTo(403);
        assertThat(domain.code(ALICE, add(FRIENDS, BOBBY))).isEqualTo(200);
        assertThat(members(FRIENDS)).containsExactly(BOBBY, CAROL);
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
    @Tag("SSP-335")
    void nobodyElseSeesAList_norWhetherThereIsOne() {
        domain.list(FRIENDS, BOB);

        assertThat(domain.code(BOB, new GetListMemberRequest(by(BOB), FRIENDS))).isEqualTo(403);
        assertThat(domain.code(BOB, new GetListMemberRequest(by(BOB), FAMILY))).isEqualTo(403);
        assertThat(domain.code(BOB, new DeleteContactListRequest(by(BOB), List.of(FRIENDS))))
                .isEqualTo(403);
        assertThat(domain.code(BOB, create(FAMILY, none()))).isEqualTo(403);
        assertThat(((GetContactListResponse) domain.ask(BOB, new GetContactListRequest(by(BOB)))).contactListIdList())
                .isEmpty();
        assertThat(members(FRIENDS)).containsExactly(BOB);
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

    static Stream<Arguments> unknownLists() {
        return Stream.of(
                Arguments.of(transaction("DeleteContactList"), new DeleteContactListRequest(by(ALICE), List.of(WORK))),
                Arguments.of(transaction("GetListMember"), new GetListMemberRequest(by(ALICE), WORK)),
                Arguments.of(transaction("AddListMember"), add(WORK, BOB)),
                Arguments.of(
                        transaction("RemoveListMember"), new RemoveListMemberRequest(by(ALICE), WORK, List.of(BOB))),
                Arguments.of(transaction("GetListProperties"), new GetListPropsRequest(by(ALICE), WORK)),
                Arguments.of(
                        transaction("SetListProperties"),
                        new SetListPropsRequest(by(ALICE), WORK, properties("Default", "T"))),
                Arguments.of(
                        transaction("CreateAttributeList"),
                        PresenceDomain.attributeList(ALICE, List.of(), false, List.of(WORK), List.of())));
    }

    @ParameterizedTest(name = "{0} [status:700]")
    @MethodSource("unknownLists")
    void aListThatDoesNotExistIsRefused(Transaction transaction, Primitive request) {
        domain.list(FRIENDS);

        assertThat(domain.code(ALICE, request)).isEqualTo(700);
    }

    @Test
    @Tag("tx:CreateContactList")
    @Tag("status:701")
    void aListThatExistsIsNotCreatedAgain() {
        domain.list(FRIENDS, BOB);

        assertThat(domain.code(ALICE, create(FRIENDS, none(), CAROL))).isEqualTo(701);
        assertThat(members(FRIENDS)).containsExactly(BOB);
    }

    static Stream<Arguments> oddProperties() {
        return Stream.of(properties("Colour", "red"), properties("Default", "maybe"))
                .flatMap(odd -> Stream.of(
                        Arguments.of(transaction("CreateContactList"), create(WORK, odd)),
                        Arguments.of(
                                transaction("SetListProperties"), new SetListPropsRequest(by(ALICE), FRIENDS, odd))));
    }

    @ParameterizedTest(name = "{0} [status:752]")
    @MethodSource("oddProperties")
    void aPropertyOrValueThatThereIsNotIsRefused(Transaction transaction, Primitive request) {
        domain.list(FRIENDS);

        assertThat(domain.code(ALICE, request)).isEqualTo(752);
        assertThat(lists().contactListIdList()).containsExactly(FRIENDS);
    }

    static Stream<Arguments> unknownMembers() {
        return Stream.of(
                Arguments.of(transaction("CreateContactList"), create(WORK, none(), BOB, NOBODY), WORK),
                Arguments.of(transaction("AddListMember"), add(FRIENDS, BOB, NOBODY), FRIENDS));
    }

    @ParameterizedTest(name = "{0} [status:531]")
    @MethodSource("unknownMembers")
    void anUnknownMemberIsReportedAndTheOthersAreTaken_201(
            Transaction transaction, Primitive request, ContactListId list) {
        domain.list(FRIENDS);

        Primitive answer = domain.ask(ALICE, request);

        assertThat(codeOf(answer)).isEqualTo(201);
        assertThat(statusOf(answer).detailedResult())
                .containsExactly(DetailedResult.ofUsers(StatusCode.UNKNOWN_USER, List.of(NOBODY)));
        assertThat(members(list)).containsExactly(BOB);
    }

    static Stream<Arguments> everyTransaction() {
        ContactListId list = new ContactListId("wv:nobody/list@home.example.com");
        ContactListProperties none = none();
        return Stream.of(
                Arguments.of(
                        transaction("CreateContactList"),
                        new CreateContactListRequest(by(NOBODY), list, Optional.of(none), List.of())),
                Arguments.of(transaction("DeleteContactList"), new DeleteContactListRequest(by(NOBODY), List.of(list))),
                Arguments.of(transaction("GetContactList"), new GetContactListRequest(by(NOBODY))),
                Arguments.of(transaction("GetListMember"), new GetListMemberRequest(by(NOBODY), list)),
                Arguments.of(
                        transaction("AddListMember"),
                        new AddListMemberRequest(by(NOBODY), list, List.of(BOB), Optional.empty())),
                Arguments.of(
                        transaction("RemoveListMember"), new RemoveListMemberRequest(by(NOBODY), list, List.of(BOB))),
                Arguments.of(transaction("GetListProperties"), new GetListPropsRequest(by(NOBODY), list)),
                Arguments.of(transaction("SetListProperties"), new SetListPropsRequest(by(NOBODY), list, none)),
                Arguments.of(
                        transaction("CreateAttributeList"),
                        PresenceDomain.attributeList(NOBODY, List.of(), true, List.of(), List.of())),
                Arguments.of(
                        transaction("DeleteAttrList"),
                        new DeleteAttrListRequest(by(NOBODY), true, List.of(), List.of())),
                Arguments.of(
                        transaction("GetAttrList"), new GetAttrListRequest(by(NOBODY), true, List.of(), List.of())),
                Arguments.of(transaction("GetWatcherList"), new GetWatcherListRequest(by(NOBODY))));
    }

    @ParameterizedTest(name = "{0} [status:531]")
    @MethodSource("everyTransaction")
    void whoIsNoUserOfOursHasNoListsHere(Transaction transaction, Primitive request) {
        assertThat(domain.code(NOBODY, request)).isEqualTo(531);
        assertThat(domain.contactStore.listsOf(NOBODY)).isEmpty();
    }

    @Test
    @Tag("tx:AddListMember")
    @Tag("status:531")
    void onlyUnknownMembersAreRefusedAsAWhole() {
        domain.list(FRIENDS, BOB);

        assertThat(domain.code(ALICE, add(FRIENDS, NOBODY))).isEqualTo(531);
        assertThat(members(FRIENDS)).containsExactly(BOB);
    }

    @Test
    @Tag("tx:AddListMember")
    void whoGetsNoPlaceOnTheGrantListHasChangedNothing_756() {
        domain.list(FRIENDS, BOB);
        ContactsElement full = new ContactsElement(
                domain.contactStore,
                domain.sap,
                user -> true,
                (owner, entity) -> {
                    throw Refusal.of(
                            StatusCode.THE_MAXIMUM_NUMBER_OF_USERS_IN_GRANT_LIST_HAS_BEEN_REACHED_FOR_THE_USER);
                },
                (notice, users) -> {},
                ContactListObserver.NONE,
                ContactLimits.DEFAULT,
                AttributeSet.ALL);
        domain.contacts = full;

        int code = domain.code(ALICE, new AddListMemberRequest(by(ALICE), FRIENDS, List.of(CAROL), Optional.of(true)));

        assertThat(code).isEqualTo(756);
        assertThat(members(FRIENDS)).containsExactly(BOB);
    }

    @Test
    void anAddressThatNamesNoOwnerIsNoContactList_402() {
        ContactListId odd = new ContactListId("wv:friends@home.example.com");

        assertThat(domain.code(ALICE, create(odd, none()))).isEqualTo(402);
    }

    @Test
    void aNameThatIsTooLongIsRefused_441() {
        assertThat(domain.code(ALICE, create(FRIENDS, none(), new NickName("x".repeat(300), BOB))))
                .isEqualTo(441);
        assertThat(domain.code(ALICE, create(FRIENDS, properties("DisplayName", "x".repeat(300)))))
                .isEqualTo(441);
        ContactListId endless = new ContactListId("wv:alice/" + "x".repeat(300) + "@home.example.com");
        assertThat(domain.code(ALICE, create(endless, none()))).isEqualTo(441);
    }

    private static CreateContactListRequest create(
            ContactListId list, ContactListProperties properties, NickListEntry... members) {
        return new CreateContactListRequest(by(ALICE), list, Optional.of(properties), List.of(members));
    }

    private static ContactListProperties properties(String name, String value) {
        return new ContactListProperties(List.of(new Property(name, value)));
    }

    private static ContactListProperties none() {
        return new ContactListProperties(List.of());
    }

    private GetContactListResponse lists() {
        return (GetContactListResponse) domain.ask(ALICE, new GetContactListRequest(by(ALICE)));
    }

    private List<NickListEntry> members(ContactListId list) {
        return ((ContactListMemberResponse) domain.ask(ALICE, new GetListMemberRequest(by(ALICE), list))).userList();
    }

    private List<Property> properties(ContactListId list) {
        return ((ContactListPropsResponse) domain.ask(ALICE, new GetListPropsRequest(by(ALICE), list)))
                .contactListProps()
                .properties();
    }

    private List<PresenceAttribute> attributesOf(ContactListId list) {
        GetAttrListResponse response = (GetAttrListResponse)
                domain.ask(ALICE, new GetAttrListRequest(by(ALICE), false, List.of(list), List.of()));
        return response.attributeAssociationList().getFirst().attributes().attributes();
    }
}
