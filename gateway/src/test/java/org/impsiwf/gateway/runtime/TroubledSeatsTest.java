package org.impsiwf.gateway.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.impsiwf.mapping.State;
import org.impsiwf.mapping.conversation.Conversation;
import org.impsiwf.mapping.conversation.Leg;
import org.impsiwf.mapping.conversation.Parties;
import org.impsiwf.mapping.event.Command;
import org.impsiwf.mapping.event.Policy;
import org.impsiwf.mapping.media.FarEnd;
import org.impsiwf.msrp.event.MsrpCommand;
import org.impsiwf.msrp.event.MsrpEvent.LocalEndpoint;
import org.impsiwf.msrp.event.MsrpSessionId;
import org.impsiwf.sip.event.InviteUsageId;
import org.impsiwf.sip.event.MessageMedia;
import org.impsiwf.store.Store;
import org.impsiwf.store.time.VirtualTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A store that refuses, or does not say what it has done: what is saved has somebody who goes on with it all the same. */
class TroubledSeatsTest {

    private final VirtualTime time = new VirtualTime(Instant.parse("2026-01-01T00:00:00Z"));
    private final PlayedCluster cluster = new PlayedCluster(time);
    private final SeatDesk a = new SeatDesk(cluster, time, "a", Policy.Carriage.SESSION);
    private final SeatDesk b = new SeatDesk(cluster, time, "b", Policy.Carriage.SESSION);

    @AfterEach
    void close() {
        a.seats.close();
        b.seats.close();
    }

    /** A talk in a session, as a node shares it. */
    private void isTalking(PlayedCluster.Node seat) {
        var local = new LocalEndpoint("msrp://192.0.2.1:2855/ours;tcp", "192.0.2.1", 2855, false, Optional.empty());
        var far = new FarEnd(
                false,
                "192.0.2.7",
                2855,
                List.of("msrp://192.0.2.7:2855/hers;tcp"),
                List.of("text/plain"),
                List.of(),
                Optional.empty(),
                MessageMedia.Setup.ACTIVE,
                MessageMedia.Direction.SENDRECV,
                Optional.empty(),
                false,
                Optional.empty());
        var talk = new Conversation(
                new Parties(
                        "sip:alice@ims.example.com",
                        "wv:alice@ims.example.com",
                        "wv:bob@imps.example.com",
                        "sip:bob@imps.example.com",
                        SeatDesk.PEER,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                new Leg.Open(
                        new InviteUsageId("usage"),
                        new MsrpSessionId("session"),
                        local,
                        far,
                        Optional.empty(),
                        Instant.EPOCH),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        seat.open(InterworkingRuntime.CONVERSATIONS, Seated.class)
                .save(
                        SeatDesk.KEY.text(),
                        Store.ABSENT,
                        new Seated(seat.self(), new State.OfConversation(talk)),
                        Duration.ofDays(1));
    }

    private void awaitGoingOn(SeatDesk desk) {
        await().untilAsserted(() -> assertThat(desk.orders)
                .anyMatch(order -> order instanceof Command.Msrp(MsrpCommand.PrepareSession fresh)));
        assertThat(desk.seats.keys()).containsExactly(SeatDesk.KEY);
    }

    @Test
    void whatADeadNodeLeftIsLookedForUntilTheStoreLetsItBeSeen() {
        isTalking(a.node);
        b.node.isRefused(3);
        cluster.dies("a");
        awaitGoingOn(b);
    }

    @Test
    void aTakeOverThatTheStoreRefusedIsTriedAgain() {
        isTalking(a.node);
        b.node.isRefusedSaves(3);
        cluster.dies("a");
        awaitGoingOn(b);
    }

    @Test
    void aTakeOverThatWasSavedThoughTheStoreDidNotSaySoIsGoneOnWith() {
        isTalking(a.node);
        b.node.losesAnswers(1);
        cluster.dies("a");
        awaitGoingOn(b);
    }

    /** As when the word of a seat that was given was lost. */
    @Test
    void aSeatOfThisNodeThatItDoesNotKnowOfIsFoundWithTheNextNodeThatLeaves() {
        isTalking(b.node);
        cluster.dies("a");
        awaitGoingOn(b);
    }

    /** What was saved is that her client is to be called; the node that is asked anew begins anew. */
    @Test
    void whatWasSavedThoughTheStoreDidNotSaySoIsEndedByWhoSavedIt() {
        a.node.losesAnswers(1);
        a.takesHis("0");
        assertThat(a.answers()).containsExactly(503);
        assertThat(a.seats.states()).isOne();
        await().untilAsserted(() -> assertThat(a.seats.states()).isZero());
    }

    @Test
    void aDeadlineThatCameWhenTheStoreRefusedIsNotForgotten() {
        a.takesHis("0");
        a.node.isRefusedSaves(2);
        time.advance(Duration.ofDays(1));
        assertThat(a.seats.keys()).isNotEmpty();
        await().untilAsserted(() -> {
            time.advance(Duration.ofDays(1));
            assertThat(a.seats.keys()).isEmpty();
        });
    }
}
