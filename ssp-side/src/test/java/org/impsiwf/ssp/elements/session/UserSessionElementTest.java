package org.impsiwf.ssp.elements.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.impsiwf.ssp.elements.RecordingAccessPoint;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.elements.ServiceRequest;
import org.impsiwf.ssp.elements.profile.Registration;
import org.impsiwf.ssp.primitives.ApplicationId;
import org.impsiwf.ssp.primitives.ClientId;
import org.impsiwf.ssp.primitives.CspFeatures;
import org.impsiwf.ssp.primitives.CspFeatures.ContactListFunction;
import org.impsiwf.ssp.primitives.CspFeatures.ServiceFunction;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.SystemMessage;
import org.impsiwf.ssp.primitives.UserId;
import org.impsiwf.ssp.primitives.UserSessionPrimitive.UserDisconnect;
import org.impsiwf.ssp.primitives.UserSessionPrimitive.UserGetSPInfoRequest;
import org.impsiwf.ssp.primitives.UserSessionPrimitive.UserGetSPInfoResponse;
import org.impsiwf.ssp.primitives.UserSessionPrimitive.UserKeepAliveRequest;
import org.impsiwf.ssp.primitives.UserSessionPrimitive.UserKeepAliveResponse;
import org.impsiwf.ssp.primitives.UserSessionPrimitive.UserLoginRequest;
import org.impsiwf.ssp.primitives.UserSessionPrimitive.UserLoginResponse;
import org.impsiwf.ssp.primitives.UserSessionPrimitive.UserLogoutRequest;
import org.impsiwf.ssp.primitives.UserSessionPrimitive.UserServiceRequest;
import org.impsiwf.ssp.primitives.UserSessionPrimitive.UserServiceResponse;
import org.impsiwf.ssp.storage.Database;
import org.impsiwf.ssp.storage.Databases;
import org.impsiwf.ssp.storage.JdbcUserSessionStore;
import org.impsiwf.ssp.storage.JdbcUserStore;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** SSP 12 as the provider: a user of away.example, whose credentials we hold, logs in through its home. */
@Tag("IMPS-SSP-SERV-S-007")
class UserSessionElementTest {

    private static final UserId ANN = new UserId("wv:ann@away.example");
    private static final ServiceId AWAY = new ServiceId("wv:@away.example");
    private static final ClientId PHONE = ClientId.of("phone");
    private static final Duration HOUR = Duration.ofHours(1);

    @AutoClose
    private final Database database = Databases.H2.fresh();

    private final JdbcUserStore users = new JdbcUserStore(database);
    private final JdbcUserSessionStore sessions = new JdbcUserSessionStore(database);
    private final RecordingAccessPoint sap = new RecordingAccessPoint("wv:@provider.example");
    private final List<String> observed = new ArrayList<>();
    private SessionSettings settings = SessionSettings.of("Provider Inc.");
    private Instant now = Instant.parse("2026-03-01T09:30:00Z");
    private UserSessionElement element;

    @BeforeEach
    void assemble() {
        users.register(Registration.of(ANN).withPassword("secret"), now);
        element = made();
    }

    private UserSessionElement made() {
        return new UserSessionElement(sessions, users, sap, settings, new UserSessionElement.Observer() {
            @Override
            public void began(UserId user, ClientId client) {
                observed.add("began " + user + " " + client.url());
            }

            @Override
            public void ended(UserId user, ClientId client) {
                observed.add("ended " + user + " " + client.url());
            }

            @Override
            public void answered(UserId user, List<SystemMessage.Response> systemMessages) {
                systemMessages.forEach(answer -> observed.add("answered " + user + " " + answer.systemMessageId()));
            }

            @Override
            public void disconnected(UserId user, Optional<ClientId> client, UserDisconnect why) {
                observed.add("disconnected " + user + " "
                        + client.map(ClientId::url).orElse("all") + " "
                        + why.statusInfo().statusCode());
            }
        });
    }

    private static MetaInformation meta(UserId user, ClientId client) {
        return new MetaInformation(true, AWAY, Optional.of(user), Optional.of(client));
    }

    private Primitive ask(ClientId client, Primitive primitive) {
        return ask(ANN, client, primitive);
    }

    private Primitive ask(UserId user, ClientId client, Primitive primitive) {
        return element.serve(
                new ServiceRequest(primitive, Optional.of(AWAY), Optional.of(user), Optional.of(client), now));
    }

    private static UserLoginRequest login(
            UserId user, ClientId client, String password, Optional<Duration> timeToLive) {
        return new UserLoginRequest(
                meta(user, client),
                Optional.empty(),
                Optional.of(password),
                Optional.empty(),
                List.of(),
                timeToLive,
                List.of());
    }

    private UserLoginResponse loggedIn(ClientId client, Optional<Duration> timeToLive) {
        return (UserLoginResponse) ask(client, login(ANN, client, "secret", timeToLive));
    }

    private UserLoginResponse offering(String... schemas) {
        return (UserLoginResponse) ask(
                PHONE,
                new UserLoginRequest(
                        meta(ANN, PHONE),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(schemas),
                        Optional.empty(),
                        List.of()));
    }

    private Primitive answering(String digest) {
        return ask(
                PHONE,
                new UserLoginRequest(
                        meta(ANN, PHONE),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(digest),
                        List.of(),
                        Optional.of(HOUR),
                        List.of()));
    }

    private static void assertRefused(int status, ThrowingCallable request) {
        assertThatThrownBy(request)
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.status().statusCode()).isEqualTo(status));
    }

    @Test
    @Tag("tx:UserLogin")
    @Tag("SSP-235")
    @Tag("SSP-242")
    void aPasswordOpensASessionForTheTimeThatWasAskedFor() {
        UserLoginResponse response = loggedIn(PHONE, Optional.of(HOUR));

        assertThat(response.statusInfo().statusCode()).isEqualTo(200);
        assertThat(response.keepAliveTime()).contains(HOUR);
        assertThat(response.clientCapabilityRequest()).contains(true);
        assertThat(observed).containsExactly("began wv:ann@away.example phone");
    }

    @Test
    @Tag("tx:UserLogin")
    @Tag("status:401")
    @Tag("SSP-242")
    void theBestSchemaOnOfferIsAskedForAndItsDigestOpensTheSession() {
        UserLoginResponse challenge = offering("MD4", "MD5", "SHA");

        assertThat(challenge.statusInfo().statusCode()).isEqualTo(401);
        assertThat(challenge.digestSchema()).contains("SHA");
        assertThat(challenge.clientCapabilityRequest()).isEmpty();
        String digest = UserDigest.SHA.digest(challenge.nonce().orElseThrow(), "secret");
        assertThat(((UserLoginResponse) answering(digest)).statusInfo().statusCode())
                .isEqualTo(200);
    }

    @Test
    @Tag("tx:UserLogin")
    void aClientThatKnowsTheOldestSchemaOnlyLogsInByIt() {
        UserLoginResponse challenge = offering("MD4");

        assertThat(challenge.digestSchema()).contains("MD4");
        String digest = UserDigest.MD4.digest(challenge.nonce().orElseThrow(), "secret");
        assertThat(((UserLoginResponse) answering(digest)).statusInfo().statusCode())
                .isEqualTo(200);
    }

    @Test
    @Tag("tx:UserLogin")
    @Tag("status:409")
    void aNonceIsGoodForOneAttemptAndForAWhile() {
        String first = offering("MD5").nonce().orElseThrow();
        assertRefused(409, () -> answering(UserDigest.MD5.digest(first, "wrong")));
        assertRefused(409, () -> answering(UserDigest.MD5.digest(first, "secret")));

        String second = offering("MD5").nonce().orElseThrow();
        now = now.plus(settings.challengeLife());
        assertRefused(409, () -> answering(UserDigest.MD5.digest(second, "secret")));
        assertThat(second).isNotEqualTo(first);
    }

    @Test
    @Tag("tx:UserLogin")
    @Tag("status:409")
    void aWrongPasswordOpensNothing() {
        assertRefused(409, () -> ask(PHONE, login(ANN, PHONE, "guess", Optional.empty())));
        assertThat(sessions.of(ANN)).isEmpty();
    }

    @Test
    @Tag("tx:UserLogin")
    @Tag("status:543")
    void schemasThatNobodyComputesAreRefused() {
        assertRefused(543, () -> offering("CRC", "MD6"));
    }

    @Test
    @Tag("tx:UserLogin")
    @Tag("status:531")
    @Tag("status:403")
    void whoIsNotRegisteredIsUnknownAndWhoHasNoPasswordMayNotLogIn() {
        UserId stranger = new UserId("wv:eve@away.example");
        UserId mute = new UserId("wv:mute@away.example");
        users.register(Registration.of(mute), now);

        assertRefused(531, () -> ask(stranger, PHONE, login(stranger, PHONE, "secret", Optional.empty())));
        assertRefused(403, () -> ask(mute, PHONE, login(mute, PHONE, "", Optional.empty())));
    }

    @Test
    @Tag("tx:UserLogin")
    @Tag("status:515")
    void anApplicationThatTheOperatorForbidsIsRefused() {
        settings = settings.forbidding(Set.of(new ApplicationId("game")));
        element = made();

        assertRefused(
                515,
                () -> ask(
                        PHONE,
                        new UserLoginRequest(
                                meta(ANN, PHONE),
                                Optional.of(new ApplicationId("game")),
                                Optional.of("secret"),
                                Optional.empty(),
                                List.of(),
                                Optional.empty(),
                                List.of())));
    }

    @Test
    @Tag("tx:UserLogin")
    @Tag("status:638")
    @Tag("status:639")
    void aClientLogsInOnceAndAUserWithSoManyClientsAtMost() {
        loggedIn(PHONE, Optional.empty());
        assertRefused(638, () -> loggedIn(PHONE, Optional.empty()));
        for (int i = 1; i < settings.sessionsPerUser(); i++) {
            loggedIn(ClientId.of("client " + i), Optional.empty());
        }
        assertRefused(639, () -> loggedIn(ClientId.of("one more"), Optional.empty()));
    }

    @Test
    @Tag("tx:UserLogout")
    @Tag("status:634")
    void aLogoutEndsTheSessionAndASecondFindsNone() {
        loggedIn(PHONE, Optional.empty());

        assertThat(ask(PHONE, new UserLogoutRequest(meta(ANN, PHONE)))).isEqualTo(Status.of(200));
        assertThat(observed).contains("ended wv:ann@away.example phone");
        assertRefused(634, () -> ask(PHONE, new UserLogoutRequest(meta(ANN, PHONE))));
    }

    @Test
    void anotherDomainHasNoPartInTheSession() {
        loggedIn(PHONE, Optional.empty());
        var foreign =
                new MetaInformation(true, new ServiceId("wv:@evil.example"), Optional.of(ANN), Optional.of(PHONE));

        assertRefused(634, () -> ask(PHONE, new UserLogoutRequest(foreign)));
        assertThat(sessions.find(ANN, PHONE)).isPresent();
    }

    @Test
    @Tag("tx:UserKeepAlive")
    @Tag("SSP-243")
    void aKeepAliveMovesTheEndAndAnotherTimeIsTakenOver() {
        loggedIn(PHONE, Optional.of(HOUR));
        now = now.plus(Duration.ofMinutes(50));

        var kept = (UserKeepAliveResponse)
                ask(PHONE, new UserKeepAliveRequest(meta(ANN, PHONE), Optional.of(Duration.ofMinutes(30))));

        assertThat(kept.statusInfo().statusCode()).isEqualTo(200);
        assertThat(kept.keepAliveTime()).contains(Duration.ofMinutes(30));
        now = now.plus(Duration.ofMinutes(29));
        element.expire(now);
        assertThat(sessions.find(ANN, PHONE)).isPresent();
    }

    @Test
    @Tag("tx:UserKeepAlive")
    @Tag("status:635")
    @Tag("SSP-249")
    void aTimeThatIsNotGrantedLeavesTheOldOneInForce() {
        loggedIn(PHONE, Optional.of(HOUR));
        Duration tooLong = settings.longest().plusSeconds(1);

        assertThat(ask(PHONE, new UserKeepAliveRequest(meta(ANN, PHONE), Optional.of(tooLong))))
                .isEqualTo(Status.of(635));
        now = now.plus(HOUR);
        element.expire(now);

        assertThat(sessions.find(ANN, PHONE)).as("over at the old value").isEmpty();
    }

    @Test
    @Tag("tx:UserKeepAlive")
    @Tag("status:634")
    void withoutASessionThereIsNothingToKeepAlive() {
        assertRefused(634, () -> ask(PHONE, new UserKeepAliveRequest(meta(ANN, PHONE), Optional.empty())));
    }

    @Test
    @Tag("tx:UserDisconnect")
    @Tag("status:630")
    void aSessionThatIsOverIsEndedAndItsHomeIsTold() {
        loggedIn(PHONE, Optional.of(HOUR));
        now = now.plus(HOUR);

        element.expire(now);

        assertThat(sap.asked()).singleElement().satisfies(asked -> {
            assertThat(asked.domain()).isEqualTo("away.example");
            UserDisconnect told = (UserDisconnect) asked.primitive();
            assertThat(told.statusInfo().statusCode()).isEqualTo(630);
            assertThat(told.metaInformation().clientId()).contains(PHONE);
        });
        assertThat(observed).contains("ended wv:ann@away.example phone");
    }

    @Test
    @Tag("SSP-244")
    void aSessionWithoutATimeToLiveDoesNotEnd() {
        assertThat(loggedIn(PHONE, Optional.empty()).keepAliveTime()).isEmpty();

        now = now.plus(Duration.ofDays(3650));
        element.expire(now);

        assertThat(sessions.find(ANN, PHONE)).isPresent();
    }

    @Test
    @Tag("tx:UserDisconnect")
    @Tag("status:631")
    void theOperatorEndsAllSessionsOfAUser() {
        loggedIn(PHONE, Optional.empty());
        loggedIn(ClientId.of("pc"), Optional.empty());

        assertThat(element.forceLogout(ANN)).isEqualTo(2);

        assertThat(sap.sent(UserDisconnect.class))
                .extracting(told -> told.statusInfo().statusCode())
                .containsExactly(631, 631);
        assertThat(sessions.of(ANN)).isEmpty();
    }

    @Test
    @Tag("tx:UserDisconnect")
    void theProvidersWordThatASessionOfOurUserIsOverIsPassedOn() {
        UserId ours = new UserId("wv:pam@provider.example");

        ask(ours, PHONE, new UserDisconnect(meta(ours, PHONE), Status.of(630)));

        assertThat(observed).containsExactly("disconnected wv:pam@provider.example phone 630");
        assertRefused(531, () -> ask(PHONE, new UserDisconnect(meta(ANN, PHONE), Status.of(630))));
    }

    @Test
    @Tag("tx:UserGetSPInfo")
    @Tag("status:634")
    @Tag("status:422")
    void theProviderTellsAboutItselfToWhoeverIsLoggedIn() {
        assertRefused(634, () -> ask(PHONE, new UserGetSPInfoRequest(meta(ANN, PHONE))));
        loggedIn(PHONE, Optional.empty());
        ClientId other = ClientId.of("other");

        var info = (UserGetSPInfoResponse) ask(PHONE, new UserGetSPInfoRequest(meta(ANN, PHONE)));

        assertThat(info.name()).isEqualTo("Provider Inc.");
        assertRefused(422, () -> ask(other, new UserGetSPInfoRequest(meta(ANN, other))));
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
        settings = settings.offering(functions(
                List.of(ServiceFunction.GETSPI), List.of(ContactListFunction.GCLI, ContactListFunction.CCLI)));
        element = made();
        loggedIn(PHONE, Optional.empty());

        var response = (UserServiceResponse) ask(
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
        loggedIn(PHONE, Optional.empty());

        var response =
                (UserServiceResponse) ask(PHONE, new UserServiceRequest(meta(ANN, PHONE), CspFunctions.ALL, true));

        CspFeatures nothing = CspFunctions.without(CspFunctions.ALL, CspFunctions.ALL);
        assertThat(response.notAvailableFunctions()).contains(nothing);
        assertThat(response.allFunctions()).contains(settings.functions());
    }

    @Test
    @Tag("tx:UserServiceNegotiation")
    @Tag("status:634")
    @Tag("status:422")
    void functionsAreForWhoeverIsLoggedInWithThatClient() {
        ClientId other = ClientId.of("other");
        assertRefused(634, () -> ask(PHONE, new UserServiceRequest(meta(ANN, PHONE), CspFunctions.ALL, false)));
        loggedIn(PHONE, Optional.empty());
        assertRefused(422, () -> ask(other, new UserServiceRequest(meta(ANN, other), CspFunctions.ALL, false)));
    }
}
