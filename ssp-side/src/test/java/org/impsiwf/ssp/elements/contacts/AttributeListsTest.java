package org.impsiwf.ssp.elements.contacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.ALICE;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.BOB;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.CAROL;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.DAVE;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.FRIENDS;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.NOBODY;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.WORK;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.attributeList;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.by;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.codeOf;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.statusOf;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.transaction;
import static org.impsiwf.ssp.primitives.PresenceAttribute.ONLINE_STATUS;
import static org.impsiwf.ssp.primitives.PresenceAttribute.STATUS_MOOD;
import static org.impsiwf.ssp.primitives.PresenceAttribute.STATUS_TEXT;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.impsiwf.ssp.elements.presence.PresenceDomain;
import org.impsiwf.ssp.elements.presence.PresenceDomain.Transaction;
import org.impsiwf.ssp.elements.presence.PresenceSettings;
import org.impsiwf.ssp.primitives.ContactListId;
import org.impsiwf.ssp.primitives.ContactListPrimitive.AttributeAssociation;
import org.impsiwf.ssp.primitives.ContactListPrimitive.CreateAttrListRequest;
import org.impsiwf.ssp.primitives.ContactListPrimitive.DefaultAssociation;
import org.impsiwf.ssp.primitives.ContactListPrimitive.DeleteAttrListRequest;
import org.impsiwf.ssp.primitives.ContactListPrimitive.DeleteContactListRequest;
import org.impsiwf.ssp.primitives.ContactListPrimitive.GetAttrListRequest;
import org.impsiwf.ssp.primitives.ContactListPrimitive.GetAttrListResponse;
import org.impsiwf.ssp.primitives.NotificationType;
import org.impsiwf.ssp.primitives.PresenceAttribute;
import org.impsiwf.ssp.primitives.PresenceAttributeList;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Status.DetailedResult;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.UserId;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("IMPS-SSP-PRSE-S-002")
class AttributeListsTest {

    private static final Optional<Boolean> UNSAID = Optional.empty();
    private static final Optional<Boolean> YES = Optional.of(true);
    private static final Optional<Boolean> NO = Optional.of(false);

    @AutoClose
    private final PresenceDomain domain = new PresenceDomain();

    @BeforeEach
    void lists() {
        domain.list(FRIENDS, BOB).list(WORK, CAROL, DAVE);
    }

    @Test
    @Tag("tx:CreateAttributeList")
    @Tag("tx:GetAttrList")
    @Tag("SSP-356")
    @Tag("SSP-362")
    void anAttributeListIsAttachedToListsAndUsers() {
        int code = domain.code(
                ALICE,
                attributeList(ALICE, List.of(STATUS_TEXT, STATUS_MOOD), false, List.of(FRIENDS, WORK), List.of(DAVE)));

        assertThat(code).isEqualTo(200);
        assertThat(get(List.of(WORK), List.of(DAVE)).attributeAssociationList())
                .containsExactlyInAnyOrder(
                        ofUser(DAVE, UNSAID, STATUS_TEXT, STATUS_MOOD), ofList(WORK, UNSAID, STATUS_TEXT, STATUS_MOOD));
    }

    @Test
    @Tag("tx:GetAttrList")
    @Tag("SSP-362")
    void withNobodyNamedAllAssociationsAreReturned() {
        domain.authorise(ALICE, DAVE, STATUS_TEXT).authorise(ALICE, BOB, ONLINE_STATUS);
        domain.ask(ALICE, attributeList(ALICE, List.of(STATUS_MOOD), false, List.of(WORK), List.of()));

        assertThat(get(List.of(), List.of()).attributeAssociationList())
                .containsExactlyInAnyOrder(
                        ofUser(DAVE, UNSAID, STATUS_TEXT),
                        ofUser(BOB, UNSAID, ONLINE_STATUS),
                        ofList(WORK, UNSAID, STATUS_MOOD));
        assertThat(getWithDefault().attributeAssociationList()).hasSize(3);
    }

    @Test
    @Tag("SSP-362")
    void theDefaultListIsReturnedWhenItIsAskedFor() {
        domain.ask(ALICE, create(List.of(STATUS_TEXT), true, true, UNSAID, UNSAID, List.of(), List.of()));

        assertThat(getWithDefault().defaultAssociationList())
                .contains(new DefaultAssociation(YES, new PresenceAttributeList(List.of(STATUS_TEXT))));
        assertThat(get(List.of(), List.of()).defaultAssociationList()).isEmpty();
    }

    @Test
    @Tag("SSP-357")
    @Tag("SSP-363")
    void flagsAreKeptPerUserPerListAndForTheDefaultList_alsoAcrossARestart() {
        domain.ask(ALICE, create(List.of(STATUS_TEXT), true, true, UNSAID, UNSAID, List.of(), List.of()));
        domain.ask(ALICE, create(List.of(STATUS_TEXT), false, true, YES, NO, List.of(FRIENDS), List.of(BOB)));
        domain.ask(ALICE, create(List.of(STATUS_TEXT), false, true, NO, YES, List.of(WORK), List.of(DAVE)));

        domain.with(PresenceSettings.DEFAULT); // new elements over the same database

        GetAttrListResponse kept = getWithDefault();
        assertThat(kept.defaultAssociationList().flatMap(DefaultAssociation::defaultNotify))
                .isEqualTo(YES);
        assertThat(kept.attributeAssociationList())
                .containsExactlyInAnyOrder(
                        ofUser(BOB, YES, STATUS_TEXT),
                        ofUser(DAVE, NO, STATUS_TEXT),
                        ofList(FRIENDS, NO, STATUS_TEXT),
                        ofList(WORK, YES, STATUS_TEXT));
    }

    @Test
    @Tag("SSP-358")
    void aFlagThatARequestLeavesOutKeepsItsValue() {
        domain.ask(ALICE, create(List.of(STATUS_TEXT), false, false, YES, YES, List.of(FRIENDS), List.of(BOB)));

        domain.ask(ALICE, create(List.of(STATUS_MOOD), false, false, UNSAID, UNSAID, List.of(FRIENDS), List.of(BOB)));

        assertThat(get(List.of(), List.of()).attributeAssociationList())
                .containsExactlyInAnyOrder(ofUser(BOB, YES, STATUS_MOOD), ofList(FRIENDS, YES, STATUS_MOOD));
    }

    @Test
    @Tag("SSP-364")
    void aFlagThatWasNeverSetIsNotReturned() {
        domain.authorise(ALICE, BOB, STATUS_TEXT);

        assertThat(get(List.of(), List.of(BOB)).attributeAssociationList())
                .singleElement()
                .satisfies(association -> {
                    assertThat(association.userNotify()).isEmpty();
                    assertThat(association.contactListNotify()).isEmpty();
                });
        assertThat(((GetAttrListResponse) domain.ask(BOB, new GetAttrListRequest(by(BOB), true, List.of(), List.of())))
                        .defaultAssociationList())
                .isEmpty();
    }

    @Test
    @Tag("SSP-359")
    void aNewAttributeListForTheSameTargetReplacesTheOld() {
        domain.authorise(ALICE, BOB, STATUS_TEXT, ONLINE_STATUS);

        domain.authorise(ALICE, BOB, STATUS_MOOD);

        assertThat(get(List.of(), List.of(BOB)).attributeAssociationList())
                .containsExactly(ofUser(BOB, UNSAID, STATUS_MOOD));
    }

    @Test
    @Tag("tx:DeleteAttrList")
    @Tag("SSP-360")
    void associationsAreRemovedAndNoOthers() {
        domain.ask(ALICE, attributeList(ALICE, List.of(STATUS_TEXT), true, List.of(FRIENDS, WORK), List.of(BOB, DAVE)));

        int code = domain.code(ALICE, new DeleteAttrListRequest(by(ALICE), false, List.of(FRIENDS), List.of(DAVE)));

        assertThat(code).isEqualTo(200);
        assertThat(getWithDefault().attributeAssociationList())
                .containsExactlyInAnyOrder(ofUser(BOB, UNSAID, STATUS_TEXT), ofList(WORK, UNSAID, STATUS_TEXT));
        assertThat(getWithDefault().defaultAssociationList()).isPresent();
    }

    @Test
    @Tag("tx:DeleteAttrList")
    @Tag("SSP-361")
    void anAttributeListWithoutAssociationsIsNotStoredAnyMore() {
        domain.ask(ALICE, attributeList(ALICE, List.of(STATUS_TEXT), true, List.of(FRIENDS), List.of(BOB)));

        domain.ask(ALICE, new DeleteAttrListRequest(by(ALICE), true, List.of(FRIENDS), List.of(BOB)));

        assertThat(rows("SELECT COUNT(*) FROM attribute_list")).isZero();
        assertThat(rows("SELECT COUNT(*) FROM contact_owner WHERE default_attributes IS NOT NULL"))
                .isZero();
    }

    @Test
    void anAttributeListGoesWithItsContactList() {
        domain.ask(ALICE, attributeList(ALICE, List.of(STATUS_TEXT), false, List.of(FRIENDS), List.of()));

        domain.ask(ALICE, new DeleteContactListRequest(by(ALICE), List.of(FRIENDS)));

        assertThat(rows("SELECT COUNT(*) FROM attribute_list")).isZero();
    }

    @Test
    void theLimitOfAssociationsIsHeld() {
        domain.with(PresenceSettings.DEFAULT, new ContactLimits(10, 10, 1));
        domain.authorise(ALICE, BOB, STATUS_TEXT).authorise(ALICE, BOB, STATUS_MOOD);

        assertThat(domain.code(ALICE, attributeList(ALICE, List.of(STATUS_TEXT), false, List.of(), List.of(CAROL))))
                .isEqualTo(403);
    }

    @Test
    void theOwnerIsToldWhatWasAuthorised_D27() {
        domain.raised.clear();

        domain.ask(ALICE, attributeList(ALICE, List.of(STATUS_TEXT), true, List.of(FRIENDS), List.of(BOB)));

        assertThat(domain.raised).singleElement().satisfies(one -> {
            assertThat(one.type()).isEqualTo(NotificationType.AC);
            assertThat(one.users()).containsExactly(ALICE);
            assertThat(one.notice().users()).containsExactly(BOB);
            assertThat(one.notice().contactLists()).containsExactly(FRIENDS);
            assertThat(one.notice().defaultList()).contains(true);
            assertThat(one.notice().attributes()).contains(new PresenceAttributeList(List.of(STATUS_TEXT)));
        });
    }

    static Stream<Arguments> ofNobody() {
        return Stream.of(
                Arguments.of(
                        transaction("CreateAttributeList"),
                        attributeList(ALICE, List.of(), false, List.of(), List.of(NOBODY))),
                Arguments.of(
                        transaction("DeleteAttrList"),
                        new DeleteAttrListRequest(by(ALICE), false, List.of(), List.of(NOBODY))));
    }

    @ParameterizedTest(name = "{0} [status:531]")
    @MethodSource("ofNobody")
    void anUnknownUserIsRefused(Transaction transaction, Primitive request) {
        assertThat(domain.code(ALICE, request)).isEqualTo(531);
    }

    @Test
    @Tag("tx:GetAttrList")
    @Tag("status:531")
    void anUnknownUserIsReportedBesideWhatThereIs() {
        domain.authorise(ALICE, BOB, STATUS_TEXT);

        Primitive answer = domain.ask(ALICE, new GetAttrListRequest(by(ALICE), false, List.of(), List.of(BOB, NOBODY)));

        assertThat(codeOf(answer)).isEqualTo(201);
        assertThat(statusOf(answer).detailedResult())
                .containsExactly(DetailedResult.ofUsers(StatusCode.UNKNOWN_USER, List.of(NOBODY)));
        assertThat(((GetAttrListResponse) answer).attributeAssociationList()).hasSize(1);
    }

    static Stream<Arguments> ofUnknownLists() {
        ContactListId none = new ContactListId("wv:alice/none@home.example.com");
        return Stream.of(
                Arguments.of(
                        transaction("CreateAttributeList"),
                        attributeList(ALICE, List.of(), false, List.of(none), List.of())),
                Arguments.of(
                        transaction("DeleteAttrList"),
                        new DeleteAttrListRequest(by(ALICE), false, List.of(none), List.of())),
                Arguments.of(
                        transaction("GetAttrList"),
                        new GetAttrListRequest(by(ALICE), false, List.of(none), List.of())));
    }

    @ParameterizedTest(name = "{0} [status:700]")
    @MethodSource("ofUnknownLists")
    void aListThatDoesNotExistIsRefused(Transaction transaction, Primitive request) {
        assertThat(domain.code(ALICE, request)).isEqualTo(700);
    }

    @Test
    @Tag("tx:CreateAttributeList")
    @Tag("status:750")
    void anAttributeThatTheDomainDoesNotKnowIsRefused() {
        domain.with(PresenceSettings.DEFAULT.withSupported(AttributeSet.of(ONLINE_STATUS, STATUS_TEXT)));

        assertThat(domain.code(ALICE, attributeList(ALICE, List.of(STATUS_MOOD), false, List.of(), List.of(BOB))))
                .isEqualTo(750);
        assertThat(rows("SELECT COUNT(*) FROM attribute_list")).isZero();
    }

    private static CreateAttrListRequest create(
            List<PresenceAttribute> attributes,
            boolean isDefault,
            boolean defaultNotify,
            Optional<Boolean> userNotify,
            Optional<Boolean> listNotify,
            List<ContactListId> lists,
            List<UserId> users) {
        return new CreateAttrListRequest(
                by(ALICE),
                new PresenceAttributeList(attributes),
                isDefault,
                lists,
                users,
                defaultNotify,
                userNotify,
                listNotify);
    }

    private GetAttrListResponse get(List<ContactListId> lists, List<UserId> users) {
        return (GetAttrListResponse) domain.ask(ALICE, new GetAttrListRequest(by(ALICE), false, lists, users));
    }

    private GetAttrListResponse getWithDefault() {
        return (GetAttrListResponse) domain.ask(ALICE, new GetAttrListRequest(by(ALICE), true, List.of(), List.of()));
    }

    private static AttributeAssociation ofUser(UserId user, Optional<Boolean> notify, PresenceAttribute... shown) {
        return new AttributeAssociation(
                notify, UNSAID, Optional.of(user), Optional.empty(), new PresenceAttributeList(List.of(shown)));
    }

    private static AttributeAssociation ofList(
            ContactListId list, Optional<Boolean> notify, PresenceAttribute... shown) {
        return new AttributeAssociation(
                UNSAID, notify, Optional.empty(), Optional.of(list), new PresenceAttributeList(List.of(shown)));
    }

    private int rows(String count) {
        return domain.database.read(
                handle -> handle.createQuery(count).mapTo(Integer.class).one());
    }
}
