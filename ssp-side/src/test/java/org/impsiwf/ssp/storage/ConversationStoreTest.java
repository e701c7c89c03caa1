package org.impsiwf.ssp.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.elements.groups.ConversationStore.Asked;
import org.impsiwf.ssp.elements.groups.Extension;
import org.impsiwf.ssp.elements.groups.Extension.State;
import org.impsiwf.ssp.primitives.ExtendConversationId;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.InviteId;
import org.impsiwf.ssp.primitives.UserId;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Extensions of conversations, and groups elsewhere, in every kind of database. */
@ParameterizedClass
@EnumSource(Databases.class)
class ConversationStoreTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final UserId ANN = new UserId("wv:Ann@home.example.com");
    private static final UserId BOB = new UserId("wv:bob@home.example.com");

    @Parameter
    Databases databases;

    @AutoClose
    Database database;

    private JdbcConversationStore store;

    @BeforeEach
    void open() {
        database = databases.fresh();
        store = new JdbcConversationStore(database);
    }

    private static GroupId group(int number) {
        return new GroupId("wv:/Talk-" + number + "@home.example.com");
    }

    private static Extension extension(int number, State state, String conversation) {
        return new Extension(
                group(number),
                ANN,
                new ExtendConversationId(conversation),
                BOB,
                new InviteId("ec-" + number),
                List.of(new UserId("wv:cid@c.example.com"), new UserId("sip:dan@ims.example.com")),
                "Änni 🙂",
                /* subscribes= */ true,
                NOON.plusSeconds(60),
                state,
                NOON.plusSeconds(number),
                number);
    }

    @Test
    void anExtensionIsReadInEveryStateAsItWasWritten() {
        Extension first = extension(1, new State.Inviting(), "x1");
        assertThat(store.add(first)).isTrue();
        assertThat(store.lock(group(1))).contains(first);
        assertThat(store.withInvitation(new InviteId("ec-1"))).contains(first);
        for (State state : List.of(
                new State.Waiting(),
                new State.Extended(),
                new State.Told(),
                new State.Failed(825, Optional.empty(), Optional.of("nein")),
                new State.Failed(410, Optional.of("silence"), Optional.empty()))) {
            Extension next = extension(1, state, "x1");
            store.save(next);
            assertThat(store.lock(group(1))).contains(next);
        }
        store.remove(group(1));
        assertThat(store.lock(group(1))).isEmpty();
        assertThat(store.withInvitation(new InviteId("ec-1"))).isEmpty();
    }

    @Test
    void oneIdIsOpenOncePerInitiator() {
        assertThat(store.add(extension(1, new State.Inviting(), "x1"))).isTrue();
        assertThat(store.add(extension(2, new State.Inviting(), "x1"))).isFalse();
        assertThat(store.add(extension(3, new State.Inviting(), "x3"))).isTrue();
        assertThat(store.lock(group(2))).isEmpty();
    }

    @Test
    void whatIsDueIsFoundInItsOrder() {
        store.add(extension(3, new State.Inviting(), "x3"));
        store.add(extension(1, new State.Inviting(), "x1"));
        store.add(extension(2, new State.Inviting(), "x2"));
        assertThat(store.due(NOON, 10)).isEmpty();
        assertThat(store.due(NOON.plusSeconds(2), 10)).containsExactly(group(1), group(2));
        assertThat(store.due(NOON.plusSeconds(9), 2)).containsExactly(group(1), group(2));
    }

    @Test
    void aRequestOfOursIsTakenOnceAndForgottenInTime() {
        ExtendConversationId sent = new ExtendConversationId("sent-1");
        Asked asked = new Asked(ANN, new ExtendConversationId("x1"), NOON.plusSeconds(60));
        store.remember(sent, asked);
        store.forgetExpired(NOON.plusSeconds(59));
        assertThat(store.take(sent)).contains(asked);
        assertThat(store.take(sent)).isEmpty();
        store.remember(sent, asked);
        store.forgetExpired(NOON.plusSeconds(60));
        assertThat(store.take(sent)).isEmpty();
    }

    @Test
    void groupsElsewhereAreKnownByUserAndGroupRegardlessOfCase() {
        JdbcGroupsElsewhere elsewhere = new JdbcGroupsElsewhere(database);
        GroupId club = new GroupId("wv:dan/Club@b.example.com");
        elsewhere.joined(club, ANN);
        elsewhere.joined(club, ANN);
        elsewhere.joined(club, BOB);
        assertThat(elsewhere.isJoined(new GroupId("wv:dan/club@b.example.com"), new UserId("wv:ann@home.example.com")))
                .isTrue();
        assertThat(elsewhere.joined(club)).containsExactly(ANN, BOB);
        elsewhere.left(club, ANN);
        assertThat(elsewhere.joined(club)).containsExactly(BOB);
    }
}
