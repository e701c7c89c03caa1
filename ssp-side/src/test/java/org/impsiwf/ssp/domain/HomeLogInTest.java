package org.impsiwf.ssp.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.impsiwf.ssp.elements.common.SystemMessages.Draft;
import org.impsiwf.ssp.elements.profile.Registration;
import org.impsiwf.ssp.elements.session.CspFunctions;
import org.impsiwf.ssp.elements.session.UserDigest;
import org.impsiwf.ssp.primitives.ClientId;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.SystemMessage;
import org.impsiwf.ssp.primitives.SystemMessage.AnswerOption;
import org.impsiwf.ssp.primitives.UserId;
import org.impsiwf.ssp.primitives.UserSessionPrimitive.UserDisconnect;
import org.impsiwf.ssp.primitives.UserSessionPrimitive.UserLoginRequest;
import org.impsiwf.ssp.primitives.UserSessionPrimitive.UserServiceRequest;
import org.impsiwf.ssp.primitives.UserSessionPrimitive.UserServiceResponse;
import org.impsiwf.ssp.routing.Service;
import org.impsiwf.ssp.routing.ServiceTable.Complementary;
import org.impsiwf.ssp.routing.ServiceTable.Relayed;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Users whose credentials another domain holds log in at home (SSP 12), with real domains on loopback. */
class HomeLogInTest {

    private static final Draft QUESTION =
            new Draft("May we?", List.of(new AnswerOption("y", "Yes")), true, Optional.empty());
    private static final Set<Service> SESSIONS = Set.of(Service.USER_SESSION);

    @AutoClose
    private final Town.Towns towns = new Town.Towns();

    @Test
    @Tag("tx:UserLogin")
    @Tag("SSP-235")
    @Tag("SSP-236")
    @Tag("SSP-238")
    @Tag("SSP-240")
    void aUserWhoseCredentialsAnotherDomainHoldsLogsInThroughItsHome() throws IOException {
        Town a = towns.open("a.example", t -> t.providedBy("b.example", SESSIONS));
        Town b = towns.open("b.example", t -> t.providing(new Complementary("a.example", SESSIONS, Set.of())));
        a.connect(b);
        UserId ann = new UserId("wv:ann@a.example");
        b.whole.register(Registration.of(ann).withPassword("secret"));
        ClientId phone = ClientId.of("phone");
        HomeSessions.Login shown = HomeSessions.Login.of(ann, phone, new HomeSessions.SchemasOffered(List.of("MD5")));

        var challenge = (HomeSessions.Challenged) a.whole.sessions().login(shown, Town::answer);
        assertThat(a.whole.domain().isOnline(ann))
                .as("not before the provider has said yes")
                .isFalse();
        String digest = UserDigest.valueOf(challenge.schema()).digest(challenge.nonce(), "secret");
        var in = (HomeSessions.LoggedIn) a.whole
                .sessions()
                .login(
                        HomeSessions.Login.of(ann, phone, new HomeSessions.DigestShown(digest))
                                .living(Duration.ofHours(1))
                                .asking(CspFunctions.ALL),
                        Town::answer);

        assertThat(in.response().keepAliveTime()).contains(Duration.ofHours(1));
        assertThat(in.negotiated()).containsInstanceOf(UserServiceResponse.class);
        assertThat(a.sent.stream().filter(UserServiceRequest.class::isInstance)).hasSize(1);
        assertThat(a.whole.domain().isOnline(ann)).isTrue();
        assertThat(TestHome.code(in.session().logout())).isEqualTo(200);
        assertThat(a.whole.domain().isOnline(ann)).isFalse();
    }

    @Test
    @Tag("SSP-241")
    void anIntermediateDomainRelaysALogInUntouched() throws IOException {
        Town a = towns.open(
                "a.example", t -> t.providedBy("b.example", SESSIONS), TestHome.behind("b.example", "x.example"));
        Town x = towns.open("x.example", t -> t.relaying(new Relayed("a.example", SESSIONS, "b.example")));
        Town b = towns.open(
                "b.example",
                t -> t.providing(new Complementary("a.example", SESSIONS, Set.of())),
                TestHome.behind("a.example", "x.example"));
        a.connect(x);
        x.connect(b);
        UserId ann = new UserId("wv:ann@a.example");
        b.whole.register(Registration.of(ann).withPassword("secret"));

        var outcome = a.whole
                .sessions()
                .login(
                        HomeSessions.Login.of(ann, ClientId.of("phone"), new HomeSessions.PasswordShown("secret")),
                        Town::answer);

        assertThat(outcome).isInstanceOf(HomeSessions.LoggedIn.class);
        UserLoginRequest left = a.sent(UserLoginRequest.class);
        assertThat(x.sent(UserLoginRequest.class)).isEqualTo(left);
        assertThat(left.passwordString()).contains("secret");
    }

    @Test
    @Tag("SSP-239")
    void answersToSystemMessagesOfTheHomeDomainAreNotForwardedAndTheOthersReachTheirProvider() throws IOException {
        Town a = towns.open("a.example", t -> t.providedBy("b.example", SESSIONS));
        Town b = towns.open("b.example", t -> t.providing(new Complementary("a.example", SESSIONS, Set.of())));
        a.connect(b);
        UserId ann = new UserId("wv:ann@a.example");
        b.whole.register(Registration.of(ann).withPassword("secret"));
        List<SystemMessage.Response> heardHere = new CopyOnWriteArrayList<>();
        List<SystemMessage.Response> heardThere = new CopyOnWriteArrayList<>();
        a.whole.hearing((user, response) -> heardHere.add(response));
        b.whole.hearing((user, response) -> heardThere.add(response));
        var ours = yesTo(a.whole.systemMessages().send(ann, QUESTION));
        var theirs = yesTo(b.whole.systemMessages().send(ann, QUESTION));
        var login = HomeSessions.Login.of(ann, ClientId.of("phone"), new HomeSessions.PasswordShown("secret"))
                .answering(List.of(ours, theirs));

        assertThat(a.whole.sessions().login(login, Town::answer)).isInstanceOf(HomeSessions.LoggedIn.class);

        assertThat(a.sent(UserLoginRequest.class).systemMessageResponseList()).containsExactly(theirs);
        assertThat(heardHere).containsExactly(ours);
        assertThat(heardThere).containsExactly(theirs);
    }

    @Test
    @Tag("SSP-239")
    void whoFailsToLogInAnswersNothing() throws IOException {
        Town a = towns.open("a.example");
        UserId ann = a.registered("ann");
        List<SystemMessage.Response> heard = new CopyOnWriteArrayList<>();
        a.whole.hearing((user, response) -> heard.add(response));
        var answer = yesTo(a.whole.systemMessages().send(ann, QUESTION));
        var guess = HomeSessions.Login.of(ann, ClientId.of("phone"), new HomeSessions.PasswordShown("guess"));
        var right = HomeSessions.Login.of(ann, ClientId.of("phone"), new HomeSessions.PasswordShown("secret of ann"));

        assertThat(a.whole.sessions().login(guess.answering(List.of(answer)), Town::answer))
                .isInstanceOf(HomeSessions.Denied.class);
        assertThat(heard).isEmpty();
        assertThat(a.whole.sessions().login(right.answering(List.of(answer)), Town::answer))
                .isInstanceOf(HomeSessions.LoggedIn.class);
        assertThat(heard).containsExactly(answer);
    }

    private static SystemMessage.Response yesTo(String message) {
        return new SystemMessage.Response(message, Optional.of("y"), Optional.empty());
    }

    @Test
    @Tag("tx:UserDisconnect")
    @Tag("status:631")
    void aForcedLogoutAtTheProviderEndsTheSessionAtHome() throws IOException {
        Town a = towns.open("a.example", t -> t.providedBy("b.example", SESSIONS));
        Town b = towns.open("b.example", t -> t.providing(new Complementary("a.example", SESSIONS, Set.of())));
        a.connect(b);
        UserId ann = new UserId("wv:ann@a.example");
        b.whole.register(Registration.of(ann).withPassword("secret"));
        List<Primitive> received = new CopyOnWriteArrayList<>();
        a.whole
                .sessions()
                .login(
                        HomeSessions.Login.of(ann, ClientId.of("phone"), new HomeSessions.PasswordShown("secret")),
                        primitive -> {
                            received.add(primitive);
                            return Town.answer(primitive);
                        });

        assertThat(b.whole.forceLogout(ann)).isEqualTo(1);

        await().atMost(Town.PATIENCE).until(() -> !a.whole.domain().isOnline(ann));
        assertThat(received)
                .anySatisfy(primitive -> assertThat(primitive)
                        .isInstanceOfSatisfying(
                                UserDisconnect.class,
                                over -> assertThat(over.statusInfo().statusCode())
                                        .isEqualTo(631)));
    }

    @Test
    void aUserOfOurOwnLogsInByTheSameDoor() throws IOException {
        Town a = towns.open("a.example");
        UserId ann = a.registered("ann");
        var wrong = HomeSessions.Login.of(ann, ClientId.of("phone"), new HomeSessions.PasswordShown("guess"));
        var right = HomeSessions.Login.of(ann, ClientId.of("phone"), new HomeSessions.PasswordShown("secret of ann"));

        assertThat(a.whole.sessions().login(wrong, Town::answer)).isEqualTo(new HomeSessions.Denied(Status.of(409)));
        assertThat(a.whole.sessions().login(right, Town::answer)).isInstanceOf(HomeSessions.LoggedIn.class);
        assertThat(a.whole.forceLogout(ann)).isEqualTo(1);
        await().atMost(Town.PATIENCE).until(() -> !a.whole.domain().isOnline(ann));
    }
}
