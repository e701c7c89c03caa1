package org.impsiwf.gateway.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.impsiwf.gateway.PostgresDatabase;
import org.impsiwf.testkit.sip.SipTransport;
import org.impsiwf.testkit.ssp.SspText;
import org.impsiwf.testkit.ssp.SspXml;
import org.impsiwf.testkit.user.SipMsrpUser;
import org.impsiwf.testkit.user.Talk;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.extension.TestWatcher;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The two nodes of docs/operations.md, with other addresses: they become one, and host groups together in their one database. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.SAME_THREAD)
class TwoNodeExampleTest {

    private static final Path PAGE = Path.of(System.getProperty("iwf.root")).resolve("docs/operations.md");
    private static final Pattern EXAMPLE = Pattern.compile("(?s)\n## Several nodes\n.*?\n```yaml\n(.*?)```");
    private static final List<String> ADDRESSES = List.of("10.0.0.1:5701", "10.0.0.2:5701");
    private static final String DATABASE = "jdbc:postgresql://db.example.com/iwf";
    private static final Duration SOON = Duration.ofMillis(500);

    @RegisterExtension
    private final TestWatcher watcher = new TestWatcher() {
        @Override
        public void testFailed(ExtensionContext context, Throwable cause) {
            context.publishReportEntry("the nodes said", iwf.logs());
        }
    };

    private Optional<PostgresDatabase> database = Optional.empty();
    private final DeliveryLedger toBob = new DeliveryLedger();
    private final DeliveryLedger toDave = new DeliveryLedger();
    private final DeliveryLedger toTom = new DeliveryLedger();
    private volatile boolean stopped;
    private ClusterScene scene;
    private ClusterOfGateways iwf;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        Optional<Path> programs = PostgresDatabase.programs();
        if (programs.isPresent()) {
            database = Optional.of(new PostgresDatabase(programs.get()));
        }
        String example = example();
        scene = ClusterScene.of(2, directory, (node, members) -> moved(example, node, members));
        iwf = scene.iwf;
    }

    @AfterAll
    void stop() throws Exception {
        stopped = true;
        if (scene != null) {
            scene.close();
        }
        if (database.isPresent()) {
            database.get().close();
        }
    }

    private static String example() throws IOException {
        Matcher example = EXAMPLE.matcher(Files.readString(PAGE));
        assertThat(example.find()).as("an example").isTrue();
        assertThat(example.group(1)).contains(ADDRESSES).contains(DATABASE);
        return example.group(1);
    }

    /** As the page says: the other one has its own address to listen at, and the same members. */
    private String moved(String example, int node, List<String> members) {
        String moved =
                example.replace("listen: \"" + ADDRESSES.getFirst() + '"', "listen: \"" + ADDRESSES.get(node) + '"');
        for (int i = 0; i < ADDRESSES.size(); i++) {
            moved = moved.replace(ADDRESSES.get(i), members.get(i));
        }
        return moved.replace(DATABASE, database.map(PostgresDatabase::url).orElse("memory"));
    }

    @Test
    @Order(1)
    void nodesOfThePageAreJoinedAndReadyAndCarryACallOfEither() {
        for (int i = 0; i < 2; i++) {
            assertThat(iwf.node(i).isReady()).isTrue();
            assertThat(iwf.node(i).sees()).isEqualTo(2);
            SipMsrpUser user = iwf.user(i == 0 ? "alice" : "carol", SipTransport.UDP, iwf.node(i));
            Talk talk = user.invites(ClusterScene.BOB);
            scene.isTaken(talk, "from a user of node " + i);
            scene.arrives(i == 0 ? "alice" : "carol", talk, "to a user of node " + i);
            talk.byes();
        }
    }

    @Test
    @Order(2)
    @Tag("tx:JoinGroup")
    void groupOverOneDatabaseBringsEachMessageOnceAndOutlivesTheNodeThatItBeganAt() {
        assumeTrue(database.isPresent(), "needs PostgreSQL, which is not installed");
        SipMsrpUser dave = iwf.user("dave", SipTransport.UDP, iwf.node(0));
        SipMsrpUser tom = iwf.user("tom", SipTransport.UDP, iwf.node(1));
        Talk ofDave = dave.invitesAll("sip:conference@iwf.example.com", List.of(tom.uri(), ClusterScene.BOB));
        Talk ofTom = tom.answersInvite();
        String group = bobJoins();
        String room = "sip:" + group.substring("wv:".length());
        Thread.ofVirtual().start(this::domainTakesMessages);

        says(ofTom, tom, room, "from tom");
        hears(ofDave, "from tom", toDave);
        says(ofDave, dave, room, "from dave");
        hears(ofTom, "from dave", toTom);
        says("from bob", group);
        hears(ofDave, "from bob", toDave);
        hears(ofTom, "from bob", toTom);

        boolean servesTom = iwf.node(0).serves(ofTom);
        iwf.node(0).kill();
        Talk daves = dave.follows(ofDave);
        Talk toms = servesTom ? tom.follows(ofTom) : ofTom;
        says(toms, tom, room, "after a kill");
        hears(daves, "after a kill", toDave);
        says("bob is in, too", group);
        hears(daves, "bob is in, too", toDave);
        hears(toms, "bob is in, too", toTom);

        await().atMost(GatewayProcess.PATIENCE)
                .untilAsserted(() -> assertThat(toBob.lost()).isEmpty());
        hearsNothingNew(daves, toDave);
        hearsNothingNew(toms, toTom);
        for (DeliveryLedger each : List.of(toBob, toDave, toTom)) {
            assertThat(each.doubled()).isEmpty();
        }
        daves.byes();
        toms.byes();
        iwf.node(0).starts().listens();
        iwf.isWhole();
    }

    private void says(Talk talk, SipMsrpUser user, String room, String text) {
        talk.says(user.uri(), room, text);
        toBob.taken(text);
    }

    private static void hears(Talk talk, String text, DeliveryLedger ledger) {
        ledger.arrived(text, talk.expectsText(text).messageId());
    }

    /** What comes again after a take-over, its user knows by its Message-ID. */
    private static void hearsNothingNew(Talk talk, DeliveryLedger ledger) {
        for (var more = talk.msrp().poll(SOON);
                more.isPresent();
                more = talk.msrp().poll(SOON)) {
            ledger.arrived(more.get().text(), more.get().messageId());
        }
    }

    /** Each as often as it comes: after a take-over it may come again, under its Message-ID. */
    private void domainTakesMessages() {
        while (!stopped) {
            scene.imps.poll("SendMessageRequest", SOON).ifPresent(message -> {
                toBob.arrived(message.content(), message.messageId());
                scene.imps.acceptsMessage(message, 200);
            });
        }
    }

    /** Gives the group that he was invited to. */
    private String bobJoins() {
        SspText invitation = scene.imps.expects("InviteRequest");
        String group = invitation.attribute("GroupID", "groupID");
        scene.imps.answersInvite(invitation, true);
        SspText joined = scene.imps.asks("<JoinGroupRequest groupID=\"" + group
                + "\" joinedListRequest=\"Yes\" subscribeNotif=\"No\"><MetaInfo clientOriginated=\"Yes\"><Requestor serviceID=\""
                + ClusterOfGateways.IMPS + "\"><User userID=\"" + ClusterScene.BOB_IMPS
                + "\"/></Requestor></MetaInfo><ScreenName groupID=\"" + group
                + "\">Bob</ScreenName></JoinGroupRequest>");
        assertThat(joined.name()).as(joined.toString()).isEqualTo("JoinGroupResponse");
        return group;
    }

    private void says(String text, String group) {
        String message = SspXml.sendMessage(
                ClusterOfGateways.IMPS,
                ClusterScene.BOB_IMPS,
                List.of(group),
                "text/plain",
                text.getBytes(UTF_8),
                Optional.of(text),
                false);
        assertThat(scene.imps.asks(message).status()).isEqualTo(200);
    }
}
