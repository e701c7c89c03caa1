package org.impsiwf.ssp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.impsiwf.ssp.codec.Samples;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.event.SspRequestId;
import org.impsiwf.ssp.primitives.Catalogue;
import org.impsiwf.ssp.primitives.Complementary;
import org.impsiwf.ssp.primitives.ImPrimitive;
import org.impsiwf.ssp.primitives.InvitationPrimitive;
import org.impsiwf.ssp.primitives.InviteId;
import org.impsiwf.ssp.primitives.MessageId;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every exchange of the document's transactions between two servers, in both directions, with every outcome. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryTransactionTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    /** What servers say to each other about their session and services; tests of their own show that. */
    private static final Set<String> OF_SERVERS = Set.of("session", "service");

    private final AtomicInteger orders = new AtomicInteger();
    private TestDomain a;
    private TestDomain b;

    @BeforeAll
    void connect() throws IOException {
        a = new TestDomain("a.example");
        b = new TestDomain("b.example");
        Set<String> both = Set.of("a.example", "b.example");
        a.server.addPeer(a.agreement(b, true).speakingFor(both));
        b.server.addPeer(b.agreement(a, false).speakingFor(both));
        await().atMost(PATIENCE).until(() -> a.up() && b.up());
    }

    @AfterAll
    void close() {
        a.close();
        b.close();
    }

    private static JsonNode data(String name) {
        try (InputStream in =
                Objects.requireNonNull(EveryTransactionTest.class.getResourceAsStream("/ssp/spec/" + name))) {
            return new ObjectMapper().readTree(in);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Stream<JsonNode> transactions() {
        JsonNode all = data("transactions.json");
        return IntStream.range(0, all.size()).mapToObj(all::get).filter(t -> !OF_SERVERS.contains(text(t, "feature")));
    }

    private static String text(JsonNode node, String field) {
        return node.get(field).asText();
    }

    private static List<Primitive> flow(JsonNode transaction) {
        List<Primitive> flow = new ArrayList<>();
        transaction.get("flow").forEach(step -> flow.add(sample(text(step, "primitive"))));
        return flow;
    }

    private static Primitive sample(String name) {
        return Samples.full(Catalogue.primitives().stream()
                .filter(type -> type.getSimpleName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no primitive " + name)));
    }

    /** Each message of a flow that is answered, with its answer. */
    static Stream<Arguments> exchanges() {
        return transactions().flatMap(t -> {
            List<Primitive> flow = flow(t);
            return IntStream.range(0, flow.size() - 1)
                    .filter(i -> PrimitiveFacts.of(flow.get(i)).opens()
                            && PrimitiveFacts.of(flow.get(i + 1)).answers())
                    .mapToObj(i -> Arguments.of(text(t, "name"), flow.get(i), flow.get(i + 1)));
        });
    }

    /**
     * Asks once for each of the plans, all at the same time; the other one answers as planned.
     *
     * @return the responses in the order of the plans
     */
    private List<Object> responses(TestDomain from, TestDomain to, Primitive request, List<List<Primitive>> plans) {
        to.answers = received -> Optional.empty();
        Map<String, List<Primitive>> planned = new LinkedHashMap<>();
        plans.forEach(plan -> planned.put("every-" + orders.incrementAndGet(), plan));
        planned.keySet()
                .forEach(order -> from.server.execute(
                        new SspCommand.SendRequest(new SspRequestId(order), to.id, about(order, request))));
        eventually().until(() -> received(to).keySet().containsAll(planned.keySet()));
        Map<String, SspEvent.RequestReceived> received = received(to);
        planned.forEach((order, answers) -> {
            assertThat(received.get(order).request()).isEqualTo(about(order, request));
            answers.forEach(answer ->
                    to.server.execute(new SspCommand.Answer(received.get(order).transaction(), answer)));
        });
        eventually()
                .until(() -> planned.keySet().stream()
                        .allMatch(order -> from.outcome(order).isPresent()));
        List<Object> responses = planned.keySet().stream()
                .map(order -> response(from.outcome(order).orElseThrow()))
                .toList();
        from.events.clear();
        to.events.clear();
        return responses;
    }

    private static ConditionFactory eventually() {
        return await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5));
    }

    private static Map<String, SspEvent.RequestReceived> received(TestDomain by) {
        return by.told(SspEvent.RequestReceived.class).stream()
                .collect(Collectors.toMap(event -> event.transaction().transactionId(), Function.identity()));
    }

    private static Object response(SspEvent event) {
        return event instanceof SspEvent.ResponseReceived answered ? answered.response() : event;
    }

    /** What refers to an earlier transaction would take its Transaction-ID (D-10): each refers to another one. */
    private static Primitive about(String order, Primitive request) {
        return switch (request) {
            case InvitationPrimitive.InviteRequest p -> p.withInviteId(new InviteId(order));
            case InvitationPrimitive.InviteResponse p -> p.withInviteId(new InviteId(order));
            case InvitationPrimitive.InviteUserRequest p -> p.withInviteId(new InviteId(order));
            case InvitationPrimitive.InviteUserResponse p -> p.withInviteId(new InviteId(order));
            case ImPrimitive.DeliveryStatusReport p -> p.about(p.messageInfo().withMessageId(new MessageId(order)));
            default -> request;
        };
    }

    private void bothWays(Primitive request, List<List<Primitive>> plans) {
        List<Object> last = plans.stream().<Object>map(List::getLast).toList();
        assertThat(responses(a, b, request, plans)).isEqualTo(last);
        assertThat(responses(b, a, request, plans)).isEqualTo(last);
    }

    @ParameterizedTest(name = "{0} SSP-091")
    @MethodSource("exchanges")
    @Tag("SSP-036")
    void isAskedAndAnsweredInBothRoles(String transaction, Primitive request, Primitive answer) {
        bothWays(request, List.of(List.of(answer)));
    }

    /** All but 620, which says that there is no session: {@link SessionRulesTest}. */
    private static List<Status> generalCodes() {
        JsonNode all = data("status-codes.json");
        return IntStream.range(0, all.size())
                .mapToObj(all::get)
                .filter(code -> code.get("general").asBoolean())
                .map(code -> Status.of(code.get("code").asInt(), text(code, "name")))
                .filter(status -> status.statusCode() != StatusCode.INVALID_SERVER_SESSION.code())
                .toList();
    }

    @ParameterizedTest(name = "{0} SSP-136")
    @MethodSource("exchanges")
    void mayBeAnsweredWithEachGeneralStatusCode(String transaction, Primitive request, Primitive answer) {
        bothWays(
                request,
                generalCodes().stream()
                        .map(status -> status.isProvisional() ? List.of(status, answer) : List.<Primitive>of(status))
                        .toList());
        assertThat(a.count(Counted.SESSION_OPENED)).isEqualTo(1);
        assertThat(a.up() && b.up()).isTrue();
    }

    @Test
    @Tag("SSP-439")
    void aRequestIsNotRepeatedByItselfAfterAnyFinalAnswer() {
        List<List<Primitive>> plans = Arrays.stream(StatusCode.values())
                .filter(code -> code.code() >= 200 && code != StatusCode.INVALID_SERVER_SESSION)
                .map(code -> List.<Primitive>of(Status.of(code.code(), "as the peer says")))
                .toList();
        int sent = a.count(Counted.REQUEST_SENT);
        assertThat(responses(a, b, sample("GetBlockedRequest"), plans))
                .isEqualTo(plans.stream().<Object>map(List::getFirst).toList());
        // One more, which would come after a repeat of any of them.
        responses(a, b, sample("GetBlockedRequest"), List.of(List.of(Status.of(200))));
        assertThat(a.count(Counted.REQUEST_SENT)).isEqualTo(sent + plans.size() + 1);
        assertThat(a.count(Counted.REQUEST_REPEATED)).isZero();
    }

    @Test
    @Tag("SSP-137")
    void theComplementaryTransactionsAreThoseOfTheDocument() {
        // D-15: section 12 counts as complementary. An InviteRequest begins a basic invitation as well.
        Set<String> shared = Set.of("InviteRequest", "CancelInviteRequest");
        Set<String> expected = transactions()
                .filter(t ->
                        t.get("complementary").asBoolean() || text(t, "feature").equals("user-session"))
                .map(EveryTransactionTest::flow)
                .map(flow -> flow.stream()
                        .filter(step -> !(step instanceof Status)
                                && !shared.contains(PrimitiveFacts.of(step).name()))
                        .findFirst()
                        .orElseThrow())
                .map(first -> PrimitiveFacts.of(first).name())
                .collect(Collectors.toSet());
        assertThat(Catalogue.primitives().stream()
                        .filter(type -> Complementary.begins(type)
                                && PrimitiveFacts.of(sample(type.getSimpleName()))
                                        .opens())
                        .map(Class::getSimpleName)
                        .collect(Collectors.toSet()))
                .isEqualTo(expected);
    }
}
