package org.impsiwf.ssp.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.impsiwf.ssp.domain.TestHome.behind;
import static org.impsiwf.ssp.domain.TestHome.code;
import static org.impsiwf.ssp.domain.TestHome.connect;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.primitives.ExtendConversationId;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.GroupPrimitive.DeleteGroupRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.JoinGroupRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.LeaveGroupIndication;
import org.impsiwf.ssp.primitives.ImPrimitive.ExtendConversationRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageResponse;
import org.impsiwf.ssp.primitives.MessageId;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Services;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;
import org.impsiwf.ssp.routing.ServiceTable;
import org.impsiwf.ssp.routing.ServiceTable.Relayed;
import org.impsiwf.ssp.server.ServiceTerms;
import org.impsiwf.ssp.storage.Database;
import org.impsiwf.ssp.storage.Databases;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How a domain treats what comes in by its one door, whoever it comes from. */
class HomeDomainTest extends Domains {

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
}
