package org.impsiwf.ssp.elements.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.impsiwf.ssp.elements.session.UserSessionWorld.ANN;
import static org.impsiwf.ssp.elements.session.UserSessionWorld.HOUR;
import static org.impsiwf.ssp.elements.session.UserSessionWorld.PHONE;
import static org.impsiwf.ssp.elements.session.UserSessionWorld.assertRefused;
import static org.impsiwf.ssp.elements.session.UserSessionWorld.login;
import static org.impsiwf.ssp.elements.session.UserSessionWorld.meta;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.impsiwf.ssp.elements.profile.Registration;
import org.impsiwf.ssp.primitives.ApplicationId;
import org.impsiwf.ssp.primitives.ClientId;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.UserId;
import org.impsiwf.ssp.primitives.UserSessionPrimitive.UserLoginRequest;
import org.impsiwf.ssp.primitives.UserSessionPrimitive.UserLoginResponse;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** SSP 12 as the provider: how a session of a user's client begins, or does not. */
@Tag("IMPS-SSP-SERV-S-007")
class UserLoginTest {

    @AutoClose
    private final UserSessionWorld world = new UserSessionWorld();

    private UserLoginResponse offering(String... schemas) {
        return (UserLoginResponse) world.ask(
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
        return world.ask(
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

    @Test
    @Tag("tx:UserLogin")
    @Tag("SSP-235")
    @Tag("SSP-242")
    void aPasswordOpensASessionForTheTimeThatWasAskedFor() {
        UserLoginResponse response = world.loggedIn(PHONE, Optional.of(HOUR));

        assertThat(response.statusInfo().statusCode()).isEqualTo(200);
        assertThat(response.keepAliveTime()).contains(HOUR);
        assertThat(response.clientCapabilityRequest()).contains(true);
        assertThat(world.observed).containsExactly("began wv:ann@away.example phone");
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
        world.now = world.now.plus(world.settings.challengeLife());
        assertRefused(409, () -> answering(UserDigest.MD5.digest(second, "secret")));
        assertThat(second).isNotEqualTo(first);
    }

    @Test
    @Tag("tx:UserLogin")
    @Tag("status:409")
    void aWrongPasswordOpensNothing() {
        assertRefused(409, () -> world.ask(PHONE, login(ANN, PHONE, "guess", Optional.empty())));
        assertThat(world.sessions.of(ANN)).isEmpty();
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
        world.users.register(Registration.of(mute), world.now);

        assertRefused(531, () -> world.ask(stranger, PHONE, login(stranger, PHONE, "secret", Optional.empty())));
        assertRefused(403, () -> world.ask(mute, PHONE, login(mute, PHONE, "", Optional.empty())));
    }

    @Test
    @Tag("tx:UserLogin")
    @Tag("status:515")
    void anApplicationThatTheOperatorForbidsIsRefused() {
        world.with(world.settings.forbidding(Set.of(new ApplicationId("game"))));

        assertRefused(
                515,
                () -> world.ask(
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
        world.loggedIn(PHONE, Optional.empty());
        assertRefused(638, () -> world.loggedIn(PHONE, Optional.empty()));
        for (int i = 1; i < world.settings.sessionsPerUser(); i++) {
            world.loggedIn(ClientId.of("client " + i), Optional.empty());
        }
        assertRefused(639, () -> world.loggedIn(ClientId.of("one more"), Optional.empty()));
    }
}
