package org.impsiwf.gateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.impsiwf.gateway.runtime.Gateway;
import org.impsiwf.testkit.domain.ImpsUser;
import org.impsiwf.testkit.msrp.ReceivedMessage;
import org.impsiwf.testkit.user.SipMsrpUser;
import org.impsiwf.testkit.user.Talk;
import org.junit.jupiter.api.Test;

/** Sessions that two nodes serve together: whichever node something comes to, and when one of them is gone. */
class TwoNodesTest {

    private static final int AT_A = 0;
    private static final int AT_B = 1;

    private static Talk talk(SipMsrpUser alice, ImpsUser bob) throws Exception {
        alice.registers();
        Talk talk = alice.invites(bob.sipUri());
        talk.sends("hello");
        bob.expectsText("hello");
        return talk;
    }

    private static void isOver(Gateway node) {
        await().atMost(TwoNodes.BOUND)
                .untilAsserted(() -> assertThat(node.remains().conversations()).isZero());
    }

    @Test
    void aMessageOfThePeerReachesASessionAtTheOtherNode() throws Exception {
        try (TwoNodes nodes = TwoNodes.open(AT_B)) {
            SipMsrpUser alice = nodes.sipUserAt(nodes.a(), "alice");
            ImpsUser bob = nodes.impsUser("bob");
            Talk talk = talk(alice, bob);
            ImpsUser.Sent answer = bob.sends("wv:alice@ims.example.com", "hello yourself", false);
            talk.expectsText("hello yourself");
            assertThat(answer.expectsStatus()).isEqualTo(200);
            talk.byes();
            isOver(nodes.a());
        }
    }

    @Test
    void aByeAtTheOtherNodeEndsTheSession() throws Exception {
        try (TwoNodes nodes = TwoNodes.open(AT_A)) {
            SipMsrpUser alice = nodes.sipUserAt(nodes.a(), "alice");
            ImpsUser bob = nodes.impsUser("bob");
            Talk talk = talk(alice, bob);
            InetSocketAddress b = TwoNodes.udp(nodes.b());
            var bye = talk.call()
                    .newRequest("BYE")
                    .with("Route", "<sip:" + b.getHostString() + ":" + b.getPort() + ";lr>");
            assertThat(alice.agent().ask(bye).status()).isEqualTo(200);
            isOver(nodes.a());
        }
    }

    @Test
    void aSessionGoesOnAtTheOtherNodeAndWhatWasNotAcknowledgedArrivesUnderTheSameId() throws Exception {
        try (TwoNodes nodes = TwoNodes.open(AT_B)) {
            SipMsrpUser alice = nodes.sipUserAt(nodes.a(), "alice");
            ImpsUser bob = nodes.impsUser("bob");
            Talk talk = talk(alice, bob);
            talk.msrp().leavesAnswersToItsUser();
            ImpsUser.Sent waiting = bob.sends("wv:alice@ims.example.com", "are you there?", false);
            ReceivedMessage first = talk.expectsText("are you there?");

            nodes.a().close();

            Talk moved = alice.follows(talk);
            ReceivedMessage again = moved.expectsText("are you there?");
            assertThat(again.messageId()).isEqualTo(first.messageId());
            assertThat(waiting.expectsStatus()).isEqualTo(200);
            moved.sends("still here");
            bob.expectsText("still here");
            assertThat(moved.msrp().poll(Duration.ofMillis(300))).isEmpty();
            assertThat(nodes.b().remains().conversations()).isEqualTo(1);
            moved.byes();
            isOver(nodes.b());
        }
    }

    @Test
    void aNodeThatStopsHandsItsSessionsOver() throws Exception {
        try (TwoNodes nodes = TwoNodes.open(AT_B)) {
            SipMsrpUser alice = nodes.sipUserAt(nodes.a(), "alice");
            ImpsUser bob = nodes.impsUser("bob");
            Talk talk = talk(alice, bob);

            Thread stopping = Thread.startVirtualThread(() -> nodes.a().drain(Duration.ofSeconds(30)));
            Talk moved = alice.follows(talk);
            stopping.join();

            moved.sends("after the stop");
            bob.expectsText("after the stop");
            ImpsUser.Sent answer = bob.sends("wv:alice@ims.example.com", "nothing noticed", false);
            moved.expectsText("nothing noticed");
            assertThat(answer.expectsStatus()).isEqualTo(200);
            moved.byes();
        }
    }

    @Test
    void everyNodeShowsAllOfThemAndIsReady() throws Exception {
        try (TwoNodes nodes = TwoNodes.open(AT_A);
                HttpClient client = HttpClient.newHttpClient()) {
            JsonNode cluster = json(client, nodes.b(), "/api/cluster");

            assertThat(cluster.path("nodes")).hasSize(2).allSatisfy(node -> {
                assertThat(node.path("answers").asBoolean()).isTrue();
                assertThat(node.path("state").path("in-touch").asBoolean()).isTrue();
                assertThat(node.path("state").path("phase").asText()).isEqualTo("ready");
            });
            assertThat(cluster.path("nodes").get(0).path("node")).isEqualTo(cluster.path("self"));
            assertThat(json(client, nodes.a(), "/api/cluster").path("self")).isNotEqualTo(cluster.path("self"));
            assertThat(json(client, nodes.a(), "/health/ready").path("status").asText())
                    .isEqualTo("ready");
        }
    }

    private static JsonNode json(HttpClient client, Gateway node, String page) throws Exception {
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + node.adminAddress().getPort() + page))
                .build();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        return new JsonMapper().readTree(answer.body());
    }
}
