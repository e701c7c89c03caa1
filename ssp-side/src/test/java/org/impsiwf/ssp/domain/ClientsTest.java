package org.impsiwf.ssp.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.impsiwf.ssp.domain.TestHome.code;
import static org.impsiwf.ssp.domain.TestHome.connect;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.primitives.ClientId;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.MessageInfo;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.SystemMessage;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The clients of a domain's users: what they send, and what is delivered to them. */
class ClientsTest extends Domains {

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
}
