package org.impsiwf.gateway.flows;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.impsiwf.testkit.domain.ImpsUser;
import org.impsiwf.testkit.msrp.ReceivedMessage;
import org.impsiwf.testkit.sip.SipMessage;
import org.impsiwf.testkit.sip.SipRequestReceived;
import org.impsiwf.testkit.sip.SipTransport;
import org.impsiwf.testkit.user.CpimText;
import org.impsiwf.testkit.user.SipMsrpUser;
import org.impsiwf.testkit.user.Talk;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Messages in groups of ours that are too large to be collected first, over sockets. */
class LargeMessagesInGroupsTest {

    private static final String FACTORY = "sip:conference@iwf.example.com";
    /** Three times what is collected at most. */
    private static final int LARGE = 3 << 20;

    private static final int CHUNK = 100_000;

    private static byte[] letters(int count) {
        byte[] letters = new byte[count];
        Random random = new Random(count);
        for (int i = 0; i < count; i++) {
            letters[i] = (byte) ('a' + random.nextInt(26));
        }
        return letters;
    }

    private String room = "";

    /** Answers an INVITE of the focus, which names the room. */
    private Talk enters(SipMsrpUser user) {
        SipRequestReceived invite = user.agent().expects("INVITE");
        String from = invite.message().header("From").orElseThrow();
        room = SipMessage.uriIn(from);
        return user.answers(invite);
    }

    private String sends(Talk talk, String from, byte[] text) {
        byte[] message = CpimText.wrapping(from, room, new String(text, UTF_8));
        return talk.msrp().sends("message/cpim", message, CHUNK, Map.of("Success-Report", "yes"));
    }

    /** A member says something small, and the others hear it: it is in. */
    private void isIn(Talk talk, SipMsrpUser user, Talk... others) {
        String text = "Here is " + user.uri();
        talk.says(user.uri(), room, text);
        Arrays.stream(others).forEach(other -> other.expectsText(text));
    }

    private static void gets(Talk talk, byte[] text) {
        ReceivedMessage got = talk.msrp().expectsMessage();
        assertThat(got.chunks()).as("chunks").isGreaterThan(1);
        assertThat(got.cpimHeader("From")).contains("screen-name=");
        assertThat(got.text()).isEqualTo(new String(text, UTF_8));
    }

    @Test
    @DisplayName(
            "RFC 7701 §6.1: 3 MB reach the SIP users of a group, of which 1 MB could be collected; the switch reports success")
    void aLargeMessageReachesAllSipUsers() throws Exception {
        try (Scene scene = Scene.open()) {
            SipMsrpUser alice = scene.user("alice", SipTransport.TCP);
            SipMsrpUser carol = scene.user("carol", SipTransport.TCP);
            SipMsrpUser dave = scene.user("dave", SipTransport.TCP);
            Talk ofAlice = alice.invitesAll(FACTORY, List.of(carol.uri(), dave.uri()));
            Talk ofCarol = enters(carol);
            Talk ofDave = enters(dave);
            isIn(ofDave, dave, ofAlice, ofCarol);
            isIn(ofCarol, carol, ofAlice, ofDave);

            byte[] text = letters(LARGE);
            String id = sends(ofAlice, alice.uri(), text);
            gets(ofCarol, text);
            gets(ofDave, text);
            ofAlice.expectsReport(id, 200);
            assertThat(scene.metric("iwf_msrp_total", "message-relayed")).isEqualTo(1);
            await().atMost(Scene.PATIENCE)
                    .untilAsserted(
                            () -> assertThat(scene.gateway().remains().msrp().relayedBytes())
                                    .isZero());

            ofAlice.byes();
            ofCarol.byes();
            ofDave.byes();
            scene.leavesNothing();
        }
    }

    @Test
    void theSenderHearsThatItIsTooLargeForAnImpsUser() throws Exception {
        try (Scene scene = Scene.open()) {
            SipMsrpUser alice = scene.user("alice", SipTransport.TCP);
            SipMsrpUser carol = scene.user("carol", SipTransport.TCP);
            ImpsUser erin = scene.impsUser("erin");
            Talk ofAlice = alice.invitesAll(FACTORY, List.of(carol.uri(), erin.sipUri()));
            Talk ofCarol = enters(carol);
            erin.joins(erin.expectsInvitation().inviteGroupId().orElseThrow(), "Erin");
            isIn(ofCarol, carol, ofAlice);

            byte[] forAll = letters(200_000);
            String collected = sends(ofAlice, alice.uri(), forAll);
            erin.expectsText(new String(forAll, UTF_8));
            ofCarol.expectsText(new String(forAll, UTF_8));
            ofAlice.expectsReport(collected, 200);

            byte[] text = letters(LARGE);
            String relayed = sends(ofAlice, alice.uri(), text);
            gets(ofCarol, text);
            ofAlice.expectsReport(relayed, 200);
            ofAlice.expectsText("1 member does not get your message: it is too large for them.");
        }
    }

    @Test
    @DisplayName("RFC 7701 §6.3: a large message with somebody else's From is refused at its first chunk")
    void aForeignFromIsRefusedAtOnce() throws Exception {
        try (Scene scene = Scene.open()) {
            SipMsrpUser alice = scene.user("alice", SipTransport.TCP);
            SipMsrpUser carol = scene.user("carol", SipTransport.TCP);
            Talk ofAlice = alice.invitesAll(FACTORY, List.of(carol.uri()));
            Talk ofCarol = enters(carol);
            isIn(ofCarol, carol, ofAlice);
            sends(ofAlice, carol.uri(), letters(LARGE));
            assertThat(ofAlice.msrp().expectsResponse().status()).isEqualTo(403);
            assertThat(scene.metric("iwf_msrp_total", "message-relayed")).isZero();
            isIn(ofCarol, carol, ofAlice);
        }
    }
}
