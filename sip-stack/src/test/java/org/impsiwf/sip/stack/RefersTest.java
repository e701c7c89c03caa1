package org.impsiwf.sip.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.impsiwf.sip.stack.ConferenceRequests.entry;
import static org.impsiwf.sip.stack.ConferenceRequests.list;

import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.impsiwf.sip.event.ReferTarget;
import org.impsiwf.sip.event.SipCommand;
import org.impsiwf.sip.event.SipCommand.Response;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.sip.event.SipUri;
import org.impsiwf.sip.resolve.Transport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** REFER on real sockets (RFC 3515, RFC 4488, RFC 5368). */
class RefersTest {

    private static final SipUri ROOM = new SipUri("sip:/room@iwf.example.com");

    @AutoClose
    private final EdgeUnderTest iwf = new EdgeUnderTest("udp:127.0.0.1:0", "tcp:127.0.0.1:0");

    @AutoClose
    private final WirePeer alice = WirePeer.tcp(iwf.on(Transport.TCP));

    private static String refer(Requests.Caller caller, String headers, String body) {
        return caller.request("REFER", ROOM.value(), 1, "", caller.contact() + headers, body);
    }

    private SipEvent.ReferReceived received(String headers) {
        alice.send(refer(Requests.Caller.of(alice), headers, ""));
        return iwf.await(SipEvent.ReferReceived.class);
    }

    private RawMessage notice() {
        RawMessage notify = alice.awaitRequest("NOTIFY");
        alice.send(notify.answer(200, "", "", ""));
        return notify;
    }

    @Test
    void whatBecomesOfItIsToldToWhoAsked_RFC3515_2_4() {
        var refer = received("Refer-To: <sip:tom@ims.example.com>\r\n");
        assertThat(refer.usage()).isEmpty();
        assertThat(refer.head().requestUri()).isEqualTo(ROOM);
        assertThat(refer.targets())
                .containsExactly(new ReferTarget(new SipUri("sip:tom@ims.example.com"), "INVITE", Map.of()));
        iwf.edge.execute(new SipCommand.AcceptRefer(refer.refer()));
        assertThat(alice.awaitFinal("REFER").status()).isEqualTo(202);
        RawMessage trying = notice();
        assertThat(trying.header("Event")).isEqualTo("refer");
        assertThat(trying.header("Subscription-State")).startsWith("active;expires=");
        assertThat(trying.header("Content-Type")).isEqualTo("message/sipfrag;version=2.0");
        assertThat(trying.body()).isEqualTo("SIP/2.0 100 Trying\r\n");
        iwf.edge.execute(new SipCommand.ReportRefer(refer.refer(), 180, "Ringing"));
        assertThat(notice().body()).startsWith("SIP/2.0 180");
        iwf.edge.execute(new SipCommand.ReportRefer(refer.refer(), 603, "Declined"));
        RawMessage last = notice();
        assertThat(last.body()).isEqualTo("SIP/2.0 603 Declined\r\n");
        assertThat(last.header("Subscription-State")).isEqualTo("terminated;reason=noresource");
        Awaitility.await().untilAsserted(() -> assertThat(iwf.edge.gauges()).containsEntry("subscriptions", 0L));
    }

    @Test
    void methodAndHeadersOfTheTargetAreReadUnescaped_RFC3261_19_1_5() {
        var refer = received(
                "Refer-To: <sip:bob@ims.example.com;method=BYE;x=y?Replaces=c%40a%3Bto-tag%3D1&Subject=a+b>\r\n");
        assertThat(refer.targets())
                .containsExactly(new ReferTarget(
                        new SipUri("sip:bob@ims.example.com;x=y"),
                        "BYE",
                        Map.of("replaces", "c@a;to-tag=1", "subject", "a+b")));
    }

    @Test
    void withoutSubscriptionNobodyIsTold_RFC4488_4() {
        var refer = received("Refer-To: <sip:tom@ims.example.com>\r\nRefer-Sub: false\r\nSupported: norefersub\r\n");
        iwf.edge.execute(new SipCommand.AcceptRefer(refer.refer()));
        RawMessage ok = alice.awaitFinal("REFER");
        assertThat(ok.status()).isEqualTo(200);
        assertThat(ok.header("Refer-Sub")).isEqualTo("false");
        iwf.edge.execute(new SipCommand.ReportRefer(refer.refer(), 200, "OK"));
        assertThat(iwf.edge.gauges()).containsEntry("subscriptions", 0L);
    }

    @Test
    void aListIsFoundByItsContentId_RFC5368_7() {
        String two = list(entry("sip:tom@ims.example.com", "to"), entry("sip:erin@ims.example.com;method=BYE", "to"));
        alice.send(refer(
                Requests.Caller.of(alice),
                "Require: multiple-refer, norefersub\r\nRefer-Sub: false\r\nRefer-To: <cid:cn35t8jf02@example.com>\r\n"
                        + "Content-Type: application/resource-lists+xml\r\nContent-Disposition: recipient-list\r\n"
                        + "Content-ID: <cn35t8jf02@example.com>\r\n",
                two));
        var refer = iwf.await(SipEvent.ReferReceived.class);
        assertThat(refer.targets()).extracting(ReferTarget::method).containsExactly("INVITE", "BYE");
        iwf.edge.execute(new SipCommand.AcceptRefer(refer.refer()));
        assertThat(alice.awaitFinal("REFER").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no Refer-To               | ''                                                            | 400",
                "two Refer-To              | Refer-To: <sip:a@x>~Refer-To: <sip:b@x>                       | 400",
                "two in one                | Refer-To: <sip:a@x>, <sip:b@x>                                | 400",
                "no URI                    | Refer-To: <>                                                  | 400",
                "another scheme            | Refer-To: <http://example.com/>                               | 416",
                "a list that is not there  | Refer-To: <cid:x@y>                                           | 400",
                "a REFER for a REFER       | Refer-To: <sip:tom@ims.example.com;method=REFER>              | 403",
                "whom it was sent to       | Refer-To: <sip:/room@iwf.example.com>                         | 482",
                "an option nobody knows    | Refer-To: <sip:a@x>~Require: x-unknown                        | 420"
            })
    void aReferThatCannotBeCarriedOutIsRefused_RFC3515_2_4_2(String what, String headers, int status) {
        String lines = headers.isEmpty() ? "" : headers.replace("~", "\r\n") + "\r\n";
        alice.send(refer(Requests.Caller.of(alice), lines, ""));
        assertThat(alice.awaitFinal("REFER").status()).as(what).isEqualTo(status);
        assertThat(iwf.events).isEmpty();
        assertThat(iwf.edge.snapshot().waitingRequests()).isZero();
    }

    @Test
    void aReferThatHasTravelledTooFarIs483() {
        alice.send(refer(Requests.Caller.of(alice), "Refer-To: <sip:a@x>\r\n", "")
                .replace("Max-Forwards: 70", "Max-Forwards: 0"));
        assertThat(alice.awaitFinal("REFER").status()).isEqualTo(483);
    }

    @Test
    void aRefusalOfTheMappingIsTheAnswer() {
        var refer = received("Refer-To: <sip:tom@ims.example.com>\r\n");
        iwf.edge.execute(new SipCommand.RefuseRefer(refer.refer(), Response.of(403)));
        assertThat(alice.awaitFinal("REFER").status()).isEqualTo(403);
        assertThat(iwf.edge.gauges()).containsEntry("subscriptions", 0L);
    }

    @Test
    void inTheDialogOfAnInviteItIsToldApartByItsNumber_RFC3515_2_4_6() {
        var caller = Requests.Caller.of(alice);
        alice.send(caller.invite(""));
        var invite = iwf.await(SipEvent.InviteReceived.class);
        iwf.edge.execute(new SipCommand.AcceptInvite(invite.usage(), Requests.OURS, Optional.of(ROOM)));
        RawMessage ok = alice.awaitFinal("INVITE");
        alice.send(caller.ack(ok, ""));
        iwf.await(SipEvent.AckReceived.class);
        for (int cseq = 2; cseq <= 3; cseq++) {
            alice.send(caller.inDialog("REFER", cseq, ok, "")
                    .replace("Content-Length", "Refer-To: <sip:tom" + cseq + "@ims.example.com>\r\nContent-Length"));
            var refer = iwf.await(SipEvent.ReferReceived.class);
            assertThat(refer.usage()).contains(invite.usage());
            assertThat(refer.head().requestUri()).isEqualTo(ROOM);
            iwf.edge.execute(new SipCommand.AcceptRefer(refer.refer()));
            assertThat(alice.awaitFinal("REFER").status()).isEqualTo(202);
            assertThat(notice().header("Event")).isEqualTo("refer;id=" + cseq);
        }
    }
}
