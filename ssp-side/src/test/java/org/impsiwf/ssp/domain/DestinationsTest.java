package org.impsiwf.ssp.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.impsiwf.ssp.domain.TestHome.behind;
import static org.impsiwf.ssp.domain.TestHome.code;
import static org.impsiwf.ssp.domain.TestHome.connect;
import static org.impsiwf.ssp.domain.TestHome.link;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.impsiwf.ssp.primitives.Addressee;
import org.impsiwf.ssp.primitives.ContactListId;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.MessageInfo;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;
import org.impsiwf.ssp.routing.RoutingTable;
import org.impsiwf.ssp.routing.ServiceTable;
import org.impsiwf.ssp.routing.ServiceTable.Relayed;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which domain a request of a user goes to, and those that go nowhere. */
class DestinationsTest extends Domains {

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
                Optional.of(serving(Domains::accepted))));
        connect(a, b);

        assertThat(code(a.user("ann").sends("hello", new UserId("wv:abe@a.example"))))
                .isEqualTo(200);
        assertThat(a.sent).containsExactly("SendMessageRequest to b.example");
    }
}
