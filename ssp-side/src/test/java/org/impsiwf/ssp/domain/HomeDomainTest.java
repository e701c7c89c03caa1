package org.impsiwf.ssp.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.impsiwf.ssp.domain.TestHome.behind;
import static org.impsiwf.ssp.domain.TestHome.code;
import static org.impsiwf.ssp.domain.TestHome.connect;
import static org.impsiwf.ssp.domain.TestHome.link;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.elements.ServiceElement;
import org.impsiwf.ssp.elements.ServiceRequest;
import org.impsiwf.ssp.primitives.Addressee;
import org.impsiwf.ssp.primitives.ClientId;
import org.impsiwf.ssp.primitives.ContactListId;
import org.impsiwf.ssp.primitives.Content;
import org.impsiwf.ssp.primitives.ExtendConversationId;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.GroupPrimitive.DeleteGroupRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.JoinGroupRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.LeaveGroupIndication;
import org.impsiwf.ssp.primitives.ImPrimitive.ExtendConversationRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.NewMessage;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageResponse;
import org.impsiwf.ssp.primitives.MessageId;
import org.impsiwf.ssp.primitives.MessageInfo;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Services;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.SystemMessage;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;
import org.impsiwf.ssp.routing.RoutingTable;
import org.impsiwf.ssp.routing.Service;
import org.impsiwf.ssp.routing.ServiceTable;
import org.impsiwf.ssp.routing.ServiceTable.Relayed;
import org.impsiwf.ssp.server.ServiceTerms;
import org.impsiwf.ssp.storage.Database;
import org.impsiwf.ssp.storage.Databases;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How a domain treats what comes in by its one door, whoever it comes from. */
class HomeDomainTest {

    private static final Set<Service> IM = Set.of(Service.IM);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final List<TestHome> homes = new ArrayList<>();

    @AfterEach
    void closeAll() {
        TestHome.close(homes);
    }

    private TestHome home(String name) throws IOException {
        return keep(new TestHome(name, table -> table));
    }

    private TestHome home(String name, ServiceElement element) throws IOException {
        return keep(new TestHome(name, DomainLimits.DEFAULT, element));
    }

    private TestHome keep(TestHome home) {
        homes.add(home);
        return home;
    }

    /** An element for messages that does as the test says. */
    private static ServiceElement serving(Function<ServiceRequest, Primitive> serve) {
        return serving(Set.of(SendMessageRequest.class, LeaveGroupIndication.class), serve);
    }

    private static ServiceElement serving(
            Set<Class<? extends Primitive>> served, Function<ServiceRequest, Primitive> serve) {
        return new ServiceElement() {
            @Override
            public Set<Class<? extends Primitive>> serves() {
                return served;
            }

            @Override
            public Primitive serve(ServiceRequest request) {
                return serve.apply(request);
            }
        };
    }

    private static ServiceElement failing(RuntimeException failure) {
        return serving(request -> {
            throw failure;
        });
    }

    private static Primitive accepted(ServiceRequest request) {
        SendMessageRequest message = (SendMessageRequest) request.primitive();
        return new SendMessageResponse(
                Status.of(StatusCode.SUCCESSFUL), message.messageInfo().messageId());
    }

    @Test
    @Tag("SSP-007")
    @Tag("SSP-006")
    void aThousandInterleavedRequestsThroughARelayEachGetTheirOwnResult() throws Exception {
        Relayed agreed = new Relayed("a.example", IM, "b.example");
        TestHome a =
                keep(new TestHome("a.example", t -> t.providedBy("b.example", IM), behind("b.example", "x.example")));
        TestHome x = keep(new TestHome("x.example", t -> t.relaying(agreed)));
        CountDownLatch allIn = new CountDownLatch(1_000);
        TestHome b = keep(new TestHome(
                "b.example",
                t -> t.providing(new ServiceTable.Complementary("a.example", IM, Set.of())),
                DomainLimits.DEFAULT,
                Optional.of(serving(request -> {
                    allIn.countDown();
                    awaitAll(allIn);
                    return accepted(request);
                })),
                behind("a.example", "x.example")));
        connect(a, x, b);
        List<TestHome.TestUser> users = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            users.add(a.user("user" + i));
        }

        List<Future<Primitive>> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            users.forEach(
                    user -> answers.add(threads.submit(() -> user.sends("text", new UserId("wv:bob@a.example")))));
            await().atMost(PATIENCE).until(() -> allIn.getCount() == 0);
        }

        for (int i = 0; i < users.size(); i++) {
            String own = "text-" + users.get(i).id.value();
            assertThat(answers.get(i).get())
                    .isInstanceOfSatisfying(
                            SendMessageResponse.class,
                            response -> assertThat(response.messageId()).contains(new MessageId(own)));
        }
        assertThat(a.domain.transactions().size()).isZero();
        assertThat(x.domain.transactions().size()).isZero();
    }

    /** All of them are under way at once before the first is answered. */
    private static void awaitAll(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    @Tag("SSP-006")
    void anOpenTransactionIsListedForItsProviderWithTheOneThatItWasOpenedFor() throws Exception {
        TestHome a =
                keep(new TestHome("a.example", t -> t.providedBy("b.example", IM), behind("b.example", "x.example")));
        TestHome x = keep(new TestHome("x.example", t -> t.relaying(new Relayed("a.example", IM, "b.example"))));
        CountDownLatch answer = new CountDownLatch(1);
        TestHome b = keep(new TestHome(
                "b.example",
                t -> t.providing(new ServiceTable.Complementary("a.example", IM, Set.of())),
                DomainLimits.DEFAULT,
                Optional.of(serving(request -> {
                    awaitAll(answer);
                    return accepted(request);
                })),
                behind("a.example", "x.example")));
        connect(a, x, b);
        var ann = a.user("ann");
        ServiceId provider = new ServiceId("wv:@b.example");

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Primitive> sent = threads.submit(() -> ann.sends("hello", new UserId("wv:bob@a.example")));
            await().atMost(PATIENCE)
                    .until(() -> !x.domain.transactions().of(provider).isEmpty());

            var line = x.domain.transactions().of(provider).getFirst();
            assertThat(line.requested().orElseThrow().peer().domain()).isEqualTo("a.example");
            answer.countDown();
            assertThat(code(sent.get())).isEqualTo(200);
        }
        assertThat(x.domain.transactions().of(provider)).isEmpty();
    }

    @Test
    @Tag("status:503")
    void beyondItsBoundAPeerIsRefusedAndAnotherPeerIsServed() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        Set<UserId> arrived = ConcurrentHashMap.newKeySet();
        TestHome b = keep(new TestHome("b.example", DomainLimits.DEFAULT.withRequestsPerPeer(2), serving(request -> {
            arrived.add(request.requiredUser());
            if (request.requiredUser().domain().equals("a.example")) {
                awaitAll(answer);
            }
            return accepted(request);
        })));
        TestHome a = home("a.example");
        TestHome c = home("c.example");
        connect(a, b, c);
        UserId bob = new UserId("wv:bob@b.example");
        var ann = a.user("ann");
        var abe = a.user("abe");
        var amy = a.user("amy");
        var cid = c.user("cid");

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(() -> ann.sends("1", bob));
            var second = threads.submit(() -> abe.sends("2", bob));
            await().atMost(PATIENCE).until(() -> arrived.containsAll(List.of(ann.id, abe.id)));

            assertThat(code(amy.sends("3", bob))).isEqualTo(503);
            assertThat(code(cid.sends("4", bob))).isEqualTo(200);
            answer.countDown();
            assertThat(code(first.get())).isEqualTo(200);
            assertThat(code(second.get())).isEqualTo(200);
        }
    }

    @Test
    @Tag("status:500")
    @Tag("status:503")
    void anElementThatFailsRefusesOrHasNoStorageIsAnsweredByTheStatusThatSaysSo() throws IOException {
        TestHome a = home("a.example");
        TestHome fails = home("fails.example", failing(new IllegalStateException("a mistake of ours")));
        TestHome refuses = home("refuses.example", failing(Refusal.of(StatusCode.RECIPIENT_BLOCKED_THE_SENDER)));
        Database gone = Databases.H2.fresh();
        gone.close();
        TestHome dry = home("dry.example", serving(request -> gone.read(handle -> accepted(request))));
        connect(fails, a, refuses);
        connect(a, dry);
        var ann = a.user("ann");

        assertThat(code(ann.sends("1", new UserId("wv:u@fails.example")))).isEqualTo(500);
        assertThat(code(ann.sends("2", new UserId("wv:u@refuses.example")))).isEqualTo(532);
        assertThat(code(ann.sends("3", new UserId("wv:u@dry.example")))).isEqualTo(503);
    }

    @Test
    @Tag("status:501")
    @Tag("status:405")
    void whatNoElementServesIsNotImplementedAndWhatOnlyAComplementaryPseNeedsIsNotSupported() throws IOException {
        TestHome a = home("a.example");
        TestHome b = home("b.example");
        connect(a, b);
        MetaInformation meta = MetaInformation.ofUser(a.domain.serviceId(), new UserId("wv:ann@a.example"));
        GroupId group = new GroupId("wv:bob/club@b.example");

        assertThat(code(a.domain.ask(
                        "b.example",
                        new JoinGroupRequest(
                                meta, group, false, Optional.empty(), false, Optional.empty(), Optional.empty()))))
                .isEqualTo(501);
        assertThat(code(a.domain.ask("b.example", new DeleteGroupRequest(meta, group))))
                .isEqualTo(405);
    }

    @Test
    @Tag("SSP-036")
    void aOneWayTransactionIsServedAndNeverAnswered() throws IOException {
        List<Primitive> served = new CopyOnWriteArrayList<>();
        TestHome b = home("b.example", serving(request -> {
            served.add(request.primitive());
            return Status.of(StatusCode.INTERNAL_SERVER_ERROR);
        }));
        TestHome a = home("a.example");
        connect(a, b);

        Primitive outcome = a.domain.ask(
                "b.example",
                new LeaveGroupIndication(
                        Optional.of(MetaInformation.ofServer(a.domain.serviceId())),
                        Optional.empty(),
                        List.of(User.of("wv:bob@b.example")),
                        "closed",
                        Optional.of(new GroupId("wv:ann/club@a.example"))));

        await().atMost(PATIENCE).until(() -> served.size() == 1);
        assertThat(code(outcome))
                .as("it was delivered; no answer was waited for")
                .isEqualTo(200);
    }

    @Test
    @Tag("SSP-009")
    @Tag("status:516")
    @Tag("status:503")
    void withoutASessionToTheDestinationARequestIsRefused() throws IOException {
        TestHome a = home("a.example");
        TestHome b = home("b.example");
        connect(a, b);
        var ann = a.user("ann");

        assertThat(code(ann.sends("1", new UserId("wv:u@nowhere.example")))).isEqualTo(516);
        b.domain.removePeer(a.domain.serviceId());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(code(ann.sends("2", new UserId("wv:u@b.example"))))
                        .isEqualTo(503));
    }

    @Test
    @Tag("status:907")
    void whatRunsInACircleIsStopped() throws IOException {
        // Each of the three believes that the next one leads to b.example.
        Relayed agreed = new Relayed("a.example", IM, "b.example");
        TestHome a =
                keep(new TestHome("a.example", t -> t.providedBy("b.example", IM), behind("b.example", "x.example")));
        TestHome x = keep(new TestHome("x.example", t -> t.relaying(agreed), behind("b.example", "y.example")));
        TestHome y = keep(new TestHome("y.example", t -> t.relaying(agreed), behind("b.example", "z.example")));
        TestHome z = keep(new TestHome("z.example", t -> t.relaying(agreed), behind("b.example", "x.example")));
        connect(a, x);
        link(x, y, Set.of(), Set.of("a.example"));
        link(y, z, Set.of(), Set.of("a.example"));
        link(z, x, Set.of(), Set.of("a.example"));
        var ann = a.user("ann");

        assertThat(code(ann.sends("round", new UserId("wv:abe@a.example")))).isEqualTo(907);

        assertThat(x.sent).hasSize(1);
        assertThat(x.domain.transactions().size()).isZero();
    }

    @Test
    @Tag("SSP-008")
    @Tag("SSP-103")
    void aClientsRequestIsInItsUsersNameWhateverItClaims() throws IOException {
        TestHome a = home("a.example");
        TestHome b = home("b.example");
        connect(a, b);
        var ann = a.user("ann");
        var abe = a.user("abe");
        var bob = b.user("bob");

        ann.session.request(abe.message("not of abe", List.of(new MessageInfo.Recipient(User.of(bob.id)))));

        SendMessageRequest sent = (SendMessageRequest) a.sentPrimitives.getFirst();
        assertThat(sent.metaInformation().clientOriginated()).isTrue();
        assertThat(sent.metaInformation().userId()).contains(ann.id);
        assertThat(sent.metaInformation().clientId()).contains(ClientId.of("phone"));
    }

    @Test
    void whatOneUserSendsArrivesInItsOrder() throws Exception {
        List<String> served = new CopyOnWriteArrayList<>();
        TestHome b = home("b.example", serving(request -> {
            SendMessageRequest message = (SendMessageRequest) request.primitive();
            served.add(message.content().orElseThrow().data().asUtf8());
            return accepted(request);
        }));
        TestHome a = home("a.example");
        connect(a, b);
        var ann = a.user("ann");
        List<String> expected = new ArrayList<>();

        for (int i = 0; i < 50; i++) {
            String text = "text " + i;
            expected.add(text);
            assertThat(code(ann.sends(text, new UserId("wv:bob@b.example")))).isEqualTo(200);
        }

        assertThat(served).containsExactlyElementsOf(expected);
    }

    @Test
    @Tag("status:638")
    @Tag("status:639")
    void aUserHasEachClientOnceAndSoManyAtMost() throws IOException {
        TestHome a = home("a.example");
        UserId ann = new UserId("wv:ann@a.example");
        Client any = primitive -> Status.of(StatusCode.SUCCESSFUL);
        Attachment first = a.domain.attach(ann, ClientId.of("phone"), any);

        assertThatThrownBy(() -> a.domain.attach(new UserId("wv:ANN@a.example"), ClientId.of("phone"), any))
                .isInstanceOfSatisfying(
                        Refusal.class, r -> assertThat(r.status().statusCode()).isEqualTo(638));
        for (int i = 1; i < DomainLimits.DEFAULT.clientsPerUser(); i++) {
            a.domain.attach(ann, ClientId.of("client" + i), any);
        }
        assertThatThrownBy(() -> a.domain.attach(ann, ClientId.of("one more"), any))
                .isInstanceOfSatisfying(
                        Refusal.class, r -> assertThat(r.status().statusCode()).isEqualTo(639));
        first.detach();
        first.detach();
        a.domain.attach(ann, ClientId.of("one more"), any).detach();
    }

    @Test
    void aSilentClientCostsItsPatienceAndAnotherOneOfTheUserTakesTheMessage() throws IOException {
        TestHome a = keep(new TestHome(
                "a.example",
                t -> t,
                DomainLimits.DEFAULT.withClientPatience(Duration.ofMillis(300)),
                Optional.empty()));
        UserId ann = new UserId("wv:ann@a.example");
        CountDownLatch never = new CountDownLatch(1);
        a.domain.attach(ann, ClientId.of("silent"), primitive -> {
            awaitAll(never);
            return Status.of(StatusCode.SUCCESSFUL);
        });
        Primitive told = Status.of(StatusCode.SUCCESSFUL);

        assertThat(code(a.domain.deliver(ann, told))).isEqualTo(504);
        List<Primitive> received = new CopyOnWriteArrayList<>();
        a.domain.attach(ann, ClientId.of("awake"), primitive -> {
            received.add(primitive);
            return Status.of(StatusCode.SUCCESSFUL);
        });
        assertThat(code(a.domain.deliver(ann, told))).isEqualTo(200);
        assertThat(received).hasSize(1);
        never.countDown();
    }

    @Test
    @Tag("SSP-051")
    void aClientMayBeAddressedBesidesItsUser() throws IOException {
        TestHome a = home("a.example");
        UserId ann = new UserId("wv:ann@a.example");
        List<Primitive> phone = new CopyOnWriteArrayList<>();
        List<Primitive> desk = new CopyOnWriteArrayList<>();
        a.domain.attach(ann, ClientId.of("phone"), taking(phone));
        a.domain.attach(ann, ClientId.of("desk"), taking(desk));
        User atPhone = new User(ann, Optional.empty(), Optional.of(ClientId.of("phone")));

        a.domain.deliver(ann, notice(a, atPhone));
        assertThat(phone).hasSize(1);
        assertThat(desk).isEmpty();
        a.domain.deliver(ann, notice(a, User.of(ann)));
        // The answer of one of them is enough for the sender.
        await().atMost(PATIENCE).until(() -> phone.size() == 2 && desk.size() == 1);
    }

    private static Client taking(List<Primitive> received) {
        return primitive -> {
            received.add(primitive);
            return Status.of(StatusCode.SUCCESSFUL);
        };
    }

    @Test
    @Tag("SSP-049")
    @Tag("SSP-050")
    void messagesToAddressesOfOtherSystemsGoToTheIwfThatIsConfigured() throws IOException {
        ServiceId iwf = new ServiceId("wv:@iwf.example");
        TestHome a = keep(new TestHome(
                "a.example", t -> t, RoutingTable.Route.of("ims.example", iwf), RoutingTable.Route.ofNumbers(iwf)));
        List<Addressee> arrived = new CopyOnWriteArrayList<>();
        TestHome gateway = keep(new TestHome(
                "iwf.example",
                t -> new ServiceTable(Set.of("iwf.example", "ims.example"), Map.of(), List.of(), List.of()),
                DomainLimits.DEFAULT,
                Optional.of(serving(request -> {
                    ((SendMessageRequest) request.primitive())
                            .messageInfo()
                            .recipients()
                            .forEach(recipient -> arrived.add(recipient.addressee()));
                    return accepted(request);
                }))));
        connect(a, gateway);
        var ann = a.user("ann");
        UserId tom = new UserId("sip:tom@ims.example");
        UserId phone = new UserId("tel:+358401234567");

        assertThat(code(ann.sends("1", tom))).isEqualTo(200);
        assertThat(code(ann.sends("2", phone))).isEqualTo(200);
        assertThat(arrived).containsExactly(User.of(tom), User.of(phone));
        assertThat(code(ann.sends("3", new UserId("sip:tom@elsewhere.example"))))
                .isEqualTo(516);

        TestHome alone = home("alone.example");
        assertThat(code(alone.user("abe").sends("4", tom))).isEqualTo(516);
        assertThat(code(alone.user("amy").sends("5", phone))).isEqualTo(516);
    }

    @Test
    @Tag("SSP-054")
    @Tag("status:427")
    @Tag("status:700")
    @Tag("status:800")
    void betweenDomainsAnAddressWithoutItsDomainIsRefused() throws IOException {
        TestHome a = home("a.example");
        List<Primitive> served = new CopyOnWriteArrayList<>();
        TestHome b = home("b.example", serving(request -> {
            served.add(request.primitive());
            return accepted(request);
        }));
        connect(a, b);
        var ann = a.user("ann");

        assertThat(asked(a, ann, User.of("wv:bob"))).isEqualTo(427);
        assertThat(asked(a, ann, new ContactListId("wv:bob/friends"))).isEqualTo(700);
        assertThat(asked(a, ann, new GroupId("wv:bob/club"))).isEqualTo(800);
        assertThat(served).isEmpty();
        assertThat(asked(a, ann, User.of("wv:bob@b.example"))).isEqualTo(200);
    }

    /** As a peer would that does not convert what it sends. */
    private static int asked(TestHome from, TestHome.TestUser user, Addressee to) {
        return code(from.domain.ask("b.example", user.message("hello", List.of(new MessageInfo.Recipient(to)))));
    }

    @Test
    @Tag("SSP-058")
    @Tag("SSP-031")
    void whateverIsForADomainIsDeliveredToTheServerOfItsServiceId() throws IOException {
        List<UserId> asked = new CopyOnWriteArrayList<>();
        TestHome a = home("a.example");
        TestHome c = home("c.example");
        TestHome b = home("b.example", serving(request -> {
            asked.add(((User) ((SendMessageRequest) request.primitive())
                            .messageInfo()
                            .recipients()
                            .getFirst()
                            .addressee())
                    .userId());
            return accepted(request);
        }));
        connect(a, b);
        connect(a, c);
        var ann = a.user("ann");
        List<UserId> users = List.of(
                new UserId("wv:bob@b.example"), new UserId("wv:BEA@B.Example"), new UserId("wv:nobody@b.example"));

        users.forEach(user -> assertThat(code(ann.sends("to " + user, user))).isEqualTo(200));
        assertThat(asked).containsExactlyElementsOf(users);
        assertThat(a.sent).containsOnly("SendMessageRequest to b.example");
    }

    private static ExtendConversationRequest extension(TestHome of, UserId user) {
        return new ExtendConversationRequest(
                MetaInformation.ofUser(of.domain.serviceId(), user),
                new ExtendConversationId("x-1"),
                List.of(new UserId("wv:cid@b.example")),
                User.of("wv:bob@b.example"),
                false,
                Optional.empty(),
                new ScreenName(Optional.empty(), "Annie"));
    }

    @Test
    @Tag("CSPX-41")
    @Tag("status:604")
    @Tag("status:503")
    @Tag("status:405")
    @Tag("status:506")
    void anExtensionThatCannotEvenBeginIsRefusedByTheGenericErrors() throws Exception {
        Database gone = Databases.H2.fresh();
        gone.close();
        TestHome dry = home(
                "dry.example",
                serving(
                        Set.of(ExtendConversationRequest.class),
                        request -> gone.read(handle -> Status.of(StatusCode.SUCCESSFUL))));
        TestHome a = home("a.example", serving(Set.of(), request -> Status.of(StatusCode.SUCCESSFUL)));
        TestHome b = home("b.example");
        connect(a, b);
        var ann = a.user("ann");
        var abe = dry.user("abe");

        assertThat(code(abe.session.request(extension(dry, abe.id))))
                .as("the database is away")
                .isEqualTo(503);
        assertThat(code(ann.session.request(extension(a, ann.id))))
                .as("this domain extends no conversations")
                .isEqualTo(405);
        b.domain.server().offer(a.domain.serviceId(), withoutExtension());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(code(a.domain.ask("b.example", extension(a, ann.id))))
                        .as("not agreed with the domain of the partner")
                        .isEqualTo(506));
        ann.session.detach();
        assertThat(code(ann.session.request(extension(a, ann.id))))
                .as("logged out")
                .isEqualTo(604);
    }

    private static Services withoutExtension() {
        Services all = ServiceTerms.EVERYTHING;
        var im = new Services.ImFeature(
                all.im().orElseThrow().sendMsg(),
                true,
                true,
                true,
                true,
                true,
                true,
                true,
                true,
                true,
                true,
                true,
                /* extendConversation= */ false);
        return new Services(all.sap(), all.common(), all.presence(), Optional.of(im), all.group());
    }

    @Test
    @Tag("SSP-109")
    void aSystemMessageThatComesWithAStatusReachesTheClient() throws IOException {
        SystemMessage closing =
                new SystemMessage("m-1", false, "We close at noon.", List.of(), Optional.empty(), Optional.empty());
        Status status = new Status(531, Optional.empty(), List.of(), Optional.empty(), List.of(closing));
        TestHome a = home("a.example");
        TestHome b = home("b.example", serving(request -> status));
        connect(a, b);

        Primitive answer = a.user("ann").sends("hello", new UserId("wv:bob@b.example"));

        assertThat(answer)
                .isInstanceOfSatisfying(
                        Status.class,
                        refused -> assertThat(refused.systemMessageList()).containsExactly(closing));
    }

    @Test
    @Tag("SSP-089")
    @Tag("SSP-010")
    void aDomainWithoutAnElementForAServiceForwardsItToTheOneThatProvidesIt() throws IOException {
        TestHome a = keep(new TestHome(
                "a.example",
                t -> t.providedBy("b.example", IM),
                DomainLimits.DEFAULT,
                Optional.of(serving(Set.of(), request -> Status.of(StatusCode.INTERNAL_SERVER_ERROR)))));
        TestHome b = keep(new TestHome(
                "b.example",
                t -> t.providing(new ServiceTable.Complementary("a.example", IM, Set.of())),
                DomainLimits.DEFAULT,
                Optional.of(serving(HomeDomainTest::accepted))));
        connect(a, b);

        assertThat(code(a.user("ann").sends("hello", new UserId("wv:abe@a.example"))))
                .isEqualTo(200);
        assertThat(a.sent).containsExactly("SendMessageRequest to b.example");
    }

    @Test
    void manyUsersAreToldWithOnePrimitivePerDomain() throws IOException {
        TestHome a = home("a.example");
        TestHome b = home("b.example");
        connect(a, b);
        var abe = a.user("abe");
        var bob = b.user("bob");
        var bea = b.user("bea");
        Map<Integer, List<UserId>> made = new ConcurrentHashMap<>();

        a.domain.tell(List.of(abe.id, bob.id, bea.id), users -> {
            made.put(made.size(), users);
            return notice(a, users);
        });

        await().atMost(PATIENCE).until(() -> abe.received.size() == 1 && a.sent.size() == 1);
        assertThat(a.sent).containsExactly("NewMessage to b.example");
        await().atMost(PATIENCE)
                .until(() -> bob.texts().equals(List.of("told")) && bea.texts().equals(List.of("told")));
    }

    private static NewMessage notice(TestHome from, List<UserId> users) {
        return notice(from, users.stream().map(User::of).toArray(User[]::new));
    }

    private static NewMessage notice(TestHome from, User... users) {
        MessageInfo info = new MessageInfo(
                Optional.of(new MessageId("told")),
                Optional.empty(),
                Optional.of("text/plain"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(users).stream().map(MessageInfo.Recipient::new).toList(),
                Optional.empty(),
                Optional.empty());
        return new NewMessage(
                Optional.of(MetaInformation.ofServer(from.domain.serviceId())),
                Optional.empty(),
                List.of(users),
                info,
                Content.text("told"));
    }
}
