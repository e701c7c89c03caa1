package org.impsiwf.ssp.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.impsiwf.ssp.domain.TestHome.behind;
import static org.impsiwf.ssp.domain.TestHome.code;
import static org.impsiwf.ssp.domain.TestHome.connect;
import static org.impsiwf.ssp.domain.TestHome.link;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.impsiwf.ssp.primitives.ContactListId;
import org.impsiwf.ssp.primitives.ImPrimitive.NewMessage;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.MessageInfo;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;
import org.impsiwf.ssp.routing.RoutingTable.Route;
import org.impsiwf.ssp.routing.Service;
import org.impsiwf.ssp.routing.ServiceTable;
import org.impsiwf.ssp.routing.ServiceTable.Complementary;
import org.impsiwf.ssp.routing.ServiceTable.Relayed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The case studies of SSP 5.4, each with as many servers as its figure has domains, over real connections. */
class InteroperabilityCasesTest {

    private static final Set<Service> IM = Set.of(Service.IM);

    private final List<TestHome> homes = new ArrayList<>();

    @AfterEach
    void closeAll() {
        TestHome.close(homes);
    }

    private TestHome home(String name, UnaryOperator<ServiceTable> agreements, Route... routes) throws IOException {
        TestHome home = new TestHome(name, agreements, routes);
        homes.add(home);
        return home;
    }

    private TestHome home(String name) throws IOException {
        return home(name, UnaryOperator.identity());
    }

    @Test
    @Tag("SSP-026")
    @Tag("tx:SendMessage")
    @Tag("IMPS-SSP-SAP-S-001")
    @Tag("IMPS-SSP-SAP-S-003")
    @Tag("IMPS-SSP-SAP-S-004")
    void case1TwoHomeDomainsWithTheirOwnElementsExchangeOneSendMessage() throws IOException {
        TestHome a = home("a.example");
        TestHome b = home("b.example");
        connect(a, b);
        var ann = a.user("ann");
        var bob = b.user("bob");

        assertThat(code(ann.sends("hello", bob.id))).isEqualTo(200);

        assertThat(bob.texts()).containsExactly("hello");
        assertThat(a.sent).containsExactly("SendMessageRequest to b.example");
        assertThat(b.sent).as("no NewMessage over SSP").isEmpty();

        b.blocks(bob.id, ann.id);
        assertThat(code(ann.sends("unwelcome", bob.id))).isEqualTo(532);
        assertThat(bob.texts()).containsExactly("hello");
    }

    @Test
    @Tag("SSP-027")
    @Tag("SSP-003")
    @Tag("SSP-010")
    @Tag("SSP-017")
    @Tag("SSP-024")
    @Tag("tx:PushMessage")
    @Tag("IMPS-SSP-SAP-S-002")
    @Tag("IMPS-SSP-SERV-S-006")
    @Tag("SSP-088")
    @Tag("SSP-433")
    void case2TwoUsersOfOneDomainSpeakThroughTheirPseBehindTwoIntermediateNodes() throws IOException {
        Relayed agreed = new Relayed("a.example", IM, "b.example");
        TestHome a = home("a.example", t -> t.providedBy("b.example", IM), behind("b.example", "x.example"));
        TestHome x = home("x.example", t -> t.relaying(agreed), behind("b.example", "y.example"));
        TestHome y = home("y.example", t -> t.relaying(agreed), behind("a.example", "x.example"));
        TestHome b = home(
                "b.example",
                t -> t.providing(new Complementary("a.example", IM, Set.of())),
                behind("a.example", "y.example"));
        connect(a, x, y, b);
        var ann = a.user("ann");
        var abe = a.user("abe");

        assertThat(code(ann.sends("hello", abe.id))).isEqualTo(200);

        assertThat(abe.texts()).containsExactly("hello");
        assertThat(a.sent).containsExactly("SendMessageRequest to x.example");
        assertThat(x.sent).containsExactly("SendMessageRequest to y.example", "NewMessage to a.example");
        assertThat(y.sent).containsExactly("SendMessageRequest to b.example", "NewMessage to x.example");
        assertThat(b.sent).containsExactly("NewMessage to y.example");
        SendMessageRequest lastHop = (SendMessageRequest) y.sentPrimitives.getFirst();
        assertThat(lastHop.metaInformation().serviceId().domain())
                .as("D-31: the initiator's Service-ID")
                .isEqualTo("a.example");

        assertThat(y.answered.stream().filter(Status.of(StatusCode.STARTED)::equals))
                .as("to NewMessage, which is complementary; not to SendMessage")
                .hasSize(1);

        b.blocks(abe.id, ann.id);
        assertThat(code(ann.sends("unwelcome", abe.id)))
                .as("the PSE looks at the block list before NewMessage")
                .isEqualTo(532);
        assertThat(b.sent).containsExactly("NewMessage to y.example");
    }

    @Test
    @Tag("SSP-028")
    @Tag("SSP-016")
    void case3ADomainProvidesItsNeighbourWithAPseThatIsInAThird() throws IOException {
        TestHome a = home("a.example", t -> t.providedBy("b.example", IM), behind("b.example", "c.example"));
        TestHome c = home(
                "c.example", t -> t.providedBy("b.example", IM).relaying(new Relayed("a.example", IM, "b.example")));
        TestHome b = home(
                "b.example",
                t -> t.providing(new Complementary("a.example", IM, Set.of()))
                        .providing(new Complementary("c.example", IM, Set.of())),
                behind("a.example", "c.example"));
        connect(a, c, b);
        var ann = a.user("ann");
        var cid = c.user("cid");

        assertThat(code(ann.sends("hello", cid.id))).isEqualTo(200);

        assertThat(cid.texts()).containsExactly("hello");
        assertThat(a.sent).containsExactly("SendMessageRequest to c.example");
        assertThat(c.sent).containsExactly("SendMessageRequest to b.example");
        assertThat(b.sent).containsExactly("NewMessage to c.example");
    }

    @Test
    @Tag("SSP-029")
    @Tag("SSP-010")
    @Tag("SSP-011")
    @Tag("SSP-014")
    @Tag("SSP-015")
    void case4EachHomeDomainHasItsPseElsewhereAndTheMessagePassesBothHomes() throws IOException {
        TestHome a = home("a.example", t -> t.providedBy("b.example", IM));
        TestHome b = home("b.example", t -> t.providing(new Complementary("a.example", IM, Set.of())));
        TestHome c = home("c.example", t -> t.providedBy("d.example", IM));
        TestHome d = home("d.example", t -> t.providing(new Complementary("c.example", IM, Set.of())));
        connect(b, a, c);
        link(c, d, Set.of(), Set.of("a.example"));
        var ann = a.user("ann");
        var cid = c.user("cid");

        assertThat(code(ann.sends("hello", cid.id))).isEqualTo(200);

        assertThat(cid.texts()).containsExactly("hello");
        assertThat(a.sent).containsExactly("SendMessageRequest to b.example", "SendMessageRequest to c.example");
        assertThat(b.sent).containsExactly("SendMessageRequest to a.example");
        assertThat(c.sent).containsExactly("SendMessageRequest to d.example");
        assertThat(d.sent).containsExactly("NewMessage to c.example");
    }

    @Test
    @Tag("SSP-030")
    @Tag("SSP-019")
    void specialCaseTwoHomeDomainsShareOnePseAndNeedNoSessionWithEachOther() throws IOException {
        TestHome a = home("a.example", t -> t.providedBy("b.example", IM));
        TestHome b = home(
                "b.example",
                t -> t.providing(new Complementary("a.example", IM, Set.of("c.example")))
                        .providing(new Complementary("c.example", IM, Set.of("a.example"))));
        TestHome c = home("c.example", t -> t.providedBy("b.example", IM));
        connect(a, b, c);
        var ann = a.user("ann");
        var cid = c.user("cid");

        assertThat(code(ann.sends("hello", cid.id))).isEqualTo(200);

        assertThat(cid.texts()).containsExactly("hello");
        assertThat(a.sent).containsExactly("SendMessageRequest to b.example");
        assertThat(b.sent).containsExactly("NewMessage to c.example");
        assertThat(c.sent).isEmpty();
    }

    @Test
    @Tag("SSP-019")
    @Tag("IMPS-SSP-SAP-S-005")
    void aRoutingTableInThePseDeliversDirectlyAlthoughTheHomeDomainsAreNotConnected() throws IOException {
        TestHome a = home("a.example", t -> t.providedBy("b.example", IM));
        TestHome b = home("b.example", t -> t.providing(new Complementary("a.example", IM, Set.of("c.example"))));
        TestHome c = home("c.example");
        connect(a, b);
        link(b, c, Set.of(), Set.of("a.example"));
        var ann = a.user("ann");
        var cid = c.user("cid");

        assertThat(code(ann.sends("hello", cid.id))).isEqualTo(200);

        assertThat(cid.texts()).containsExactly("hello");
        assertThat(b.sent).containsExactly("SendMessageRequest to c.example");
    }

    @Test
    @Tag("SSP-024")
    void aChainOfFiveNodesRelaysRequestAndResult() throws IOException {
        Relayed agreed = new Relayed("a.example", IM, "b.example");
        TestHome a = home("a.example", t -> t.providedBy("b.example", IM), behind("b.example", "x.example"));
        TestHome x = home("x.example", t -> t.relaying(agreed), behind("b.example", "y.example"));
        TestHome y = home(
                "y.example",
                t -> t.relaying(agreed),
                behind("a.example", "x.example"),
                behind("b.example", "z.example"));
        TestHome z = home("z.example", t -> t.relaying(agreed), behind("a.example", "y.example"));
        TestHome b = home(
                "b.example",
                t -> t.providing(new Complementary("a.example", IM, Set.of())),
                behind("a.example", "z.example"));
        connect(a, x, y, z, b);
        var ann = a.user("ann");
        var abe = a.user("abe");

        assertThat(code(ann.sends("hello", abe.id))).isEqualTo(200);
        assertThat(code(ann.sends("hello", new UserId("wv:nobody@b.example"))))
                .as("the result of the last node comes back through all")
                .isEqualTo(531);
        assertThat(abe.texts()).containsExactly("hello");
    }

    @Test
    @Tag("SSP-012")
    @Tag("SSP-013")
    @Tag("IMPS-SSP-ADDR-S-001")
    @Tag("IMPS-SSP-ADDR-S-002")
    @Tag("IMPS-SSP-SAP-S-006")
    @Tag("SSP-055")
    void whatHasAMeaningAtHomeOnlyLeavesItInGlobalTerms() throws IOException {
        TestHome a = home("a.example", t -> t.providedBy("b.example", IM));
        TestHome b = home("b.example", t -> t.providing(new Complementary("a.example", IM, Set.of())));
        connect(a, b);
        var ann = a.user("ann");
        var abe = a.user("abe");
        var amy = a.user("amy");
        a.contactLists.put(new ContactListId("wv:ann/friends@a.example"), List.of(amy.id));

        var answer = ann.session.request(ann.message(
                "hello",
                List.of(
                        new MessageInfo.Recipient(User.of("wv:abe")),
                        new MessageInfo.Recipient(new ContactListId("wv:ann/friends")))));

        assertThat(code(answer)).isEqualTo(200);
        SendMessageRequest relayed = (SendMessageRequest) a.sentPrimitives.getFirst();
        assertThat(relayed.messageInfo().recipients())
                .extracting(MessageInfo.Recipient::addressee)
                .containsExactly(User.of(abe.id), User.of(amy.id));
        assertThat(abe.texts()).containsExactly("hello");
        assertThat(amy.texts()).containsExactly("hello");
        assertThat(b.sentPrimitives).allMatch(NewMessage.class::isInstance);
    }
}
