package org.impsiwf.ssp.elements.presence;

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
import static org.impsiwf.ssp.elements.presence.PresenceDomain.mood;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.statusOf;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.statusText;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.subscribe;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.transaction;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.update;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.values;
import static org.impsiwf.ssp.primitives.PresenceAttribute.STATUS_MOOD;
import static org.impsiwf.ssp.primitives.PresenceAttribute.STATUS_TEXT;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.impsiwf.ssp.elements.contacts.AttributeSet;
import org.impsiwf.ssp.elements.presence.PresenceDomain.Transaction;
import org.impsiwf.ssp.primitives.ContactListPrimitive.DeleteContactListRequest;
import org.impsiwf.ssp.primitives.ContactListPrimitive.RemoveListMemberRequest;
import org.impsiwf.ssp.primitives.PresenceAttribute;
import org.impsiwf.ssp.primitives.PresencePrimitive.GetPresenceRequest;
import org.impsiwf.ssp.primitives.PresencePrimitive.GetPresenceResponse;
import org.impsiwf.ssp.primitives.PresencePrimitive.GetWatcherListRequest;
import org.impsiwf.ssp.primitives.PresencePrimitive.GetWatcherListResponse;
import org.impsiwf.ssp.primitives.PresencePrimitive.SuspendRequest;
import org.impsiwf.ssp.primitives.PresencePrimitive.UnsubscribeRequest;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Status;
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

/** Who watches whom in our own domain, and what each is told. */
class SubscriptionTest {

    @AutoClose
    private final PresenceDomain domain = new PresenceDomain();

    @BeforeEach
    void bobAndCarolShowStatusTextAndMood() {
        domain.authoriseAll(BOB, STATUS_TEXT, STATUS_MOOD)
                .authoriseAll(CAROL, STATUS_TEXT, STATUS_MOOD)
                .publish(BOB, values("fishing", "HAPPY"))
                .publish(CAROL, values("at work", "BORED"));
    }

    @Test
    @Tag("tx:Subscribe")
    @Tag("SSP-365")
    @Tag("IMPS-SSP-PRSE-S-003")
    @Tag("SSP-368")
    @Tag("SSP-369")
    @Tag("SSP-374")
    void aSubscriptionIsAcceptedAndTheCurrentPresenceFollowsAtOnce() {
        Primitive answer = domain.ask(ALICE, subscribe(ALICE, BOB, CAROL));

        assertThat(answer).isEqualTo(Status.of(StatusCode.SUCCESSFUL));
        assertThat(domain.seenBy(ALICE))
                .containsExactly(
                        "bob StatusText=fishing StatusMood=HAPPY", "carol StatusText=at work StatusMood=BORED");
        assertThat(domain.sap.sent()).as("one notification about both").hasSize(1);
    }

    @Test
    @Tag("IMPS-SSP-SERV-S-004")
    void allThatThePresenceServiceMustDoInOneFlow() {
        assertThat(domain.code(ALICE, subscribe(ALICE, BOB))).isEqualTo(200);
        assertThat(domain.code(BOB, update(BOB, mood("SLEEPY")))).isEqualTo(200);
        assertThat(domain.seenBy(ALICE))
                .containsExactly("bob StatusText=fishing StatusMood=HAPPY", "bob StatusMood=SLEEPY");
        GetPresenceResponse now = (GetPresenceResponse)
                domain.ask(ALICE, new GetPresenceRequest(by(ALICE), List.of(BOB), List.of(), Optional.empty()));
        assertThat(now.presenceValueList().stream().map(PresenceDomain::line))
                .containsExactly("bob StatusText=fishing StatusMood=SLEEPY");
        domain.sap.forget();

        assertThat(domain.code(ALICE, new SuspendRequest(by(ALICE), List.of(BOB), List.of())))
                .isEqualTo(200);
        assertThat(domain.code(ALICE, new UnsubscribeRequest(by(ALICE), List.of(BOB), List.of())))
                .isEqualTo(200);
        domain.ask(BOB, update(BOB, mood("SAD")));
        assertThat(domain.sap.sent()).isEmpty();
    }

    @Test
    @Tag("SSP-370")
    @Tag("tx:PresenceNotification")
    @Tag("IMPS-SSP-PRSE-S-009")
    void laterChangesAreDelivered() {
        domain.ask(ALICE, subscribe(ALICE, BOB));
        domain.sap.forget();

        domain.ask(BOB, update(BOB, statusText("back")));
        domain.ask(BOB, update(BOB, mood("SAD")));

        assertThat(domain.seenBy(ALICE)).containsExactly("bob StatusText=back", "bob StatusMood=SAD");
    }

    @Test
    void anUpdateThatChangesNothingIsNotDelivered() {
        domain.ask(ALICE, subscribe(ALICE, BOB));
        domain.sap.forget();

        domain.ask(BOB, update(BOB, values("fishing", "HAPPY")));

        assertThat(domain.seenBy(ALICE)).isEmpty();
    }

    @Test
    @Tag("SSP-371")
    void whatIsDeliveredIsWhatWasAskedForAndIsAllowed() {
        domain.authorise(BOB, ALICE, STATUS_TEXT);
        domain.ask(ALICE, subscribe(ALICE, BOB));
        domain.ask(CAROL, subscribe(CAROL, List.of(STATUS_MOOD), BOB));

        domain.sap.forget();
        domain.ask(BOB, update(BOB, values("back", "SAD")));

        assertThat(domain.seenBy(ALICE)).containsExactly("bob StatusText=back");
        assertThat(domain.seenBy(CAROL)).containsExactly("bob StatusMood=SAD");
    }

    @Test
    @Tag("SSP-374")
    void anEmptyAttributeListAsksForAll() {
        domain.ask(ALICE, subscribe(ALICE, List.of(), BOB));

        assertThat(domain.seenBy(ALICE)).containsExactly("bob StatusText=fishing StatusMood=HAPPY");
    }

    @Test
    @Tag("SSP-366")
    @Tag("IMPS-SSP-PRSE-S-004")
    @Tag("tx:Subscribe")
    @Tag("tx:Unsubscribe")
    void contactListsAreSubscribedToAndUnsubscribed() {
        domain.list(FRIENDS, BOB, CAROL);

        assertThat(domain.code(ALICE, subscribe(ALICE, false, FRIENDS))).isEqualTo(200);
        assertThat(domain.seenBy(ALICE)).hasSize(2);
        domain.sap.forget();

        assertThat(domain.code(ALICE, new UnsubscribeRequest(by(ALICE), List.of(), List.of(FRIENDS))))
                .isEqualTo(200);
        domain.ask(BOB, update(BOB, statusText("back")));
        assertThat(domain.seenBy(ALICE)).isEmpty();
    }

    @Test
    @Tag("SSP-373")
    void withAutoSubscribeWhoComesIntoTheListIsSubscribedTo_andWhoGoesIsNot() {
        domain.list(FRIENDS, BOB);
        domain.ask(ALICE, subscribe(ALICE, true, FRIENDS));
        domain.sap.forget();

        domain.ask(ALICE, add(FRIENDS, CAROL));
        assertThat(domain.seenBy(ALICE)).containsExactly("carol StatusText=at work StatusMood=BORED");

        domain.ask(ALICE, new RemoveListMemberRequest(by(ALICE), FRIENDS, List.of(BOB)));
        assertThat(watchersOf(BOB)).isEmpty();
        assertThat(watchersOf(CAROL)).containsExactly(ALICE);
    }

    @Test
    @Tag("SSP-373")
    void withoutAutoSubscribeAListThatGrowsOrShrinksChangesNothing() {
        domain.list(FRIENDS, BOB);
        domain.ask(ALICE, subscribe(ALICE, true, FRIENDS));
        domain.ask(ALICE, subscribe(ALICE, false, FRIENDS));

        domain.ask(ALICE, add(FRIENDS, CAROL));
        domain.ask(ALICE, new RemoveListMemberRequest(by(ALICE), FRIENDS, List.of(BOB)));

        assertThat(watchersOf(CAROL)).isEmpty();
        assertThat(watchersOf(BOB)).containsExactly(ALICE);
    }

    @Test
    @Tag("SSP-373")
    void withAutoSubscribeTheSubscriptionsEndWithTheList() {
        domain.list(FRIENDS, BOB, CAROL).list(WORK, CAROL);
        domain.ask(ALICE, subscribe(ALICE, true, FRIENDS, WORK));

        domain.ask(ALICE, new DeleteContactListRequest(by(ALICE), List.of(FRIENDS)));

        assertThat(watchersOf(BOB)).isEmpty();
        assertThat(watchersOf(CAROL)).as("still in the other list").containsExactly(ALICE);
    }

    @Test
    void whomAUserAlsoAskedForByNameIsNotUnsubscribedWithTheList() {
        domain.list(FRIENDS, BOB);
        domain.ask(ALICE, subscribe(ALICE, BOB));
        domain.ask(ALICE, subscribe(ALICE, true, FRIENDS));

        domain.ask(ALICE, new DeleteContactListRequest(by(ALICE), List.of(FRIENDS)));

        assertThat(watchersOf(BOB)).containsExactly(ALICE);
    }

    @Test
    @Tag("SSP-344")
    @Tag("tx:DeleteContactList")
    void deletingAListDoesNotEndTheSubscriptionsToItsMembers() {
        domain.list(FRIENDS, BOB);
        domain.ask(ALICE, subscribe(ALICE, false, FRIENDS));
        domain.ask(ALICE, new DeleteContactListRequest(by(ALICE), List.of(FRIENDS)));
        domain.sap.forget();

        domain.ask(BOB, update(BOB, statusText("back")));

        assertThat(domain.seenBy(ALICE)).containsExactly("bob StatusText=back");
    }

    @Test
    @Tag("tx:Unsubscribe")
    @Tag("SSP-365")
    @Tag("SSP-375")
    void afterUnsubscribeNothingIsDeliveredAndTheWatcherIsGone() {
        domain.ask(ALICE, subscribe(ALICE, BOB, CAROL));
        domain.sap.forget();

        int code = domain.code(ALICE, new UnsubscribeRequest(by(ALICE), List.of(BOB), List.of()));

        assertThat(code).isEqualTo(200);
        domain.ask(BOB, update(BOB, statusText("back")));
        domain.ask(CAROL, update(CAROL, statusText("home")));
        assertThat(domain.seenBy(ALICE)).containsExactly("carol StatusText=home");
        assertThat(watchersOf(BOB)).isEmpty();
    }

    @Test
    @Tag("tx:Suspend")
    @Tag("SSP-365")
    @Tag("SSP-378")
    @Tag("IMPS-SSP-PRSE-S-011")
    void aSuspendedWatcherStaysInTheWatcherListAndIsToldAgainAfterANewSubscribe() {
        domain.ask(ALICE, subscribe(ALICE, BOB));
        domain.sap.forget();

        assertThat(domain.code(ALICE, new SuspendRequest(by(ALICE), List.of(BOB), List.of())))
                .isEqualTo(200);
        domain.ask(BOB, update(BOB, statusText("away")));
        assertThat(domain.seenBy(ALICE)).isEmpty();
        assertThat(watchersOf(BOB)).containsExactly(ALICE);

        domain.ask(ALICE, subscribe(ALICE, BOB));
        domain.ask(BOB, update(BOB, statusText("back")));
        assertThat(domain.seenBy(ALICE)).containsExactly("bob StatusText=away StatusMood=HAPPY", "bob StatusText=back");
    }

    @Test
    @Tag("tx:Suspend")
    @Tag("SSP-366")
    @Tag("IMPS-SSP-PRSE-S-012")
    void aContactListIsSuspended() {
        domain.list(FRIENDS, BOB, CAROL);
        domain.ask(ALICE, subscribe(ALICE, false, FRIENDS));
        domain.sap.forget();

        assertThat(domain.code(ALICE, new SuspendRequest(by(ALICE), List.of(), List.of(FRIENDS))))
                .isEqualTo(200);

        domain.ask(BOB, update(BOB, statusText("away")));
        domain.ask(CAROL, update(CAROL, statusText("home")));
        assertThat(domain.seenBy(ALICE)).isEmpty();
    }

    @Test
    @Tag("tx:GetWatcherList")
    @Tag("IMPS-SSP-PRSE-S-010")
    @Tag("SSP-339")
    void theWatcherListHasEverybodyWhoSubscribedWithWhatTheyAskedFor() {
        domain.list(FRIENDS, BOB);
        domain.ask(ALICE, subscribe(ALICE, false, FRIENDS));
        domain.ask(CAROL, subscribe(CAROL, List.of(STATUS_MOOD), BOB));
        domain.askFromAway(DAVE, subscribe(DAVE, BOB));

        assertThat(watchersOf(BOB)).containsExactlyInAnyOrder(ALICE, CAROL, DAVE);
        assertThat(domain.presenceStore.find(BOB, CAROL).orElseThrow().asked()).isEqualTo(AttributeSet.of(STATUS_MOOD));
        assertThat(domain.presenceStore.find(BOB, ALICE).orElseThrow().asked()).isEqualTo(AttributeSet.ALL);
    }

    @Test
    @Tag("SSP-372")
    void subscriptionsOutliveTheSessionOfTheirUser() {
        domain.ask(ALICE, subscribe(ALICE, BOB));
        domain.sap.offline(ALICE);
        domain.presence.sessionEnded(ALICE, Optional.empty());
        domain.with(PresenceSettings.DEFAULT);
        domain.sap.online(ALICE).forget();

        domain.ask(BOB, update(BOB, statusText("back")));

        assertThat(domain.seenBy(ALICE)).containsExactly("bob StatusText=back");
    }

    @Test
    @Tag("SSP-372")
    void orEndWithIt_asConfigured() {
        domain.with(PresenceSettings.DEFAULT.withPersistent(false));
        domain.list(FRIENDS, CAROL);
        domain.ask(ALICE, subscribe(ALICE, BOB));
        domain.ask(ALICE, subscribe(ALICE, true, FRIENDS));

        domain.sap.offline(ALICE);
        domain.presence.sessionEnded(ALICE, Optional.empty());

        assertThat(watchersOf(BOB)).isEmpty();
        assertThat(watchersOf(CAROL)).isEmpty();
        domain.ask(ALICE, add(FRIENDS, BOB));
        assertThat(watchersOf(BOB)).isEmpty();
    }

    @Test
    @Tag("tx:Subscribe")
    @Tag("status:758")
    void aFullWatcherListRefusesFurtherWatchers_butNotThoseInIt() {
        domain.with(PresenceSettings.DEFAULT.withWatchers(1));
        domain.ask(ALICE, subscribe(ALICE, BOB));

        assertThat(domain.code(CAROL, subscribe(CAROL, BOB))).isEqualTo(758);
        assertThat(domain.code(ALICE, subscribe(ALICE, BOB))).isEqualTo(200);
        assertThat(watchersOf(BOB)).containsExactly(ALICE);

        domain.ask(ALICE, new UnsubscribeRequest(by(ALICE), List.of(BOB), List.of()));
        assertThat(domain.code(CAROL, subscribe(CAROL, BOB))).isEqualTo(200);
    }

    @Test
    void aUserMayWatchOnlySoMany() {
        domain.with(PresenceSettings.DEFAULT.withSubscriptions(1));
        domain.ask(ALICE, subscribe(ALICE, BOB));

        assertThat(domain.code(ALICE, subscribe(ALICE, CAROL))).isEqualTo(403);
        assertThat(domain.code(ALICE, subscribe(ALICE, BOB))).isEqualTo(200);
    }

    static Stream<Arguments> toNobody() {
        List<UserId> nobody = List.of(NOBODY);
        return Stream.of(
                Arguments.of(transaction("Subscribe"), subscribe(ALICE, NOBODY)),
                Arguments.of(transaction("Unsubscribe"), new UnsubscribeRequest(by(ALICE), nobody, List.of())),
                Arguments.of(transaction("Suspend"), new SuspendRequest(by(ALICE), nobody, List.of())));
    }

    @ParameterizedTest(name = "{0} [status:531]")
    @MethodSource("toNobody")
    void anUnknownUserIsRefused(Transaction transaction, Primitive request) {
        assertThat(domain.code(ALICE, request)).isEqualTo(531);
    }

    @Test
    @Tag("tx:Subscribe")
    void anUnknownUserAmongOthersIsReported_201() {
        Primitive answer = domain.ask(ALICE, subscribe(ALICE, BOB, NOBODY));

        assertThat(codeOf(answer)).isEqualTo(201);
        assertThat(statusOf(answer).detailedResult())
                .containsExactly(DetailedResult.ofUsers(StatusCode.UNKNOWN_USER, List.of(NOBODY)));
        assertThat(watchersOf(BOB)).containsExactly(ALICE);
    }

    static Stream<Arguments> toUnknownLists() {
        return Stream.of(
                Arguments.of(transaction("Subscribe"), subscribe(ALICE, false, WORK)),
                Arguments.of(transaction("Unsubscribe"), new UnsubscribeRequest(by(ALICE), List.of(), List.of(WORK))),
                Arguments.of(transaction("Suspend"), new SuspendRequest(by(ALICE), List.of(), List.of(WORK))));
    }

    @ParameterizedTest(name = "{0} [status:700]")
    @MethodSource("toUnknownLists")
    void aListThatDoesNotExistIsRefused(Transaction transaction, Primitive request) {
        assertThat(domain.code(ALICE, request)).isEqualTo(700);
    }

    @Test
    @Tag("tx:Subscribe")
    @Tag("status:750")
    void anAttributeThatTheDomainDoesNotKnowIsRefused() {
        domain.with(PresenceSettings.DEFAULT.withSupported(AttributeSet.of(STATUS_TEXT)));

        assertThat(domain.code(ALICE, subscribe(ALICE, List.of(PresenceAttribute.PLMN), BOB)))
                .isEqualTo(750);
        assertThat(domain.code(ALICE, subscribe(ALICE, BOB))).isEqualTo(200);
    }

    private List<UserId> watchersOf(UserId publisher) {
        return ((GetWatcherListResponse) domain.ask(publisher, new GetWatcherListRequest(by(publisher)))).userIdList();
    }
}
