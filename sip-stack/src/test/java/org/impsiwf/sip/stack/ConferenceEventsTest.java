package org.impsiwf.sip.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.awaitility.Awaitility;
import org.impsiwf.sip.Schemas;
import org.impsiwf.sip.event.ConferenceState;
import org.impsiwf.sip.event.ConferenceState.Participant;
import org.impsiwf.sip.event.ConferenceState.Presence;
import org.impsiwf.sip.event.InviteUsageId;
import org.impsiwf.sip.event.SipCommand;
import org.impsiwf.sip.event.SipCommand.Response;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.sip.event.SipUri;
import org.impsiwf.sip.event.SubscriptionId;
import org.impsiwf.sip.resolve.Transport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SUBSCRIBE and NOTIFY of the conference package on real sockets (RFC 6665, RFC 4575). */
class ConferenceEventsTest {

    private static final SipUri ROOM = new SipUri("sip:/room@iwf.example.com");
    private static final String OWNER = "F:room";

    @AutoClose
    private final EdgeUnderTest iwf = new EdgeUnderTest("udp:127.0.0.1:0", "tcp:127.0.0.1:0");

    @AutoClose
    private final WirePeer alice = WirePeer.tcp(iwf.on(Transport.TCP));

    private static String subscribe(Requests.Caller caller, String event, String headers) {
        return caller.request(
                "SUBSCRIBE",
                ROOM.value(),
                1,
                "",
                caller.contact() + (event.isEmpty() ? "" : "Event: " + event + "\r\n") + headers,
                "");
    }

    private static String again(Requests.Caller caller, long cseq, RawMessage ok, String event, String headers) {
        return caller.inDialog("SUBSCRIBE", cseq, ok, "")
                .replace("Content-Length", "Event: " + event + "\r\n" + headers + "Content-Length");
    }

    private static ConferenceState state(long version, boolean full) {
        var bob = new Participant(
                new SipUri("sip:/room@iwf.example.com;screen-name=Bob"),
                Optional.of("Bob"),
                List.of("participant"),
                false,
                Presence.CONNECTED);
        return new ConferenceState(
                ROOM,
                version,
                full,
                Optional.of("Room"),
                Optional.empty(),
                OptionalLong.empty(),
                OptionalLong.of(1),
                List.of(bob));
    }

    private RawMessage granted(SubscriptionId id, Duration expires) {
        iwf.edge.execute(new SipCommand.AcceptSubscription(id, expires, OWNER));
        return alice.awaitFinal("SUBSCRIBE");
    }

    private RawMessage notice(SubscriptionId id, long version) {
        iwf.edge.execute(new SipCommand.Notify(id, state(version, version == 1)));
        RawMessage notify = alice.awaitRequest("NOTIFY");
        alice.send(notify.answer(200, "", "", ""));
        return notify;
    }

    @Test
    void aSubscriberGetsTheWholeStateAndThenWhatChanged_RFC4575_4() throws Exception {
        var caller = Requests.Caller.of(alice);
        alice.send(subscribe(caller, "conference;id=7", "Expires: 600\r\nAccept: application/conference-info+xml\r\n"));
        var asked = iwf.await(SipEvent.SubscribeReceived.class);
        assertThat(asked.head().requestUri()).isEqualTo(ROOM);
        assertThat(asked.head().originator().identity().uri()).isEqualTo(new SipUri("sip:alice@ims.example.com"));
        assertThat(asked.usage()).isEmpty();
        assertThat(asked.expires()).isEqualTo(Duration.ofMinutes(10));

        RawMessage ok = granted(asked.subscription(), Duration.ofMinutes(5));
        assertThat(ok.status()).isEqualTo(200);
        assertThat(ok.header("Expires")).isEqualTo("300");
        assertThat(ok.header("Contact")).contains("/room@").endsWith(";isfocus");

        RawMessage first = notice(asked.subscription(), 1);
        assertThat(first.header("Event")).isEqualTo("conference;id=7");
        assertThat(first.header("Subscription-State")).startsWith("active;expires=");
        assertThat(first.header("Content-Type")).isEqualTo("application/conference-info+xml");
        assertThat(first.tag("To")).isEqualTo(caller.tag());
        assertThat(first.tag("From")).isEqualTo(ok.tag("To"));
        Schemas.validate(first.body().getBytes(StandardCharsets.UTF_8), "conference.xsd");
        assertThat(notice(asked.subscription(), 2).body()).contains("version=\"2\"", "state=\"partial\"");
    }

    @Test
    void theNextNoticeWaitsForTheAnswerToTheLast_RFC6665_4_2_2() {
        var caller = Requests.Caller.of(alice);
        alice.send(subscribe(caller, "conference", ""));
        var id = iwf.await(SipEvent.SubscribeReceived.class).subscription();
        granted(id, Duration.ofHours(1));
        for (int version = 1; version <= 3; version++) {
            iwf.edge.execute(new SipCommand.Notify(id, state(version, version == 1)));
        }
        for (int version = 1; version <= 3; version++) {
            RawMessage notify = alice.awaitRequest("NOTIFY");
            assertThat(notify.body()).contains("version=\"" + version + "\"");
            assertThat(notify.header("CSeq")).isEqualTo(version + " NOTIFY");
            assertThat(alice.isQuiet()).isTrue();
            alice.send(notify.answer(200, "", "", ""));
        }
    }

    @Test
    void aRefreshIsAnsweredAndTold_anUnsubscribeIsTheEnd_RFC6665_4_2_1_2() {
        var caller = Requests.Caller.of(alice);
        alice.send(subscribe(caller, "conference", ""));
        var id = iwf.await(SipEvent.SubscribeReceived.class).subscription();
        RawMessage ok = granted(id, Duration.ofHours(1));
        notice(id, 1);
        alice.send(again(caller, 2, ok, "conference", "Expires: 120\r\n"));
        assertThat(alice.awaitFinal("SUBSCRIBE").header("Expires")).isEqualTo("120");
        assertThat(iwf.await(SipEvent.SubscriptionRefreshed.class).owner()).isEqualTo(OWNER);
        alice.send(again(caller, 3, ok, "conference", "Expires: 0\r\n"));
        assertThat(alice.awaitFinal("SUBSCRIBE").header("Expires")).isEqualTo("0");
        RawMessage last = alice.awaitRequest("NOTIFY");
        assertThat(last.header("Subscription-State")).isEqualTo("terminated;reason=timeout");
        assertThat(iwf.await(SipEvent.SubscriptionEnded.class).subscription()).isEqualTo(id);
        alice.send(last.answer(200, "", "", ""));
        Awaitility.await().untilAsserted(() -> assertThat(iwf.edge.gauges()).containsEntry("subscriptions", 0L));
        alice.send(again(caller, 4, ok, "conference", ""));
        assertThat(alice.awaitFinal("SUBSCRIBE").status()).isEqualTo(481);
    }

    @Test
    void aSingleLookGetsTheStateAndNothingMore_RFC6665_4_4_3() {
        alice.send(subscribe(Requests.Caller.of(alice), "conference", "Expires: 0\r\n"));
        var asked = iwf.await(SipEvent.SubscribeReceived.class);
        assertThat(asked.expires()).isZero();
        granted(asked.subscription(), Duration.ofHours(1));
        RawMessage notify = notice(asked.subscription(), 1);
        assertThat(notify.header("Subscription-State")).isEqualTo("terminated;reason=timeout");
        assertThat(notify.body()).contains("state=\"full\"");
    }

    @Test
    void whenTheConferenceIsOverSoIsTheSubscription() {
        alice.send(subscribe(Requests.Caller.of(alice), "conference", ""));
        var id = iwf.await(SipEvent.SubscribeReceived.class).subscription();
        granted(id, Duration.ofHours(1));
        iwf.edge.execute(new SipCommand.EndSubscription(id, "noresource"));
        assertThat(alice.awaitRequest("NOTIFY").header("Subscription-State")).isEqualTo("terminated;reason=noresource");
    }

    @Test
    void aSubscriberThatKnowsNothingOfItIsForgotten_RFC6665_4_2_2() {
        alice.send(subscribe(Requests.Caller.of(alice), "conference", ""));
        var id = iwf.await(SipEvent.SubscribeReceived.class).subscription();
        granted(id, Duration.ofHours(1));
        iwf.edge.execute(new SipCommand.Notify(id, state(1, true)));
        alice.send(alice.awaitRequest("NOTIFY").answer(481, "", "", ""));
        assertThat(iwf.await(SipEvent.SubscriptionEnded.class).owner()).isEqualTo(OWNER);
    }

    @Test
    void aRefusalOfTheMappingIsTheAnswer() {
        alice.send(subscribe(Requests.Caller.of(alice), "conference", ""));
        var id = iwf.await(SipEvent.SubscribeReceived.class).subscription();
        iwf.edge.execute(new SipCommand.RefuseSubscription(id, Response.of(403)));
        assertThat(alice.awaitFinal("SUBSCRIBE").status()).isEqualTo(403);
        assertThat(iwf.edge.gauges()).containsEntry("subscriptions", 0L).containsEntry("waiting-requests", 0L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "presence", "x-unknown;id=3", "refer"})
    void anotherEventIs489_RFC6665_8_3_2(String event) {
        alice.send(subscribe(Requests.Caller.of(alice), event, ""));
        RawMessage answer = alice.awaitFinal("SUBSCRIBE");
        assertThat(answer.status()).isEqualTo(489);
        assertThat(answer.header("Allow-Events")).contains("conference");
        assertThat(iwf.edge.snapshot().waitingRequests()).isZero();
    }

    @Test
    void tooShortATimeIs423_RFC6665_4_2_1_1() {
        alice.send(subscribe(Requests.Caller.of(alice), "conference", "Expires: 5\r\n"));
        RawMessage answer = alice.awaitFinal("SUBSCRIBE");
        assertThat(answer.status()).isEqualTo(423);
        assertThat(answer.header("Min-Expires")).isEqualTo("60");
    }

    @Test
    void whoTakesNoConferenceStatesGets406_RFC6665_4_2_1_1() {
        alice.send(subscribe(Requests.Caller.of(alice), "conference", "Accept: application/pidf+xml\r\n"));
        assertThat(alice.awaitFinal("SUBSCRIBE").status()).isEqualTo(406);
    }

    @Test
    void withoutContactNobodyCouldBeNotified_400() {
        var caller = Requests.Caller.of(alice);
        alice.send(caller.request("SUBSCRIBE", ROOM.value(), 1, "", "Event: conference\r\n", ""));
        assertThat(alice.awaitFinal("SUBSCRIBE").status()).isEqualTo(400);
    }

    private record Joined(Requests.Caller caller, InviteUsageId usage, RawMessage ok) {}

    private Joined joined() {
        var caller = Requests.Caller.of(alice);
        alice.send(caller.invite("P-Asserted-Identity: <sip:ally@ims.example.com>\r\n"));
        var invite = iwf.await(SipEvent.InviteReceived.class);
        iwf.edge.execute(new SipCommand.AcceptInvite(invite.usage(), Requests.OURS, Optional.of(ROOM)));
        RawMessage ok = alice.awaitFinal("INVITE");
        alice.send(caller.ack(ok, ""));
        iwf.await(SipEvent.AckReceived.class);
        return new Joined(caller, invite.usage(), ok);
    }

    @Test
    void inTheDialogOfTheInviteItSharesNumbersAndContact_RFC4579_RFC5057() {
        Joined call = joined();
        alice.send(again(call.caller(), 2, call.ok(), "conference", ""));
        var asked = iwf.await(SipEvent.SubscribeReceived.class);
        assertThat(asked.usage()).contains(call.usage());
        assertThat(asked.head().requestUri()).isEqualTo(ROOM);
        assertThat(asked.head().originator().identity().uri())
                .as("who made the dialog")
                .isEqualTo(new SipUri("sip:ally@ims.example.com"));
        granted(asked.subscription(), Duration.ofHours(1));
        RawMessage first = notice(asked.subscription(), 1);
        assertThat(first.header("Call-ID")).isEqualTo(call.caller().callId());
        assertThat(first.header("CSeq")).isEqualTo("1 NOTIFY");
        assertThat(first.header("Contact")).endsWith(";isfocus");
        iwf.edge.execute(new SipCommand.SendReinvite(call.usage(), Requests.OUR_OFFER));
        RawMessage reinvite = alice.awaitRequest("INVITE");
        assertThat(reinvite.header("CSeq")).isEqualTo("2 INVITE");
        alice.send(
                reinvite.answer(200, "", call.caller().contact() + "Content-Type: application/sdp\r\n", Requests.SDP));
        iwf.await(SipEvent.ReinviteAnswered.class);
        assertThat(notice(asked.subscription(), 2).header("CSeq")).isEqualTo("3 NOTIFY");
    }

    @Test
    void theSubscriptionOutlivesTheInviteInTheirDialog_RFC5057_4_1() {
        Joined call = joined();
        alice.send(again(call.caller(), 2, call.ok(), "conference", ""));
        var id = iwf.await(SipEvent.SubscribeReceived.class).subscription();
        granted(id, Duration.ofHours(1));
        long before = cseq(notice(id, 1));
        alice.send(call.caller().inDialog("BYE", 3, call.ok(), ""));
        alice.awaitFinal("BYE");
        iwf.await(SipEvent.ByeReceived.class);
        iwf.edge.execute(new SipCommand.EndSubscription(id, "noresource"));
        RawMessage last = alice.awaitRequest("NOTIFY");
        assertThat(last.header("Call-ID")).isEqualTo(call.caller().callId());
        assertThat(last.header("Subscription-State")).isEqualTo("terminated;reason=noresource");
        assertThat(cseq(last)).isGreaterThan(before);
        assertThat(Map.of("reason", last.header("Event"))).containsEntry("reason", "conference");
    }

    private static long cseq(RawMessage message) {
        return Long.parseLong(message.header("CSeq").split(" ")[0]);
    }
}
