package org.impsiwf.gateway.groups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.impsiwf.gateway.groups.GroupScene.ALICE;
import static org.impsiwf.gateway.groups.GroupScene.BOB;
import static org.impsiwf.gateway.groups.GroupScene.ROOM;
import static org.impsiwf.gateway.groups.GroupScene.SELF;
import static org.impsiwf.gateway.groups.GroupScene.create;
import static org.impsiwf.gateway.groups.GroupScene.join;
import static org.impsiwf.gateway.groups.GroupScene.message;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.storage.DatabaseConfig;
import org.impsiwf.store.NodeGoneException;
import org.impsiwf.store.Nodes;
import org.impsiwf.store.Ownership;
import org.impsiwf.store.Store;
import org.impsiwf.store.Stores;
import org.impsiwf.store.Timers;
import org.impsiwf.store.local.LocalStores;
import org.impsiwf.store.time.VirtualTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two nodes host the same groups over one database. */
class GroupsOnTwoNodesTest {

    /** Below the lease after which anybody would take over. */
    private static final int PATIENCE_SECONDS = 45;

    private final Map<String, FakeNode> nodes = new ConcurrentHashMap<>();
    private final DatabaseConfig database = DatabaseConfig.inMemory("groups-" + UUID.randomUUID());
    private GroupScene first;
    private GroupScene second;

    @BeforeEach
    void aliceAndBobAreInTheRoom() {
        first = node("first");
        second = node("second");
        first.asks(create(ALICE, ROOM));
        second.peerAsks(join(BOB, ROOM, "Bob"));
    }

    @AfterEach
    void close() {
        first.close();
        second.close();
    }

    private GroupScene node(String name) {
        FakeNode node = new FakeNode(name);
        nodes.put(name, node);
        return new GroupScene(database, new SharedStores(node), true);
    }

    /** What the group tells Alice, whose conversation answers nothing by itself. */
    private static Optional<Primitive> silentOnMessages(Primitive request) {
        return request instanceof SendMessageRequest ? Optional.empty() : Optional.of(Status.of(200));
    }

    private static SspEvent.RequestReceived nextMessage(GroupScene scene) throws InterruptedException {
        while (true) {
            SspEvent next = scene.mapping.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(next).as("a message").isNotNull();
            if (next instanceof SspEvent.RequestReceived request
                    && request.peer().equals(SELF)
                    && request.request() instanceof SendMessageRequest) {
                return request;
            }
        }
    }

    private static String text(SspEvent.RequestReceived message) {
        return ((SendMessageRequest) message.request())
                .content()
                .orElseThrow()
                .data()
                .asUtf8();
    }

    @Test
    @Tag("tx:SendMessage")
    void theAnswerOfASipUserWhoseConversationIsOnAnotherNodeReachesWhoAsked() throws Exception {
        second.mappingAnswers = GroupsOnTwoNodesTest::silentOnMessages;
        second.peerAsks(message(BOB, "one", ROOM));
        second.peerAsks(message(BOB, "two", ROOM));

        SspEvent.RequestReceived one = nextMessage(second);
        assertThat(text(one)).isEqualTo("one");
        assertThat(second.mapping).noneMatch(GroupsOnTwoNodesTest::isMessage);
        first.home.execute(new SspCommand.Answer(one.transaction(), Status.of(200)));

        assertThat(text(nextMessage(second)))
                .as("in their order, so not before the first is answered")
                .isEqualTo("two");
    }

    private static boolean isMessage(SspEvent event) {
        return event instanceof SspEvent.RequestReceived request && request.request() instanceof SendMessageRequest;
    }

    @Test
    @Tag("tx:SendMessage")
    void whatADeadNodeHadInHandIsCarriedByAnother() throws Exception {
        first.mappingAnswers = GroupsOnTwoNodesTest::silentOnMessages;
        first.peerAsks(message(BOB, "hello", ROOM));
        assertThat(text(nextMessage(first))).isEqualTo("hello");
        assertThat(second.mapping).as("one carries it").noneMatch(GroupsOnTwoNodesTest::isMessage);

        nodes.remove("first");

        assertThat(text(nextMessage(second))).isEqualTo("hello");
    }

    /** Letters only: what is stored is of no concern to the groups. */
    private record SharedStores(FakeNode nodes) implements Stores {
        private static final LocalStores LOCAL = LocalStores.inHeap(new VirtualTime());

        @Override
        public <V> Store<V> open(String name, Class<V> type) {
            return LOCAL.open(name, type);
        }

        @Override
        public Ownership ownership() {
            return LOCAL.ownership();
        }

        @Override
        public Timers timers(String name, Timers.Handler handler) {
            return LOCAL.timers(name, handler);
        }

        @Override
        public void close() {
            LOCAL.close();
        }
    }

    private final class FakeNode implements Nodes {
        private final String name;
        private final Map<String, Office> offices = new ConcurrentHashMap<>();

        private FakeNode(String name) {
            this.name = name;
        }

        @Override
        public String self() {
            return name;
        }

        @Override
        public Set<String> alive() {
            return Set.copyOf(nodes.keySet());
        }

        @Override
        public OptionalLong touch() {
            return nodes.containsKey(name) ? OptionalLong.of(1) : OptionalLong.empty();
        }

        @Override
        public byte[] deliver(String node, String office, byte[] letter) throws NodeGoneException {
            FakeNode to = nodes.get(node);
            if (to == null) {
                throw new NodeGoneException(node);
            }
            return to.offices.get(office).take(name, letter);
        }

        @Override
        public void open(String office, Office taking) {
            offices.put(office, taking);
        }

        @Override
        public AutoCloseable onLeft(Consumer<String> gone) {
            return () -> {};
        }
    }
}
