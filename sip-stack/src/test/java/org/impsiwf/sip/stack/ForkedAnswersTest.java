package org.impsiwf.sip.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.awaitility.Awaitility;
import org.impsiwf.sip.event.InviteUsageId;
import org.impsiwf.sip.event.SipCommand;
import org.impsiwf.sip.event.SipCommand.Response;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.sip.resolve.Transport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several 2xx of ours to one INVITE, each a dialog of its own, on real sockets (RFC 3261 §13.2.2.4). */
class ForkedAnswersTest {

    private static final InviteUsageId TOM = new InviteUsageId("H:chat#tom");
    private static final InviteUsageId ALICE = new InviteUsageId("H:chat#alice");

    private EdgeUnderTest iwf;
    private WirePeer bob;

    @BeforeEach
    void start() {
        iwf = new EdgeUnderTest("udp:127.0.0.1:0");
        bob = WirePeer.udp(iwf.on(Transport.UDP));
    }

    @AfterEach
    void stop() {
        bob.close();
        iwf.close();
    }

    private RawMessage accepted(Requests.Caller caller, InviteUsageId host, InviteUsageId fork) {
        iwf.edge.execute(new SipCommand.ForkInvite(host, fork));
        iwf.edge.execute(new SipCommand.AcceptInvite(fork, Requests.OURS));
        RawMessage ok = bob.awaitFinal("INVITE");
        bob.send(caller.ack(ok, ""));
        assertThat(iwf.await(SipEvent.AckReceived.class).usage()).isEqualTo(fork);
        return ok;
    }

    @Test
    void eachForkIsADialogOfItsOwn_RFC3261_13_2_2_4() {
        var caller = Requests.Caller.of(bob);
        bob.send(caller.invite(""));
        InviteUsageId host = iwf.await(SipEvent.InviteReceived.class).usage();
        RawMessage tom = accepted(caller, host, TOM);
        RawMessage alice = accepted(caller, host, ALICE);
        assertThat(tom.tag("To")).isNotEqualTo(alice.tag("To"));
        iwf.edge.execute(new SipCommand.RefuseInvite(host, Response.of(480)));

        bob.send(caller.inDialog("BYE", 2, tom, ""));
        assertThat(bob.awaitFinal("BYE").status()).isEqualTo(200);
        assertThat(iwf.await(SipEvent.ByeReceived.class).usage()).isEqualTo(TOM);
        iwf.edge.execute(new SipCommand.EndUsage(ALICE, Optional.empty()));
        RawMessage bye = bob.await(message -> message.isRequest("BYE") || message.status() == 480);
        assertThat(bye.tag("From")).isEqualTo(alice.tag("To"));
        bob.send(bye.answer(200, "", "", ""));
        Awaitility.await()
                .untilAsserted(() -> assertThat(iwf.edge.gauges())
                        .containsEntry("invite-usages", 0L)
                        .containsEntry("waiting-requests", 0L));
        assertThat(iwf.edge.snapshot().liveInvites()).isZero();
    }

    @Test
    void aForkThatIsNotAcceptedIsNotHeardOf() {
        var caller = Requests.Caller.of(bob);
        bob.send(caller.invite(""));
        InviteUsageId host = iwf.await(SipEvent.InviteReceived.class).usage();
        iwf.edge.execute(new SipCommand.ForkInvite(host, TOM));
        iwf.edge.execute(new SipCommand.RefuseInvite(TOM, Response.of(403)));
        iwf.edge.execute(new SipCommand.RefuseInvite(host, Response.of(486)));
        assertThat(bob.awaitFinal("INVITE").status()).isEqualTo(486);
    }
}
