package org.impsiwf.gateway.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.impsiwf.gateway.config.Config;
import org.impsiwf.ssp.domain.Client;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.primitives.ClientId;
import org.impsiwf.ssp.primitives.InviteType;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.UserId;
import org.impsiwf.ssp.server.PeerSnapshot;
import org.impsiwf.ssp.server.SspCounters;
import org.impsiwf.testkit.ssp.Manner;
import org.impsiwf.testkit.ssp.RawSspPeer;
import org.impsiwf.testkit.ssp.SspXml;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each key of {@code services.load} in a domain's configuration bounds what somebody takes of the domain. */
class LoadKeysTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final UserId BOB = new UserId("wv:bob@home.example");
    private static final UserId CID = new UserId("wv:cid@home.example");
    private static final String PEER = "wv:@peer.example";
    private static final Client TAKES = primitive -> Status.of(StatusCode.SUCCESSFUL);
    private static final Primitive ANYTHING = Status.of(StatusCode.SUCCESSFUL);

    @TempDir
    private Path directory;

    private final CountDownLatch release = new CountDownLatch(1);
    private RawSspPeer peer;
    private ImpsDomain home;

    @BeforeEach
    void thePeerListens() {
        peer = RawSspPeer.start(new RawSspPeer.Settings(PEER, "of the peer", "of the domain", "SHA-1", Manner.OMA_1_3));
    }

    @AfterEach
    void close() {
        release.countDown();
        if (home != null) {
            home.close();
        }
        peer.close();
    }

    private void load(String keys) throws Exception {
        Path file = Files.writeString(directory.resolve("domain.yaml"), """
                service-id: wv:@home.example
                ssp:
                  listen: "127.0.0.1:0"
                  peers:
                    - service-id: %s
                      url: %s
                      our-password: of the domain
                      peer-password: of the peer
                      connect: false
                services: { load: { %s } }
                users:
                  - { id: "wv:ann@home.example" }
                  - { id: "wv:bob@home.example", answer: accept }
                  - { id: "wv:cid@home.example", answer: accept }
                """.formatted(PEER, peer.url(), keys));
        home = ImpsDomain.start(Config.domain(file), SspCounters.NONE);
    }

    private void peerLogsIn() {
        var address = home.addresses().getFirst();
        peer.facing(URI.create("http://127.0.0.1:" + address.getPort() + "/")).logsIn();
        await().atMost(PATIENCE).until(() -> home.peers().getFirst().state() == PeerSnapshot.State.UP);
    }

    private Asking ann() {
        ScriptedClient client = home.client("ann@home.example").orElseThrow();
        return new Asking(client.user(), client.session()::request);
    }

    /** The user's only client from now on. */
    private void attach(UserId user, Client client) {
        home.client(user.value()).orElseThrow().logOut();
        home.domain().attach(user, ClientId.of("by hand"), client);
    }

    private Client blocked(CountDownLatch arrived) {
        return primitive -> {
            arrived.countDown();
            awaitRelease();
            return ANYTHING;
        };
    }

    private void awaitRelease() {
        try {
            release.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private String invitation(String id) {
        return "<InviteUserRequest inviteID=\"" + id + "\" inviteType=\"IM\"><MetaInfo clientOriginated=\"No\">"
                + "<Requestor serviceID=\"" + PEER + "\"/></MetaInfo><Inviting><User userID=\"wv:" + id
                + "@peer.example\"/></Inviting><Invited><User userID=\"" + BOB.value()
                + "\"/></Invited></InviteUserRequest>";
    }

    @Test
    void aNeighbourHasNoMoreRequestsServedAtOnceThanAllowed_503() throws Exception {
        load("requests-per-peer: 1, client-patience: 2m");
        peerLogsIn();
        CountDownLatch arrived = new CountDownLatch(1);
        attach(BOB, blocked(arrived));

        String first = peer.sends(invitation("one"));
        assertThat(arrived.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(peer.asks(invitation("two")).status()).isEqualTo(503);
        release.countDown();
        assertThat(peer.expectsResponse(first).status()).isEqualTo(200);
    }

    @Test
    void aClientHasNoMoreRequestsServedAtOnceThanAllowed_503() throws Exception {
        load("requests-per-client: 1");
        peerLogsIn();
        Asking ann = ann();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(
                    () -> ann.invites(InviteType.IM, new UserId("wv:pat@peer.example"), Optional.empty()));
            var asked = peer.expects("InviteRequest");
            assertThat(ann.invites(InviteType.IM, BOB, Optional.empty())).isEqualTo(503);
            peer.answers(asked, SspXml.status(200));
            assertThat(first.get()).isEqualTo(200);
        }
        assertThat(ann.invites(InviteType.IM, BOB, Optional.empty())).isEqualTo(200);
    }

    @Test
    void aUserHasNoMoreClientsThanAllowed_639() throws Exception {
        load("clients-per-user: 2");

        home.domain().attach(BOB, ClientId.of("second"), TAKES);
        assertThatThrownBy(() -> home.domain().attach(BOB, ClientId.of("third"), TAKES))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.status().statusCode()).isEqualTo(639));
    }

    @Test
    void allUsersTogetherHaveNoMoreClientsThanAllowed_639() throws Exception {
        load("clients: 4");

        home.domain().attach(BOB, ClientId.of("fourth"), TAKES);
        assertThatThrownBy(() -> home.domain().attach(CID, ClientId.of("fifth"), TAKES))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.status().statusCode()).isEqualTo(639));
    }

    @Test
    void noMoreNoticesAreOnTheirWayAtOnceThanAllowed() throws Exception {
        load("telling: 1, client-patience: 2m");
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch both = new CountDownLatch(2);
        // Two who are told at once meet here.
        CyclicBarrier meeting = new CyclicBarrier(2);
        Client waits = primitive -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            both.countDown();
            try {
                meeting.await(200, TimeUnit.MILLISECONDS);
            } catch (Exception alone) {
                meeting.reset();
            } finally {
                inside.decrementAndGet();
            }
            return ANYTHING;
        };
        attach(BOB, waits);
        attach(CID, waits);

        home.domain().tell(List.of(BOB, CID), users -> ANYTHING);

        assertThat(both.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(most.get()).isEqualTo(1);
    }

    @Test
    void aClientHasNoMoreTimeThanAllowed_504() throws Exception {
        load("client-patience: 100ms");
        attach(BOB, blocked(new CountDownLatch(1)));

        Primitive answer = home.domain().deliver(BOB, ANYTHING);

        assertThat(AnswerPage.statusOf(answer).orElseThrow().statusCode()).isEqualTo(504);
    }
}
