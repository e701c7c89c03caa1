package org.impsiwf.ssp.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.impsiwf.ssp.primitives.Addressee;
import org.impsiwf.ssp.primitives.Content;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.GroupPrimitive.GetGroupPropsRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.LeaveGroupRequest;
import org.impsiwf.ssp.primitives.ImPrimitive;
import org.impsiwf.ssp.primitives.ImPrimitive.BlockEntityRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.NewMessage;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.MessageId;
import org.impsiwf.ssp.primitives.MessageInfo;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.PresencePrimitive.PresenceNotification;
import org.impsiwf.ssp.primitives.PresencePrimitive.SubscribeRequest;
import org.impsiwf.ssp.primitives.PresenceSubList;
import org.impsiwf.ssp.primitives.PresenceValue;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;
import org.impsiwf.ssp.routing.Destination.Here;
import org.impsiwf.ssp.routing.Destination.Onward;
import org.impsiwf.ssp.routing.Destination.Refused;
import org.impsiwf.ssp.routing.RoutingTable.Neighbour;
import org.impsiwf.ssp.routing.RoutingTable.Route;
import org.impsiwf.ssp.routing.ServiceTable.Complementary;
import org.impsiwf.ssp.routing.ServiceTable.Relayed;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** SSP 5.2: every rule, decided at one node, home.example unless said otherwise. */
class RoutingTest {

    private static final ServiceId A = new ServiceId("wv:@a.example");
    private static final ServiceId B = new ServiceId("wv:@b.example");
    private static final ServiceId C = new ServiceId("wv:@c.example");
    private static final UserId ANN = new UserId("wv:ann@a.example");
    private static final UserId BOB = new UserId("wv:bob@b.example");
    private static final UserId CID = new UserId("wv:cid@c.example");
    private static final UserId HAL = new UserId("wv:hal@home.example");
    private static final Set<Service> IM = Set.of(Service.IM);

    private static Routing node(ServiceTable services, Route... routes) {
        RoutingTable table = new RoutingTable(Map.of(), List.of(routes))
                .with(new Neighbour(A, Set.of()))
                .with(new Neighbour(B, Set.of()));
        return new Routing(services, table);
    }

    private static ServiceTable home() {
        return ServiceTable.of("home.example");
    }

    private static MetaInformation of(UserId user) {
        return MetaInformation.ofUser(new ServiceId("wv:@" + user.domain()), user);
    }

    private static SendMessageRequest message(UserId from, Addressee... to) {
        return new SendMessageRequest(of(from), false, info(User.of(from), to), Optional.of(Content.text("hello")));
    }

    private static MessageInfo info(Addressee from, Addressee... to) {
        return new MessageInfo(
                Optional.of(new MessageId("m1")),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(to).stream().map(MessageInfo.Recipient::new).toList(),
                Optional.of(MessageInfo.Sender.of(from)),
                Optional.empty());
    }

    private static NewMessage pushed(ServiceId by, UserId to) {
        return new NewMessage(
                Optional.of(MetaInformation.ofServer(by)),
                Optional.empty(),
                List.of(User.of(to)),
                info(User.of(BOB), User.of(to)),
                Content.text("hello"));
    }

    @Test
    @Tag("SSP-010")
    void aClientsRequestGoesToThePseOfItsService() {
        Routing node = node(home().providedBy("b.example", IM));

        assertThat(node.fromClient(message(HAL, User.of(ANN)))).isEqualTo(new Onward("b.example", B));
        assertThat(node.fromClient(new GetGroupPropsRequest(of(HAL), new GroupId("wv:hal/g@home.example"))))
                .isEqualTo(new Here());
    }

    @Test
    @Tag("SSP-004")
    void twoServicesWithDifferentNextHopsLeaveThroughDifferentNeighbours() {
        Routing node = node(home().providedBy("b.example", IM).providedBy("a.example", Set.of(Service.PRESENCE)));

        assertThat(node.fromClient(message(HAL, User.of(CID)))).isEqualTo(new Onward("b.example", B));
        assertThat(node.fromClient(new SubscribeRequest(of(HAL), List.of(CID), List.of(), Optional.empty(), false)))
                .isEqualTo(new Onward("a.example", A));
    }

    @Test
    @Tag("SSP-020")
    void theComplementaryServiceGetsItWhateverDomainTheGroupIsOf() {
        Routing node = node(home().providedBy("b.example", Set.of(Service.GROUP)));

        assertThat(node.fromClient(new LeaveGroupRequest(of(HAL), new GroupId("wv:ann/club@a.example"))))
                .isEqualTo(new Onward("b.example", B));
    }

    @Test
    @Tag("SSP-020")
    void whoKeepsTheGroupsOfADomainAlsoTakesWhatItsUsersSayInThemAndWhomTheyInvite() {
        Routing node = node(home().providing(new Complementary("a.example", Set.of(Service.GROUP), Set.of())));
        GroupId club = new GroupId("wv:ann/club@a.example");

        assertThat(node.fromNeighbour(A, message(ANN, club))).isEqualTo(new Here());
        assertThat(node.fromNeighbour(A, message(ANN, new ScreenName(Optional.of(club), "Al"))))
                .isEqualTo(new Here());
        assertThat(node.fromNeighbour(A, message(ANN, User.of(CID))))
                .as("what users say to each other is another service")
                .isInstanceOf(Refused.class);
    }

    @Test
    @Tag("SSP-010")
    void aRequestOfAnotherHomeDomainGoesToThePseOfOurUserFirst() {
        assertThat(node(home()).fromNeighbour(A, message(ANN, User.of(HAL)))).isEqualTo(new Here());
        assertThat(node(home().providedBy("b.example", IM)).fromNeighbour(A, message(ANN, User.of(HAL))))
                .isEqualTo(new Onward("b.example", B));
    }

    @Test
    @Tag("SSP-014")
    void whatThePseBeginsForAUserGoesBackToItsHomeDomain() {
        Routing node = node(home().providing(new Complementary("a.example", IM, Set.of())));

        assertThat(node.fromElement("b.example", message(ANN, User.of(BOB)))).isEqualTo(new Onward("a.example", A));
    }

    @Test
    @Tag("SSP-014")
    void aPresenceNotificationOfAUserWhosePseWeAreGoesBackToTheHomeOfThePresentity() {
        Routing node = node(home().providing(new Complementary("a.example", Set.of(Service.PRESENCE), Set.of())));
        var notification = new PresenceNotification(
                MetaInformation.ofServer(new ServiceId("wv:@home.example")),
                List.of(User.of(BOB)),
                List.of(new PresenceValue(ANN, PresenceSubList.NONE)));

        assertThat(node.fromElement("b.example", notification)).isEqualTo(new Onward("a.example", A));
    }

    @Test
    @Tag("SSP-016")
    @Tag("SSP-019")
    void theOfflineAgreementOverridesTheWayBack() {
        Routing node = node(home().providing(new Complementary("a.example", IM, Set.of("b.example"))));

        assertThat(node.fromElement("b.example", message(ANN, User.of(BOB)))).isEqualTo(new Onward("b.example", B));
    }

    @Test
    @Tag("SSP-015")
    void theHomeDomainBringsWhatItsPseHandsBackToTheDestination() {
        Routing node = node(home().providedBy("b.example", IM));

        assertThat(node.fromNeighbour(B, message(HAL, User.of(ANN)))).isEqualTo(new Onward("a.example", A));
        assertThat(node.fromNeighbour(B, pushed(B, HAL))).isEqualTo(new Here());
        assertThat(node.fromNeighbour(B, pushed(B, ANN))).isEqualTo(new Onward("a.example", A));
    }

    @Test
    @Tag("status:427")
    void nobodyButThePseSpeaksForAUserOfOurs() {
        assertThat(node(home()).fromNeighbour(A, message(HAL, User.of(BOB))))
                .isEqualTo(new Refused(StatusCode.INVALID_USER_ID));
        assertThat(node(home().providedBy("b.example", IM)).fromNeighbour(A, message(HAL, User.of(BOB))))
                .isEqualTo(new Refused(StatusCode.INVALID_USER_ID));
    }

    @Test
    @Tag("SSP-003")
    @Tag("SSP-017")
    void anIntermediateNodeRelaysToThePseAndBack() {
        Routing node = node(ServiceTable.of("x.example").relaying(new Relayed("a.example", IM, "b.example")));

        assertThat(node.fromNeighbour(A, message(ANN, User.of(CID)))).isEqualTo(new Onward("b.example", B));
        assertThat(node.fromNeighbour(B, message(ANN, User.of(CID))))
                .as("what the PSE hands back, by rule 3")
                .isEqualTo(new Onward("a.example", A));
        assertThat(node.fromNeighbour(B, pushed(B, ANN))).isEqualTo(new Onward("a.example", A));
    }

    @Test
    @Tag("SSP-017")
    @Tag("SSP-023")
    @Tag("status:907")
    void withoutTheAgreementTheHopDoesNotRelay() {
        Routing other = node(
                ServiceTable.of("x.example").relaying(new Relayed("a.example", Set.of(Service.GROUP), "b.example")));

        assertThat(other.fromNeighbour(A, message(ANN, User.of(CID))))
                .isEqualTo(new Refused(StatusCode.SERVICE_PROVIDER_AGREEMENT_MISSING));
        assertThat(other.fromNeighbour(B, pushed(B, ANN)))
                .isEqualTo(new Refused(StatusCode.SERVICE_PROVIDER_AGREEMENT_MISSING));
    }

    @Test
    @Tag("SSP-009")
    @Tag("SSP-022")
    @Tag("SSP-025")
    @Tag("SSP-214")
    @Tag("status:516")
    void withoutARoutingTableNothingIsRelayedBetweenHomeDomains() {
        Routing node = node(home());

        assertThat(node.fromNeighbour(A, message(ANN, User.of(BOB))))
                .isEqualTo(new Refused(StatusCode.DOMAIN_NOT_SUPPORTED));
        assertThat(node.fromNeighbour(A, message(ANN, User.of(CID))))
                .isEqualTo(new Refused(StatusCode.DOMAIN_NOT_SUPPORTED));
        assertThat(node.fromElement("c.example", message(HAL, User.of(CID))))
                .isEqualTo(new Refused(StatusCode.DOMAIN_NOT_SUPPORTED));
    }

    @Test
    @Tag("SSP-025")
    void aDomainOnTheListIsForwardedToTheNeighbourThatTheListNames() {
        Routing node = node(home(), Route.of("c.example", B));

        assertThat(node.fromElement("C.Example", message(HAL, User.of(CID)))).isEqualTo(new Onward("C.Example", B));
        assertThat(node.fromNeighbour(A, message(ANN, User.of(CID)))).isEqualTo(new Onward("c.example", B));
    }

    @Test
    void aRouteHoldsForItsServicesOnly() {
        Routing node = node(home(), new Route("c.example", B, Set.of(Service.PRESENCE)));

        assertThat(node.fromElement("c.example", message(HAL, User.of(CID))))
                .isEqualTo(new Refused(StatusCode.DOMAIN_NOT_SUPPORTED));
    }

    @Test
    @Tag("SSP-018")
    void whatANeighbourSendsTeachesNothing() {
        Routing node = node(home());

        node.fromNeighbour(C, message(CID, User.of(HAL)));

        assertThat(node.fromElement("c.example", message(HAL, User.of(CID))))
                .isEqualTo(new Refused(StatusCode.DOMAIN_NOT_SUPPORTED));
        assertThat(node.routes()).isEqualTo(node(home()).routes());
    }

    @Test
    @Tag("status:907")
    void aNeighbourBringsNoUsersThatItIsNotAgreedToBring() {
        assertThat(node(home()).fromNeighbour(B, message(ANN, User.of(HAL))))
                .isEqualTo(new Refused(StatusCode.SERVICE_PROVIDER_AGREEMENT_MISSING));
        Routing agreed = new Routing(home(), node(home()).routes().with(new Neighbour(B, Set.of("a.example"))));
        assertThat(agreed.fromNeighbour(B, message(ANN, User.of(HAL)))).isEqualTo(new Here());
    }

    @Test
    @Tag("SSP-021")
    void theDomainOfAGroupDistributesMessagesOfUsersOfThirdDomains() {
        GroupId club = new GroupId("wv:bob/club@b.example");
        var distributed =
                new SendMessageRequest(of(ANN), false, info(club, User.of(HAL)), Optional.of(Content.text("hello")));

        assertThat(node(home()).fromNeighbour(B, distributed)).isEqualTo(new Here());
        var ofOurs = new SendMessageRequest(
                of(HAL), false, info(club, User.of(new UserId("wv:ida@home.example"))), Optional.of(Content.text("x")));
        assertThat(node(home()).fromNeighbour(B, ofOurs))
                .as("from one of ours to another")
                .isEqualTo(new Here());
    }

    @Test
    void whatWouldGoBackWhereItCameFromRunsInACircle() {
        Routing node = node(home(), Route.of("c.example", A));

        assertThat(node.fromNeighbour(A, message(ANN, User.of(CID))))
                .isEqualTo(new Refused(StatusCode.SERVICE_PROVIDER_AGREEMENT_MISSING));
    }

    @Test
    void aNeighbourMaySpeakForWhomTheAgreementsLetItBring() {
        Routing node = node(
                home().providedBy("b.example", IM).relaying(new Relayed("a.example", IM, "d.example")),
                Route.of("d.example", B),
                Route.of("e.example", A));

        assertThat(node.speaksFor(A)).containsExactlyInAnyOrder("e.example");
        assertThat(node.speaksFor(B)).containsExactlyInAnyOrder("b.example", "home.example", "d.example", "a.example");
    }

    @Test
    @Tag("SSP-017")
    @Tag("SSP-082")
    @Tag("status:506")
    void whatAPseKeepsForItsUsersIsKeptForOtherDomainsByAgreementOnly() {
        BlockEntityRequest request = new BlockEntityRequest(
                of(ANN),
                List.of(BOB),
                List.of(),
                ImPrimitive.ListStatus.ACTIVE,
                List.of(),
                List.of(),
                ImPrimitive.ListStatus.INACTIVE);
        assertThat(node(home()).fromNeighbour(A, request)).isEqualTo(new Refused(StatusCode.SERVICE_NOT_AGREED));
        Routing agreed = node(home().providing(new Complementary("a.example", IM, Set.of())));
        assertThat(agreed.fromNeighbour(A, request)).isEqualTo(new Here());
    }
}
