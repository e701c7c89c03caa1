package org.impsiwf.ssp.elements.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.impsiwf.ssp.elements.session.UserSessionWorld.ANN;
import static org.impsiwf.ssp.elements.session.UserSessionWorld.HOUR;
import static org.impsiwf.ssp.elements.session.UserSessionWorld.PHONE;
import static org.impsiwf.ssp.elements.session.UserSessionWorld.assertRefused;
import static org.impsiwf.ssp.elements.session.UserSessionWorld.meta;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.primitives.ClientId;
import org.impsiwf.ssp.primitives.CspFeatures;
import org.impsiwf.ssp.primitives.CspFeatures.ContactListFunction;
import org.impsiwf.ssp.primitives.CspFeatures.ServiceFunction;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.UserId;
import org.impsiwf.ssp.primitives.UserSessionPrimitive.UserDisconnect;
import org.impsiwf.ssp.primitives.UserSessionPrimitive.UserGetSPInfoRequest;
import org.impsiwf.ssp.primitives.UserSessionPrimitive.UserGetSPInfoResponse;
import org.impsiwf.ssp.primitives.UserSessionPrimitive.UserKeepAliveRequest;
import org.impsiwf.ssp.primitives.UserSessionPrimitive.UserKeepAliveResponse;
import org.impsiwf.ssp.primitives.UserSessionPrimitive.UserLogoutRequest;
import org.impsiwf.ssp.primitives.UserSessionPrimitive.UserServiceRequest;
import org.impsiwf.ssp.primitives.UserSessionPrimitive.UserServiceResponse;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** SSP 12 as the provider: a user of away.example, whose credentials we hold, logs in through its home. */
@Tag("IMPS-SSP-SERV-S-007")
class UserSessionElementTest {

    @AutoClose
    private final UserSessionWorld world = new UserSessionWorld();

    @Test
    @Tag("tx:UserLogout")
    @Tag("status:634")
    void aLogoutEndsTheSessionAndASecondFindsNone() {
        world.loggedIn(PHONE, Optional.empty());

        assertThat(world.ask(PHONE, new UserLogoutRequest(meta(ANN, PHONE)))).isEqualTo(Status.of(200));
        assertThat(world.observed).contains("ended wv:ann@away.example phone");
        assertRefused(634, () -> world.ask(PHONE, new UserLogoutRequest(meta(ANN, PHONE))));
    }

    @Test
    void anotherDomainHasNoPartInTheSession() {
        world.loggedIn(PHONE, Optional.empty());
        var foreign =
                new MetaInformation(true, new ServiceId("wv:@evil.example"), Optional.of(ANN), Optional.of(PHONE));

        assertRefused(634, () -> world.ask(PHONE, new UserLogoutRequest(foreign)));
        assertThat(world.sessions.find(ANN, PHONE)).isPresent();
    }

    @Test
    @Tag("tx:UserKeepAlive")
    @Tag("SSP-243")
    void aKeepAliveMovesTheEndAndAnotherTimeIsTakenOver() {
        world.loggedIn(PHONE, Optional.of(HOUR));
        world.now = world.now.plus(Duration.ofMinutes(50));

        var kept = (UserKeepAliveResponse)
                world.ask(PHONE, new UserKeepAliveRequest(meta(ANN, PHONE), Optional.of(Duration.ofMinutes(30))));

        assertThat(kept.statusInfo().statusCode()).isEqualTo(200);
        assertThat(kept.keepAliveTime()).contains(Duration.ofMinutes(30));
        world.now = world.now.plus(Duration.ofMinutes(29));
        world.element.expire(world.now);
        assertThat(world.sessions.find(ANN, PHONE)).isPresent();
    }

    @Test
    @Tag("tx:UserKeepAlive")
    @Tag("status:635")
    @Tag("SSP-249")
    void aTimeThatIsNotGrantedLeavesTheOldOneInForce() {
        world.loggedIn(PHONE, Optional.of(HOUR));
        Duration tooLong = world.settings.longest().plusSeconds(1);

        assertThat(world.ask(PHONE, new UserKeepAliveRequest(meta(ANN, PHONE), Optional.of(tooLong))))
                .isEqualTo(Status.of(635));
        world.now = world.now.plus(HOUR);
        world.element.expire(world.now);

        assertThat(world.sessions.find(ANN, PHONE)).as("over at the old value").isEmpty();
    }

    @Test
    @Tag("tx:UserKeepAlive")
    @Tag("status:634")
    void withoutASessionThereIsNothingToKeepAlive() {
        assertRefused(634, () -> world.ask(PHONE, new UserKeepAliveRequest(meta(ANN, PHONE), Optional.empty())));
    }

    @Test
    @Tag("tx:UserDisconnect")
    @Tag("status:630")
    void aSessionThatIsOverIsEndedAndItsHomeIsTold() {
        world.loggedIn(PHONE, Optional.of(HOUR));
        world.now = world.now.plus(HOUR);

        world.element.expire(world.now);

        assertThat(world.sap.asked()).singleElement().satisfies(asked -> {
            assertThat(asked.domain()).isEqualTo("away.example");
            UserDisconnect told = (UserDisconnect) asked.primitive();
            assertThat(told.statusInfo().statusCode()).isEqualTo(630);
            assertThat(told.metaInformation().clientId()).contains(PHONE);
        });
        assertThat(world.observed).contains("ended wv:ann@away.example phone");
    }

    @Test
    @Tag("SSP-244")
    void aSessionWithoutATimeToLiveDoesNotEnd() {
        assertThat(world.loggedIn(PHONE, Optional.empty()).keepAliveTime()).isEmpty();

        world.now = world.now.plus(Duration.ofDays(3650));
        world.element.expire(world.now);

        assertThat(world.sessions.find(ANN, PHONE)).isPresent();
    }

    @Test
    @Tag("tx:UserDisconnect")
    @Tag("status:631")
    void theOperatorEndsAllSessionsOfAUser() {
        world.loggedIn(PHONE, Optional.empty());
        world.loggedIn(ClientId.of("pc"), Optional.empty());

        assertThat(world.element.forceLogout(ANN)).isEqualTo(2);

        assertThat(world.sap.sent(UserDisconnect.class))
                .extracting(told -> told.statusInfo().statusCode())
                .containsExactly(631, 631);
        assertThat(world.sessions.of(ANN)).isEmpty();
    }

    @Test
    @Tag("tx:UserDisconnect")
    void theProvidersWordThatASessionOfOurUserIsOverIsPassedOn() {
        UserId ours = new UserId("wv:pam@provider.example");

        world.ask(ours, PHONE, new UserDisconnect(meta(ours, PHONE), Status.of(630)));

        assertThat(world.observed).containsExactly("disconnected wv:pam@provider.example phone 630");
        assertRefused(531, () -> world.ask(PHONE, new UserDisconnect(meta(ANN, PHONE), Status.of(630))));
    }

    @Test
    @Tag("tx:UserGetSPInfo")
    @Tag("status:634")
    @Tag("status:422")
    void theProviderTellsAboutItselfToWhoeverIsLoggedIn() {
        assertRefused(634, () -> world.ask(PHONE, new UserGetSPInfoRequest(meta(ANN, PHONE))));
        world.loggedIn(PHONE, Optional.empty());
        ClientId other = ClientId.of("other");

        var info = (UserGetSPInfoResponse) world.ask(PHONE, new UserGetSPInfoRequest(meta(ANN, PHONE)));

        assertThat(info.name()).isEqualTo("Provider Inc.");
        assertRefused(422, () -> world.ask(other, new UserGetSPInfoRequest(meta(ANN, other))));
    }

    private static CspFeatures functions(List<ServiceFunction> services, List<ContactListFunction> lists) {
        return new CspFeatures(
                true, services, List.of(), List.of(), List.of(), false, lists, List.of(), List.of(), List.of(), false,
                List.of(), List.of(), List.of(), false, List.of(), List.of(), List.of());
    }

    @Test
    @Tag("tx:UserServiceNegotiation")
    @Tag("SSP-246")
    void whatIsNotThereIsListed() {
        world.with(world.settings.offering(functions(
                List.of(ServiceFunction.GETSPI), List.of(ContactListFunction.GCLI, ContactListFunction.CCLI))));
        world.loggedIn(PHONE, Optional.empty());

        var response = (UserServiceResponse) world.ask(
                PHONE,
                new UserServiceRequest(
                        meta(ANN, PHONE),
                        functions(
                                List.of(ServiceFunction.GETSPI, ServiceFunction.GETMAP),
                                List.of(ContactListFunction.GCLI, ContactListFunction.CCLI, ContactListFunction.DCLI)),
                        false));

        CspFeatures missing = response.notAvailableFunctions().orElseThrow();
        assertThat(missing.services()).containsExactly(ServiceFunction.GETMAP);
        assertThat(missing.contactLists()).containsExactly(ContactListFunction.DCLI);
        assertThat(missing.mandatoryFundamental()).isFalse();
        assertThat(response.allFunctions()).isEmpty();
    }

    @Test
    @Tag("tx:UserServiceNegotiation")
    @Tag("SSP-245")
    @Tag("SSP-247")
    @Tag("SSP-248")
    void whenEverythingIsThereTheListIsEmptyAndAllFunctionsAreListedOnDemand() {
        world.loggedIn(PHONE, Optional.empty());

        var response = (UserServiceResponse)
                world.ask(PHONE, new UserServiceRequest(meta(ANN, PHONE), CspFunctions.ALL, true));

        CspFeatures nothing = CspFunctions.without(CspFunctions.ALL, CspFunctions.ALL);
        assertThat(response.notAvailableFunctions()).contains(nothing);
        assertThat(response.allFunctions()).contains(world.settings.functions());
    }

    @Test
    @Tag("tx:UserServiceNegotiation")
    @Tag("status:634")
    @Tag("status:422")
    void functionsAreForWhoeverIsLoggedInWithThatClient() {
        ClientId other = ClientId.of("other");
        assertRefused(634, () -> world.ask(PHONE, new UserServiceRequest(meta(ANN, PHONE), CspFunctions.ALL, false)));
        world.loggedIn(PHONE, Optional.empty());
        assertRefused(422, () -> world.ask(other, new UserServiceRequest(meta(ANN, other), CspFunctions.ALL, false)));
    }
}
