package org.impsiwf.ssp.elements.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.ALICE;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.BOB;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.CAROL;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.DAVE;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.FRIENDS;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.WORK;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.add;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.attributeList;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.by;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.subscribe;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.update;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.values;
import static org.impsiwf.ssp.primitives.PresenceAttribute.STATUS_MOOD;
import static org.impsiwf.ssp.primitives.PresenceAttribute.STATUS_TEXT;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.impsiwf.ssp.primitives.ContactListId;
import org.impsiwf.ssp.primitives.ContactListPrimitive.CreateAttrListRequest;
import org.impsiwf.ssp.primitives.ContactListPrimitive.DeleteAttrListRequest;
import org.impsiwf.ssp.primitives.ContactListPrimitive.RemoveListMemberRequest;
import org.impsiwf.ssp.primitives.NotificationType;
import org.impsiwf.ssp.primitives.PresenceAttributeList;
import org.impsiwf.ssp.primitives.UserId;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Alice publishes; what others see of it is what her attribute lists say. */
class AuthorisationTest {

    @AutoClose
    private final PresenceDomain domain = new PresenceDomain();

    @BeforeEach
    void alicePublishes() {
        domain.list(FRIENDS, BOB).list(WORK, BOB, CAROL).publish(ALICE, values("writing", "EXCITED"));
    }

    @Test
    @Tag("SSP-367")
    void whoIsAuthorisedSeesAtOnce_andNobodyIsAsked() {
        domain.ask(ALICE, create(true, Optional.empty(), Optional.empty(), List.of(), List.of(BOB)));
        domain.raised.clear();

        domain.ask(BOB, subscribe(BOB, List.of(STATUS_TEXT), ALICE));

        assertThat(domain.seenBy(BOB)).containsExactly("alice StatusText=writing");
        assertThat(domain.raised).isEmpty();
    }

    @Test
    @Tag("SSP-367")
    @Tag("SSP-368")
    void whoIsNotAuthorisedIsAcceptedAndSeesNothing_andThePublisherIsAsked_AND() {
        domain.ask(ALICE, create(true, Optional.empty(), Optional.empty(), List.of(WORK), List.of()));
        domain.raised.clear();

        int code = PresenceDomain.codeOf(domain.askFromAway(DAVE, subscribe(DAVE, ALICE)));

        assertThat(code).isEqualTo(200);
        assertThat(domain.seenBy(DAVE)).isEmpty();
        assertThat(domain.raised).singleElement().satisfies(one -> {
            assertThat(one.type()).isEqualTo(NotificationType.AND);
            assertThat(one.users()).containsExactly(ALICE);
            assertThat(one.notice().users()).containsExactly(DAVE);
            assertThat(one.notice().defaultList()).contains(true);
        });
    }

    @Test
    @Tag("SSP-367")
    void whoAsksForMoreThanTheOwnAttributeListAllows_ANU() {
        domain.ask(ALICE, create(false, Optional.of(true), Optional.empty(), List.of(), List.of(BOB)));
        domain.raised.clear();

        domain.ask(BOB, subscribe(BOB, ALICE));

        assertThat(domain.seenBy(BOB)).containsExactly("alice StatusText=writing");
        assertThat(domain.raised).singleElement().satisfies(one -> {
            assertThat(one.type()).isEqualTo(NotificationType.ANU);
            assertThat(one.users()).containsExactly(ALICE);
            assertThat(one.notice().users()).containsExactly(BOB);
        });
    }

    @Test
    @Tag("SSP-367")
    void whoAsksForMoreThanTheAttributeListOfAContactListAllows_ANC() {
        domain.ask(ALICE, create(false, Optional.empty(), Optional.of(true), List.of(WORK), List.of()));
        domain.raised.clear();

        domain.ask(CAROL, subscribe(CAROL, ALICE));

        assertThat(domain.raised).singleElement().satisfies(one -> {
            assertThat(one.type()).isEqualTo(NotificationType.ANC);
            assertThat(one.notice().contactLists()).containsExactly(WORK);
            assertThat(one.notice().users()).containsExactly(CAROL);
        });
    }

    @Test
    void aPublisherWhoDoesNotWantToBeAskedIsNot() {
        domain.ask(ALICE, create(false, Optional.of(false), Optional.of(false), List.of(WORK), List.of(BOB)));
        domain.raised.clear();

        domain.ask(BOB, subscribe(BOB, ALICE));
        domain.ask(CAROL, subscribe(CAROL, ALICE));
        domain.askFromAway(DAVE, subscribe(DAVE, ALICE));

        assertThat(domain.raised).isEmpty();
    }

    @Test
    void aPublisherIsNotAskedTwiceForTheSame() {
        domain.ask(ALICE, create(true, Optional.empty(), Optional.empty(), List.of(WORK), List.of()));
        domain.raised.clear();

        domain.askFromAway(DAVE, subscribe(DAVE, List.of(STATUS_TEXT), ALICE));
        domain.askFromAway(DAVE, subscribe(DAVE, List.of(STATUS_TEXT), ALICE));
        domain.askFromAway(DAVE, subscribe(DAVE, List.of(STATUS_TEXT, STATUS_MOOD), ALICE));

        assertThat(domain.noticesTo(ALICE)).containsExactly(NotificationType.AND, NotificationType.AND);
    }

    @Test
    @Tag("SSP-367")
    @Tag("SSP-369")
    void onceThePublisherAgreesTheWaitingWatcherSees() {
        domain.askFromAway(DAVE, subscribe(DAVE, ALICE));
        assertThat(domain.seenBy(DAVE)).isEmpty();

        domain.authorise(ALICE, DAVE, STATUS_MOOD);
        assertThat(domain.seenBy(DAVE)).containsExactly("alice StatusMood=EXCITED");

        domain.sap.forget();
        domain.authorise(ALICE, DAVE, STATUS_MOOD, STATUS_TEXT);
        assertThat(domain.seenBy(DAVE)).as("what is new").containsExactly("alice StatusText=writing");
    }

    @Test
    void aPublisherWhoSaysNoShowsNothing() {
        domain.authoriseAll(ALICE, STATUS_TEXT).authorise(ALICE, DAVE);

        domain.askFromAway(DAVE, subscribe(DAVE, ALICE));
        domain.ask(ALICE, update(ALICE, values("gone", "SAD")));

        assertThat(domain.seenBy(DAVE)).isEmpty();
    }

    @Test
    void whatIsNoLongerAuthorisedIsNoLongerShown() {
        domain.authorise(ALICE, BOB, STATUS_TEXT, STATUS_MOOD);
        domain.ask(BOB, subscribe(BOB, ALICE));
        domain.sap.forget();

        domain.authorise(ALICE, BOB, STATUS_MOOD);
        domain.ask(ALICE, update(ALICE, values("gone", "SAD")));
        assertThat(domain.seenBy(BOB)).containsExactly("alice StatusMood=SAD");

        domain.sap.forget();
        domain.ask(ALICE, new DeleteAttrListRequest(by(ALICE), false, List.of(), List.of(BOB)));
        domain.ask(ALICE, update(ALICE, values("here", "HAPPY")));
        assertThat(domain.seenBy(BOB)).isEmpty();
    }

    @Test
    void theAttributeListOfTheUserGoesBeforeThoseOfLists_andTheseBeforeTheDefault() {
        domain.authoriseAll(ALICE, STATUS_TEXT);
        domain.askFromAway(DAVE, subscribe(DAVE, ALICE));
        domain.ask(CAROL, subscribe(CAROL, ALICE));
        domain.ask(BOB, subscribe(BOB, ALICE));
        domain.sap.forget();

        domain.ask(ALICE, attributeList(ALICE, List.of(STATUS_MOOD), false, List.of(WORK), List.of()));
        assertThat(domain.seenBy(CAROL)).containsExactly("alice StatusMood=EXCITED");
        domain.authorise(ALICE, BOB, STATUS_TEXT);
        domain.sap.forget();
        domain.ask(ALICE, update(ALICE, values("done", "HAPPY")));

        assertThat(domain.seenBy(DAVE)).containsExactly("alice StatusText=done");
        assertThat(domain.seenBy(CAROL)).containsExactly("alice StatusMood=HAPPY");
        assertThat(domain.seenBy(BOB)).containsExactly("alice StatusText=done");
    }

    @Test
    void whoIsInTwoListsSeesWhatEitherAllows() {
        domain.ask(ALICE, attributeList(ALICE, List.of(STATUS_MOOD), false, List.of(WORK), List.of()));
        domain.ask(ALICE, attributeList(ALICE, List.of(STATUS_TEXT), false, List.of(FRIENDS), List.of()));

        domain.ask(BOB, subscribe(BOB, ALICE));
        domain.ask(CAROL, subscribe(CAROL, ALICE));

        assertThat(domain.seenBy(BOB)).containsExactly("alice StatusText=writing StatusMood=EXCITED");
        assertThat(domain.seenBy(CAROL)).containsExactly("alice StatusMood=EXCITED");
    }

    @Test
    void comingIntoAListAndGoingOutOfItChangesWhatIsShown() {
        domain.ask(ALICE, attributeList(ALICE, List.of(STATUS_MOOD), false, List.of(WORK), List.of()));
        domain.askFromAway(DAVE, subscribe(DAVE, ALICE));

        domain.ask(ALICE, add(WORK, DAVE));
        assertThat(domain.seenBy(DAVE)).containsExactly("alice StatusMood=EXCITED");

        domain.sap.forget();
        domain.ask(ALICE, new RemoveListMemberRequest(by(ALICE), WORK, List.of(DAVE)));
        domain.ask(ALICE, update(ALICE, values("done", "HAPPY")));
        assertThat(domain.seenBy(DAVE)).isEmpty();
    }

    @Test
    void theDefaultListIsForEverybodyWhoIsNotNamed_alsoLater() {
        domain.askFromAway(DAVE, subscribe(DAVE, ALICE));
        domain.ask(BOB, subscribe(BOB, ALICE));
        domain.authorise(ALICE, BOB);

        domain.authoriseAll(ALICE, STATUS_TEXT);

        assertThat(domain.seenBy(DAVE)).containsExactly("alice StatusText=writing");
        assertThat(domain.seenBy(BOB)).isEmpty();
    }

    @Test
    void everybodySeesAllOfTheOwnPresence() {
        domain.ask(ALICE, subscribe(ALICE, ALICE));

        assertThat(domain.seenBy(ALICE)).containsExactly("alice StatusText=writing StatusMood=EXCITED");
        assertThat(domain.noticesTo(ALICE)).doesNotContain(NotificationType.AND);
    }

    @Test
    void aSearchLearnsOnlyWhatIsDisclosedToWhoSearches() {
        domain.authorise(ALICE, BOB, STATUS_TEXT).publish(CAROL, values("secret", "SAD"));

        Map<UserId, ?> toBob = domain.presence.disclosed(List.of(ALICE, CAROL), BOB, Set.of(STATUS_TEXT, STATUS_MOOD));

        assertThat(toBob).isEqualTo(Map.of(ALICE, PresenceDomain.statusText("writing")));
        assertThat(domain.presence.disclosed(List.of(ALICE), CAROL, Set.of(STATUS_TEXT)))
                .isEmpty();
    }

    private static CreateAttrListRequest create(
            boolean defaultNotify,
            Optional<Boolean> userNotify,
            Optional<Boolean> listNotify,
            List<ContactListId> lists,
            List<UserId> users) {
        return new CreateAttrListRequest(
                by(ALICE),
                new PresenceAttributeList(List.of(STATUS_TEXT)),
                false,
                lists,
                users,
                defaultNotify,
                userNotify,
                listNotify);
    }
}
