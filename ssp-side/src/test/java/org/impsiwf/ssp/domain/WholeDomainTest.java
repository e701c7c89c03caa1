package org.impsiwf.ssp.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.impsiwf.ssp.codec.Dialect;
import org.impsiwf.ssp.elements.profile.Registration;
import org.impsiwf.ssp.elements.session.CspFunctions;
import org.impsiwf.ssp.elements.session.UserDigest;
import org.impsiwf.ssp.primitives.Addressee;
import org.impsiwf.ssp.primitives.ClientId;
import org.impsiwf.ssp.primitives.ContactListPrimitive.CreateAttrListRequest;
import org.impsiwf.ssp.primitives.Content;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.GroupPrimitive.CreateGroupRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.JoinGroupRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.JoinGroupResponse;
import org.impsiwf.ssp.primitives.GroupProperties;
import org.impsiwf.ssp.primitives.ImPrimitive.MessageDelivered;
import org.impsiwf.ssp.primitives.ImPrimitive.NewMessage;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteResponse;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteUserRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteUserResponse;
import org.impsiwf.ssp.primitives.InviteId;
import org.impsiwf.ssp.primitives.InviteType;
import org.impsiwf.ssp.primitives.MessageId;
import org.impsiwf.ssp.primitives.MessageInfo;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.PresenceAttribute;
import org.impsiwf.ssp.primitives.PresenceAttributeList;
import org.impsiwf.ssp.primitives.PresencePrimitive.PresenceNotification;
import org.impsiwf.ssp.primitives.PresencePrimitive.SubscribeRequest;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.SystemMessage;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;
import org.impsiwf.ssp.primitives.UserSessionPrimitive.UserDisconnect;
import org.impsiwf.ssp.primitives.UserSessionPrimitive.UserLoginRequest;
import org.impsiwf.ssp.primitives.UserSessionPrimitive.UserServiceRequest;
import org.impsiwf.ssp.primitives.UserSessionPrimitive.UserServiceResponse;
import org.impsiwf.ssp.routing.RoutingTable.Route;
import org.impsiwf.ssp.routing.Service;
import org.impsiwf.ssp.routing.ServiceTable;
import org.impsiwf.ssp.routing.ServiceTable.Complementary;
import org.impsiwf.ssp.routing.ServiceTable.Relayed;
import org.impsiwf.ssp.server.Listen;
import org.impsiwf.ssp.server.PeerSettings;
import org.impsiwf.ssp.server.PeerSnapshot;
import org.impsiwf.ssp.server.SessionTiming;
import org.impsiwf.ssp.server.SspCounters;
import org.impsiwf.ssp.server.SspSettings;
import org.impsiwf.ssp.session.DigestScheme;
import org.impsiwf.ssp.storage.Database;
import org.impsiwf.ssp.storage.DatabaseConfig;
import org.impsiwf.ssp.storage.Databases;
import org.impsiwf.store.local.LocalStores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Domains with all Service Elements and a database each, connected over loopback; their users use them. */
class WholeDomainTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Set<Service> SESSIONS = Set.of(Service.USER_SESSION);

    private final List<Town> towns = new ArrayList<>();

    @AfterEach
    void close() {
        towns.reversed().forEach(Town::close);
    }

    private Town town(String name) throws IOException {
        return town(name, UnaryOperator.identity());
    }

    private Town town(String name, UnaryOperator<ServiceTable> agreements, Route... routes) throws IOException {
        Town town = new Town(name, agreements, Databases.H2.empty(), routes);
        towns.add(town);
        return town;
    }

    private static void connect(Town one, Town other) {
        other.whole.domain().addPeer(agreement(one, false));
        one.whole.domain().addPeer(agreement(other, true));
        await().atMost(PATIENCE).until(() -> isUp(one, other) && isUp(other, one));
    }

    private static PeerSettings agreement(Town other, boolean connect) {
        InetSocketAddress at = other.whole.domain().addresses().getFirst();
        return PeerSettings.of(
                        new ServiceId("wv:@" + other.name),
                        Optional.of(URI.create("http://127.0.0.1:" + at.getPort() + "/")),
                        "secret",
                        "secret",
                        DigestScheme.SHA,
                        Dialect.OMA_1_3,
                        connect)
                .withSession(SessionTiming.DEFAULT.withDelays(Duration.ofMillis(50), Duration.ofMillis(200)));
    }

    private static boolean isUp(Town one, Town other) {
        return one.whole.domain().peers().stream()
                .anyMatch(
                        peer -> peer.serviceId().domain().equals(other.name) && peer.state() == PeerSnapshot.State.UP);
    }

    /** A domain, and what leaves it. */
    private static final class Town {
        final String name;
        final DatabaseConfig config;
        final LocalStores stores = LocalStores.inHeap();
        final Database database;
        final WholeDomain whole;
        final List<Primitive> sent = new CopyOnWriteArrayList<>();

        Town(String name, UnaryOperator<ServiceTable> agreements, DatabaseConfig config, Route... routes)
                throws IOException {
            this.name = name;
            this.config = config;
            database = Database.open(config);
            SspSettings ssp = SspSettings.of(
                    new ServiceId("wv:@" + name),
                    List.of(Listen.plain(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))),
                    List.of());
            whole = new WholeDomain(
                    HomeDomain.Settings.of(ssp).agreeing(agreements.apply(ServiceTable.of(name)), routes),
                    WholeDomain.Services.defaults(name),
                    database,
                    stores,
                    InstantSource.system(),
                    SspCounters.NONE,
                    seen -> {
                        if (seen.sent()) {
                            sent.add(seen.primitive());
                        }
                    });
            whole.start();
        }

        UserId registered(String local) {
            UserId id = new UserId("wv:" + local + "@" + name);
            whole.register(Registration.of(id).withPassword("secret of " + local));
            return id;
        }

        Person person(String local) {
            return new Person(this, registered(local));
        }

        void close() {
            whole.close();
            stores.close();
            database.close();
        }
    }

    /** A user with one client that takes everything. */
    private static final class Person {
        final UserId id;
        final Attachment session;
        final List<Primitive> received = new CopyOnWriteArrayList<>();

        Person(Town town, UserId id) {
            this.id = id;
            session = town.whole.domain().attach(id, ClientId.of("phone"), this::takes);
        }

        private Primitive takes(Primitive primitive) {
            received.add(primitive);
            return answer(primitive);
        }

        <P extends Primitive> P expects(Class<P> kind) {
            await().atMost(PATIENCE).until(() -> received.stream().anyMatch(kind::isInstance));
            return received.stream()
                    .filter(kind::isInstance)
                    .map(kind::cast)
                    .findFirst()
                    .orElseThrow();
        }

        MetaInformation meta() {
            return MetaInformation.ofUser(new ServiceId("wv:@" + id.domain()), id);
        }

        Primitive says(String text, Addressee to) {
            MessageInfo info = new MessageInfo(
                    Optional.of(new MessageId("id of " + text)),
                    Optional.empty(),
                    Optional.of("text/plain"),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(new MessageInfo.Recipient(to)),
                    Optional.of(MessageInfo.Sender.of(User.of(id))),
                    Optional.empty());
            return session.request(new SendMessageRequest(meta(), false, info, Optional.of(Content.text(text))));
        }
    }

    private static Primitive answer(Primitive primitive) {
        return primitive instanceof NewMessage message
                ? new MessageDelivered(
                        Optional.empty(),
                        Optional.of(Status.of(StatusCode.SUCCESSFUL)),
                        message.messageInfo().messageId().orElseThrow())
                : Status.of(StatusCode.SUCCESSFUL);
    }

    private static String text(NewMessage message) {
        return message.content().data().asUtf8();
    }

    @Test
    @Tag("tx:SendMessage")
    void aMessageReachesAUserOfTheOtherDomain() throws IOException {
        Town a = town("a.example");
        Town b = town("b.example");
        connect(a, b);
        Person ann = a.person("ann");
        Person bob = b.person("bob");

        assertThat(TestHome.code(ann.says("hello", User.of(bob.id)))).isEqualTo(200);

        assertThat(text(bob.expects(NewMessage.class))).isEqualTo("hello");
        assertThat(TestHome.code(ann.says("nobody", User.of("wv:nobody@b.example"))))
                .isEqualTo(531);
    }

    @Test
    @Tag("tx:BasicInvitation")
    void anInvitationAndItsAnswerCrossTheDomains() throws IOException {
        Town a = town("a.example");
        Town b = town("b.example");
        connect(a, b);
        Person ann = a.person("ann");
        Person bob = b.person("bob");
        InviteId id = new InviteId("invitation-1");

        Primitive asked = ann.session.request(new InviteRequest(
                ann.meta(),
                id,
                InviteType.IM,
                User.of(ann.id),
                User.of(bob.id),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.of("talk?"),
                Optional.empty(),
                Optional.empty()));

        assertThat(TestHome.code(asked)).isEqualTo(200);
        InviteUserRequest came = bob.expects(InviteUserRequest.class);
        bob.session.request(new InviteUserResponse(
                Status.of(200),
                came.inviteId(),
                came.invitingUser(),
                true,
                came.invitedUser(),
                Optional.empty(),
                Optional.empty(),
                List.of()));
        assertThat(ann.expects(InviteResponse.class).inviteAcceptance()).isTrue();
    }

    @Test
    @Tag("tx:CreateGroup")
    @Tag("tx:JoinGroup")
    void usersOfTwoDomainsTalkInAGroupOfOne() throws IOException {
        Town a = town("a.example");
        Town b = town("b.example");
        connect(a, b);
        Person ann = a.person("ann");
        Person bob = b.person("bob");
        GroupId club = new GroupId("wv:ann/club@a.example");

        Primitive created = ann.session.request(new CreateGroupRequest(
                ann.meta(),
                club,
                new GroupProperties(List.of(), Optional.empty()),
                true,
                Optional.of(ScreenName.in(club, "Ann")),
                false));
        Primitive joined = bob.session.request(new JoinGroupRequest(
                bob.meta(),
                club,
                true,
                Optional.of(ScreenName.in(club, "Bob")),
                false,
                Optional.empty(),
                Optional.empty()));

        assertThat(TestHome.code(created)).isEqualTo(200);
        assertThat(joined)
                .isInstanceOfSatisfying(
                        JoinGroupResponse.class,
                        response ->
                                assertThat(response.joinedUserScreenNameList()).contains("Ann"));
        assertThat(TestHome.code(bob.says("hi all", club))).isEqualTo(200);
        assertThat(text(ann.expects(NewMessage.class))).isEqualTo("hi all");
        assertThat(TestHome.code(ann.says("welcome", club))).isEqualTo(200);
        assertThat(text(bob.expects(NewMessage.class))).isEqualTo("welcome");
    }

    @Test
    @Tag("tx:Subscribe")
    void aWatcherOfAnotherDomainIsNotified() throws IOException {
        Town a = town("a.example");
        Town b = town("b.example");
        connect(a, b);
        Person ann = a.person("ann");
        Person bob = b.person("bob");
        bob.session.request(new CreateAttrListRequest(
                bob.meta(),
                new PresenceAttributeList(List.of(PresenceAttribute.ONLINE_STATUS)),
                true,
                List.of(),
                List.of(),
                false,
                Optional.empty(),
                Optional.empty()));

        Primitive subscribed = ann.session.request(
                new SubscribeRequest(ann.meta(), List.of(bob.id), List.of(), Optional.empty(), false));

        assertThat(TestHome.code(subscribed)).isEqualTo(200);
        assertThat(ann.expects(PresenceNotification.class).presenceValueList())
                .extracting(value -> value.userId())
                .contains(bob.id);
    }

    @Test
    @Tag("tx:UserLogin")
    @Tag("SSP-235")
    @Tag("SSP-236")
    @Tag("SSP-238")
    @Tag("SSP-240")
    void aUserWhoseCredentialsAnotherDomainHoldsLogsInThroughItsHome() throws IOException {
        Town a = town("a.example", t -> t.providedBy("b.example", SESSIONS));
        Town b = town("b.example", t -> t.providing(new Complementary("a.example", SESSIONS, Set.of())));
        connect(a, b);
        UserId ann = new UserId("wv:ann@a.example");
        b.whole.register(Registration.of(ann).withPassword("secret"));
        ClientId phone = ClientId.of("phone");
        HomeSessions.Login shown = HomeSessions.Login.of(ann, phone, new HomeSessions.SchemasOffered(List.of("MD5")));

        var challenge = (HomeSessions.Challenged) a.whole.sessions().login(shown, WholeDomainTest::answer);
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
                        WholeDomainTest::answer);

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
        Town a = town("a.example", t -> t.providedBy("b.example", SESSIONS), TestHome.behind("b.example", "x.example"));
        Town x = town("x.example", t -> t.relaying(new Relayed("a.example", SESSIONS, "b.example")));
        Town b = town(
                "b.example",
                t -> t.providing(new Complementary("a.example", SESSIONS, Set.of())),
                TestHome.behind("a.example", "x.example"));
        connect(a, x);
        connect(x, b);
        UserId ann = new UserId("wv:ann@a.example");
        b.whole.register(Registration.of(ann).withPassword("secret"));

        var outcome = a.whole
                .sessions()
                .login(
                        HomeSessions.Login.of(ann, ClientId.of("phone"), new HomeSessions.PasswordShown("secret")),
                        WholeDomainTest::answer);

        assertThat(outcome).isInstanceOf(HomeSessions.LoggedIn.class);
        UserLoginRequest left = only(a.sent);
        assertThat(only(x.sent)).isEqualTo(left);
        assertThat(left.passwordString()).contains("secret");
    }

    private static UserLoginRequest only(List<Primitive> sent) {
        return sent.stream()
                .filter(UserLoginRequest.class::isInstance)
                .map(UserLoginRequest.class::cast)
                .findFirst()
                .orElseThrow();
    }

    @Test
    @Tag("SSP-239")
    void answersToSystemMessagesOfTheHomeDomainAreNotForwarded() throws IOException {
        Town a = town("a.example", t -> t.providedBy("b.example", SESSIONS));
        Town b = town("b.example", t -> t.providing(new Complementary("a.example", SESSIONS, Set.of())));
        connect(a, b);
        UserId ann = new UserId("wv:ann@a.example");
        HomeSessions sessions = new HomeSessions(a.whole.domain(), id -> id.startsWith("a-"));
        var ours = new SystemMessage.Response("a-1", Optional.empty(), Optional.empty());
        var theirs = new SystemMessage.Response("b-1", Optional.empty(), Optional.empty());

        sessions.login(
                HomeSessions.Login.of(ann, ClientId.of("phone"), new HomeSessions.PasswordShown("x"))
                        .answering(List.of(ours, theirs)),
                WholeDomainTest::answer);

        assertThat(only(a.sent).systemMessageResponseList()).containsExactly(theirs);
    }

    @Test
    @Tag("tx:UserDisconnect")
    @Tag("status:631")
    void aForcedLogoutAtTheProviderEndsTheSessionAtHome() throws IOException {
        Town a = town("a.example", t -> t.providedBy("b.example", SESSIONS));
        Town b = town("b.example", t -> t.providing(new Complementary("a.example", SESSIONS, Set.of())));
        connect(a, b);
        UserId ann = new UserId("wv:ann@a.example");
        b.whole.register(Registration.of(ann).withPassword("secret"));
        List<Primitive> received = new CopyOnWriteArrayList<>();
        a.whole
                .sessions()
                .login(
                        HomeSessions.Login.of(ann, ClientId.of("phone"), new HomeSessions.PasswordShown("secret")),
                        primitive -> {
                            received.add(primitive);
                            return answer(primitive);
                        });

        assertThat(b.whole.forceLogout(ann)).isEqualTo(1);

        await().atMost(PATIENCE).until(() -> !a.whole.domain().isOnline(ann));
        assertThat(received)
                .anySatisfy(primitive -> assertThat(primitive)
                        .isInstanceOfSatisfying(
                                UserDisconnect.class,
                                over -> assertThat(over.statusInfo().statusCode())
                                        .isEqualTo(631)));
    }

    @Test
    void aUserOfOurOwnLogsInByTheSameDoor() throws IOException {
        Town a = town("a.example");
        UserId ann = a.registered("ann");
        var wrong = HomeSessions.Login.of(ann, ClientId.of("phone"), new HomeSessions.PasswordShown("guess"));
        var right = HomeSessions.Login.of(ann, ClientId.of("phone"), new HomeSessions.PasswordShown("secret of ann"));

        assertThat(a.whole.sessions().login(wrong, WholeDomainTest::answer))
                .isEqualTo(new HomeSessions.Denied(Status.of(409)));
        assertThat(a.whole.sessions().login(right, WholeDomainTest::answer)).isInstanceOf(HomeSessions.LoggedIn.class);
        assertThat(a.whole.forceLogout(ann)).isEqualTo(1);
        await().atMost(PATIENCE).until(() -> !a.whole.domain().isOnline(ann));
    }

    @Test
    void whatWasAnsweredPositivelyIsThereAfterAnotherStart() throws IOException {
        Town a = town("a.example");
        Person ann = a.person("ann");
        UserId abe = a.registered("abe");
        assertThat(TestHome.code(ann.says("for later", User.of(abe)))).isEqualTo(200);
        a.whole.close();

        Town again = new Town("a.example", UnaryOperator.identity(), a.config);
        towns.add(again);
        Person later = new Person(again, abe);

        assertThat(text(later.expects(NewMessage.class))).isEqualTo("for later");
    }
}
