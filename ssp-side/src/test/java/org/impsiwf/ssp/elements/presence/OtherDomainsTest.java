package org.impsiwf.ssp.elements.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.ALICE;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.BOB;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.DAVE;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.EVE;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.FAY;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.FRIENDS;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.NOBODY;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.NOON;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.add;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.by;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.codeOf;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.mood;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.statusOf;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.statusText;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.subscribe;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.update;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.values;
import static org.impsiwf.ssp.primitives.PresenceAttribute.STATUS_MOOD;
import static org.impsiwf.ssp.primitives.PresenceAttribute.STATUS_TEXT;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.impsiwf.ssp.elements.RecordingAccessPoint.Asked;
import org.impsiwf.ssp.primitives.ContactListPrimitive.DeleteContactListRequest;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.PresencePrimitive.GetPresenceRequest;
import org.impsiwf.ssp.primitives.PresencePrimitive.GetPresenceResponse;
import org.impsiwf.ssp.primitives.PresencePrimitive.GetWatcherListRequest;
import org.impsiwf.ssp.primitives.PresencePrimitive.GetWatcherListResponse;
import org.impsiwf.ssp.primitives.PresencePrimitive.PresenceNotification;
import org.impsiwf.ssp.primitives.PresencePrimitive.SubscribeRequest;
import org.impsiwf.ssp.primitives.PresencePrimitive.SuspendRequest;
import org.impsiwf.ssp.primitives.PresencePrimitive.UnsubscribeRequest;
import org.impsiwf.ssp.primitives.PresenceValue;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.Status.DetailedResult;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Watchers and publishers of different domains; and users of another domain whose PSE we are. */
class OtherDomainsTest {

    @AutoClose
    private final PresenceDomain domain = new PresenceDomain();

    // ---- our users watch others: requestor

    @Test
    @Tag("tx:Subscribe")
    @Tag("SSP-013")
    @Tag("SSP-365")
    void eachDomainIsAskedOnceForItsUsers_andListsAreReplacedByTheirMembers() {
        domain.list(FRIENDS, EVE, FAY);

        int code = domain.code(
                ALICE, new SubscribeRequest(by(ALICE), List.of(DAVE), List.of(FRIENDS), Optional.empty(), true));

        assertThat(code).isEqualTo(200);
        assertThat(domain.sap.asked())
                .containsExactlyInAnyOrder(
                        new Asked("away.example.org", subscribe(ALICE, DAVE, EVE)),
                        new Asked("third.example.net", subscribe(ALICE, FAY)));
    }

    @Test
    @Tag("tx:Subscribe")
    @Tag("SSP-366")
    void whatOtherDomainsRefuseIsReported_201() {
        domain.sap.answering(asked -> asked.domain().startsWith("third")
                ? Status.of(StatusCode.INVALID_TIMEOUT)
                : new Status(
                        201,
                        Optional.empty(),
                        List.of(DetailedResult.ofUsers(StatusCode.UNKNOWN_USER, List.of(EVE))),
                        Optional.empty(),
                        List.of()));

        Primitive answer = domain.ask(ALICE, subscribe(ALICE, DAVE, EVE, FAY));

        assertThat(codeOf(answer)).isEqualTo(201);
        assertThat(statusOf(answer).detailedResult())
                .containsExactlyInAnyOrder(
                        DetailedResult.ofUsers(StatusCode.UNKNOWN_USER, List.of(EVE)),
                        DetailedResult.ofUsers(StatusCode.INVALID_TIMEOUT, List.of(FAY)));
        assertThat(domain.presenceStore.subscriptionsOf(ALICE).stream().map(Subscription::publisher))
                .containsExactly(DAVE);
    }

    @Test
    @Tag("tx:Subscribe")
    @Tag("status:504")
    void oneDomainThatIsSilentIsTheAnswer() {
        domain.sap.answering(asked -> Status.of(StatusCode.INVALID_TIMEOUT));

        assertThat(domain.code(ALICE, subscribe(ALICE, DAVE))).isEqualTo(504);
    }

    @Test
    @Tag("tx:Subscribe")
    @Tag("status:900")
    void differentReasonsAreMultipleErrors() {
        domain.sap.answering(asked -> Status.of(StatusCode.INVALID_TIMEOUT));

        assertThat(domain.code(ALICE, subscribe(ALICE, DAVE, NOBODY))).isEqualTo(900);
    }

    @Test
    @Tag("tx:PresenceNotification")
    @Tag("IMPS-SSP-PRSE-S-009")
    void notificationsOfSubscribedPublishersAreHandedToTheirWatchers() {
        domain.ask(ALICE, subscribe(ALICE, DAVE, EVE));
        domain.ask(BOB, subscribe(BOB, EVE));
        domain.sap.forget();

        Primitive answer = domain.tellFromAway(notification(
                List.of(ALICE, BOB), new PresenceValue(DAVE, mood("SAD")), new PresenceValue(EVE, mood("HAPPY"))));

        assertThat(answer).isEqualTo(Status.of(StatusCode.SUCCESSFUL));
        assertThat(domain.seenBy(ALICE)).containsExactly("dave StatusMood=SAD", "eve StatusMood=HAPPY");
        assertThat(domain.seenBy(BOB)).containsExactly("eve StatusMood=HAPPY");
    }

    @Test
    @Tag("tx:PresenceNotification")
    void whatNobodySubscribedToIsNotHandedOn() {
        domain.ask(ALICE, subscribe(ALICE, DAVE));
        domain.publish(BOB, mood("HAPPY")).sap.forget();

        domain.tellFromAway(notification(List.of(BOB), new PresenceValue(DAVE, mood("SAD"))));
        domain.tellFromAway(notification(List.of(ALICE), new PresenceValue(FAY, mood("SAD"))));
        domain.ask(ALICE, subscribe(ALICE, BOB));
        domain.sap.forget();
        domain.tellFromAway(notification(List.of(ALICE), new PresenceValue(BOB, mood("SAD"))));

        assertThat(domain.sap.sent())
                .as("nor what a stranger says of our own user")
                .isEmpty();
    }

    @Test
    @Tag("tx:PresenceNotification")
    @Tag("status:531")
    void aNotificationForAnUnknownWatcherIsRefused() {
        assertThat(codeOf(domain.tellFromAway(notification(List.of(NOBODY), new PresenceValue(DAVE, mood("SAD"))))))
                .isEqualTo(531);
        assertThat(codeOf(domain.tellFromAway(notification(List.of(FAY), new PresenceValue(DAVE, mood("SAD"))))))
                .isEqualTo(531);
    }

    @Test
    @Tag("tx:Unsubscribe")
    @Tag("SSP-375")
    void unsubscribingReachesTheOtherDomain() {
        domain.ask(ALICE, subscribe(ALICE, DAVE));
        domain.sap.forget();

        assertThat(domain.code(ALICE, new UnsubscribeRequest(by(ALICE), List.of(DAVE), List.of())))
                .isEqualTo(200);

        assertThat(domain.sap.asked())
                .containsExactly(
                        new Asked("away.example.org", new UnsubscribeRequest(by(ALICE), List.of(DAVE), List.of())));
        domain.tellFromAway(notification(List.of(ALICE), new PresenceValue(DAVE, mood("SAD"))));
        assertThat(domain.seenBy(ALICE)).isEmpty();
    }

    @Test
    void aSubscriptionThatTheOtherDomainCannotEndNowStays() {
        domain.ask(ALICE, subscribe(ALICE, DAVE));
        domain.sap.answering(asked -> Status.of(StatusCode.SERVICE_UNAVAILABLE));

        assertThat(domain.code(ALICE, new UnsubscribeRequest(by(ALICE), List.of(DAVE), List.of())))
                .isEqualTo(503);
        assertThat(domain.presenceStore.find(DAVE, ALICE)).isPresent();
    }

    @Test
    @Tag("tx:Suspend")
    @Tag("SSP-378")
    void suspendingReachesTheOtherDomain_andWhatStillComesIsNotHandedOn() {
        domain.ask(ALICE, subscribe(ALICE, DAVE));
        domain.sap.forget();

        domain.ask(ALICE, new SuspendRequest(by(ALICE), List.of(DAVE), List.of()));

        assertThat(domain.sap.asked())
                .singleElement()
                .satisfies(asked -> assertThat(asked.primitive())
                        .isEqualTo(new SuspendRequest(by(ALICE), List.of(DAVE), List.of())));
        domain.tellFromAway(notification(List.of(ALICE), new PresenceValue(DAVE, mood("SAD"))));
        assertThat(domain.seenBy(ALICE)).isEmpty();
    }

    @Test
    @Tag("tx:GetPresence")
    @Tag("SSP-365")
    void presenceOfOtherDomainsIsAskedForThere_andTheyAreBelievedOnlyAboutTheirUsers() {
        domain.authoriseAll(BOB, STATUS_MOOD).publish(BOB, mood("HAPPY"));
        domain.sap.answering(asked -> new GetPresenceResponse(
                Status.of(StatusCode.SUCCESSFUL),
                List.of(new PresenceValue(DAVE, mood("SAD")), new PresenceValue(BOB, mood("ANGRY")))));

        Primitive answer =
                domain.ask(ALICE, new GetPresenceRequest(by(ALICE), List.of(BOB, DAVE), List.of(), Optional.empty()));

        assertThat(((GetPresenceResponse) answer).presenceValueList().stream().map(PresenceDomain::line))
                .containsExactly("bob StatusMood=HAPPY", "dave StatusMood=SAD");
        assertThat(domain.sap.asked())
                .containsExactly(new Asked(
                        "away.example.org",
                        new GetPresenceRequest(by(ALICE), List.of(DAVE), List.of(), Optional.empty())));
    }

    @Test
    @Tag("SSP-373")
    void automaticSubscriptionReachesOtherDomainsToo() {
        domain.list(FRIENDS, DAVE);
        domain.ask(ALICE, subscribe(ALICE, true, FRIENDS));
        domain.sap.forget();

        domain.ask(ALICE, add(FRIENDS, EVE));
        domain.ask(ALICE, new DeleteContactListRequest(by(ALICE), List.of(FRIENDS)));

        assertThat(domain.sap.asked().stream().map(Asked::primitive))
                .containsExactly(
                        subscribe(ALICE, EVE), new UnsubscribeRequest(by(ALICE), List.of(DAVE, EVE), List.of()));
    }

    // ---- others watch our users: provider

    @Test
    @Tag("tx:Subscribe")
    @Tag("SSP-369")
    void aWatcherOfAnotherDomainIsToldThroughItsDomain() {
        domain.authoriseAll(BOB, STATUS_MOOD).publish(BOB, mood("HAPPY"));

        assertThat(codeOf(domain.askFromAway(DAVE, subscribe(DAVE, BOB)))).isEqualTo(200);

        assertThat(domain.sap.asked())
                .containsExactly(new Asked(
                        "away.example.org", notification(List.of(DAVE), new PresenceValue(BOB, mood("HAPPY")))));
    }

    @Test
    @Tag("tx:PresenceNotification")
    @Tag("SSP-370")
    void aChangeIsOneTransactionPerDomain_forThoseWhoMaySeeTheSame() {
        domain.authoriseAll(BOB, STATUS_MOOD).publish(BOB, mood("HAPPY"));
        domain.askFromAway(DAVE, subscribe(DAVE, BOB));
        domain.askFromAway(EVE, subscribe(EVE, BOB));
        domain.askFromAway(FAY, subscribe(FAY, BOB));
        domain.sap.forget();

        domain.ask(BOB, update(BOB, mood("SAD")));

        assertThat(domain.sap.asked())
                .containsExactlyInAnyOrder(
                        new Asked(
                                "away.example.org",
                                notification(List.of(DAVE, EVE), new PresenceValue(BOB, mood("SAD")))),
                        new Asked(
                                "third.example.net", notification(List.of(FAY), new PresenceValue(BOB, mood("SAD")))));
    }

    @Test
    @Tag("tx:PresenceNotification")
    @Tag("SSP-370")
    void aDomainThatIsAwayIsToldWhenItIsBack_onceAndWhatIsTrueThen() {
        domain.authoriseAll(BOB, STATUS_MOOD).publish(BOB, mood("HAPPY"));
        domain.askFromAway(DAVE, subscribe(DAVE, BOB));
        domain.sap.answering(asked -> Status.of(StatusCode.SERVICE_UNAVAILABLE)).forget();
        domain.ask(BOB, update(BOB, mood("SAD")));
        domain.ask(BOB, update(BOB, mood("ANGRY")));
        assertThat(domain.sap.asked()).as("not hammered").hasSize(1);

        domain.sap.answering(asked -> Status.of(StatusCode.SUCCESSFUL)).forget();
        domain.presence.expire(NOON);
        domain.presence.expire(NOON.plusSeconds(5));
        assertThat(domain.sap.asked()).as("not yet").isEmpty();
        domain.presence.expire(NOON.plusSeconds(11));
        domain.presence.expire(NOON.plusSeconds(60));

        assertThat(domain.seenBy(DAVE)).containsExactly("bob StatusMood=ANGRY");
    }

    @Test
    @Tag("SSP-370")
    void whatADomainIsOwedOutlivesTheProcess() {
        domain.authoriseAll(BOB, STATUS_MOOD).publish(BOB, mood("HAPPY"));
        domain.askFromAway(DAVE, subscribe(DAVE, BOB));
        domain.sap.answering(asked -> Status.of(StatusCode.INVALID_TIMEOUT));
        domain.ask(BOB, update(BOB, mood("SAD")));

        domain.with(PresenceSettings.DEFAULT); // a new process over the same database
        domain.sap.answering(asked -> Status.of(StatusCode.SUCCESSFUL)).forget();
        domain.presence.expire(NOON);

        assertThat(domain.seenBy(DAVE)).containsExactly("bob StatusMood=SAD");
        domain.sap.forget();
        domain.presence.expire(NOON.plusSeconds(1));
        assertThat(domain.sap.sent()).isEmpty();
    }

    @Test
    void aDomainThatDoesNotServePresenceIsNotToldAgain() {
        domain.authoriseAll(BOB, STATUS_MOOD).publish(BOB, mood("HAPPY"));
        domain.askFromAway(DAVE, subscribe(DAVE, BOB));
        domain.sap.answering(asked -> Status.of(StatusCode.SERVICE_NOT_AGREED));
        domain.ask(BOB, update(BOB, mood("SAD")));

        assertThat(domain.presenceStore.domainsOwed()).isEmpty();
    }

    @Test
    void watchersOfOneDomainWhoMaySeeDifferentThingsAreToldEachTheirs() {
        domain.authoriseAll(BOB, STATUS_MOOD).authorise(BOB, EVE, STATUS_TEXT).publish(BOB, values("here", "HAPPY"));
        domain.askFromAway(DAVE, subscribe(DAVE, BOB));
        domain.askFromAway(EVE, subscribe(EVE, BOB));
        domain.sap.forget();

        domain.ask(BOB, update(BOB, values("gone", "SAD")));

        assertThat(domain.seenBy(DAVE)).containsExactly("bob StatusMood=SAD");
        assertThat(domain.seenBy(EVE)).containsExactly("bob StatusText=gone");
    }

    @Test
    @Tag("tx:Subscribe")
    @Tag("status:531")
    void aStrangerWhoAsksForUsersOfAThirdDomainIsRefused() {
        assertThat(codeOf(domain.askFromAway(DAVE, subscribe(DAVE, FAY)))).isEqualTo(531);
        assertThat(codeOf(domain.askFromAway(DAVE, subscribe(DAVE, NOBODY)))).isEqualTo(531);
        assertThat(domain.sap.sent()).isEmpty();
    }

    @Test
    @Tag("tx:GetPresence")
    void aWatcherOfAnotherDomainSeesWhatItIsAuthorisedFor() {
        domain.authorise(BOB, DAVE, STATUS_TEXT).publish(BOB, values("here", "HAPPY"));

        assertThat(seen(DAVE, BOB)).containsExactly("bob StatusText=here");
        assertThat(seen(EVE, BOB)).isEmpty();
    }

    // ---- complementary: we are the PSE of users of the other domain

    @Test
    @Tag("tx:UpdatePresence")
    @Tag("tx:GetWatcherList")
    @Tag("tx:Subscribe")
    @Tag("SSP-010")
    void thePresenceOfUsersOfAnotherDomainIsKeptForThem() {
        domain.sap.complementaryFor(DAVE);
        assertThat(codeOf(domain.askFromAway(DAVE, update(DAVE, values("far", "HAPPY")))))
                .isEqualTo(200);
        assertThat(codeOf(domain.askFromAway(
                        DAVE, PresenceDomain.attributeList(DAVE, List.of(STATUS_TEXT), true, List.of(), List.of()))))
                .isEqualTo(200);

        assertThat(domain.code(ALICE, subscribe(ALICE, DAVE))).isEqualTo(200);
        domain.askFromAway(FAY, subscribe(FAY, DAVE));

        assertThat(domain.sap.sent(SubscribeRequest.class)).as("we are the PSE").isEmpty();
        assertThat(domain.seenBy(ALICE)).containsExactly("dave StatusText=far");
        assertThat(domain.seenBy(FAY)).containsExactly("dave StatusText=far");
        assertThat(((GetWatcherListResponse) domain.askFromAway(DAVE, new GetWatcherListRequest(by(DAVE))))
                        .userIdList())
                .containsExactlyInAnyOrder(ALICE, FAY);
    }

    @Test
    @Tag("SSP-011")
    void asTheirPseWeRelayTheirRequestsToTheDomainsOfThoseTheyWatch() {
        domain.sap.complementaryFor(DAVE);

        assertThat(codeOf(domain.askFromAway(DAVE, subscribe(DAVE, FAY)))).isEqualTo(200);
        assertThat(domain.sap.asked()).containsExactly(new Asked("third.example.net", subscribe(DAVE, FAY)));

        domain.tellFromAway(notification(List.of(DAVE), new PresenceValue(FAY, statusText("hello"))));
        assertThat(domain.seenBy(DAVE)).containsExactly("fay StatusText=hello");
    }

    private List<String> seen(UserId watcher, UserId publisher) {
        Primitive answer = domain.askFromAway(
                watcher, new GetPresenceRequest(by(watcher), List.of(publisher), List.of(), Optional.empty()));
        return Stream.of((GetPresenceResponse) answer)
                .flatMap(response -> response.presenceValueList().stream())
                .map(PresenceDomain::line)
                .toList();
    }

    private PresenceNotification notification(List<UserId> watchers, PresenceValue... values) {
        return new PresenceNotification(
                MetaInformation.ofServer(domain.sap.serviceId()),
                watchers.stream().map(User::of).toList(),
                List.of(values));
    }
}
