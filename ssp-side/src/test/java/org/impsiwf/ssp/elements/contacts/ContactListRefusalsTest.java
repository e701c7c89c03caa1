package org.impsiwf.ssp.elements.contacts;

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
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.elements.presence.PresenceDomain;
import org.impsiwf.ssp.elements.presence.PresenceDomain.Transaction;
import org.impsiwf.ssp.elements.presence.PresenceSettings;
import org.impsiwf.ssp.primitives.ContactListId;
import org.impsiwf.ssp.primitives.ContactListPrimitive.AddListMemberRequest;
import org.impsiwf.ssp.primitives.ContactListPrimitive.CreateContactListRequest;
import org.impsiwf.ssp.primitives.ContactListPrimitive.DeleteAttrListRequest;
import org.impsiwf.ssp.primitives.ContactListPrimitive.DeleteContactListRequest;
import org.impsiwf.ssp.primitives.ContactListPrimitive.GetAttrListRequest;
import org.impsiwf.ssp.primitives.ContactListPrimitive.GetContactListRequest;
import org.impsiwf.ssp.primitives.ContactListPrimitive.GetContactListResponse;
import org.impsiwf.ssp.primitives.ContactListPrimitive.GetListMemberRequest;
import org.impsiwf.ssp.primitives.ContactListPrimitive.GetListPropsRequest;
import org.impsiwf.ssp.primitives.ContactListPrimitive.RemoveListMemberRequest;
import org.impsiwf.ssp.primitives.ContactListPrimitive.SetListPropsRequest;
import org.impsiwf.ssp.primitives.ContactListProperties;
import org.impsiwf.ssp.primitives.NickName;
import org.impsiwf.ssp.primitives.PresencePrimitive.GetWatcherListRequest;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Status.DetailedResult;
import org.impsiwf.ssp.primitives.StatusCode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("IMPS-SSP-PRSE-S-001")
class ContactListRefusalsTest extends OwnContactLists {

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
}
