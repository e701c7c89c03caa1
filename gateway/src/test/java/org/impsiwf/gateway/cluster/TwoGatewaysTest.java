package org.impsiwf.gateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.impsiwf.testkit.sip.SipTransport;
import org.impsiwf.testkit.ssp.Manner;
import org.impsiwf.testkit.ssp.RawSspPeer;
import org.impsiwf.testkit.user.SipMsrpUser;
import org.impsiwf.testkit.user.Talk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two gateways that are one: users at either, one session pair with the IMPS domain, and one that dies. */
class TwoGatewaysTest {

    private static final String BOB = "sip:bob@imps.example.com";
    private static final String BOB_IMPS = "wv:bob@imps.example.com";

    @TempDir
    private Path directory;

    private RawSspPeer imps;
    private ClusterOfGateways iwf;

    @BeforeEach
    void start() {
        imps = RawSspPeer.start(new RawSspPeer.Settings(
                ClusterOfGateways.IMPS,
                ClusterOfGateways.IMPS_SECRET,
                ClusterOfGateways.OUR_SECRET,
                "SHA-1",
                Manner.OMA_1_3));
        iwf = ClusterOfGateways.of(2, directory, imps.url(), "");
        imps.facing(iwf.node(0).ssp());
        imps.expectsSession();
    }

    @AfterEach
    void stop() {
        iwf.close();
        imps.close();
    }

    /** Sends it in the talk; the IMPS domain takes it before the sender is told so. */
    private void isTaken(Talk talk, String text) {
        talk.msrp().sends(text);
        imps.expectsText(text);
        assertThat(talk.msrp().expectsResponse().status()).isEqualTo(200);
    }

    @Test
    void usersOfEitherNodeTalkWithOneDomain() {
        SipMsrpUser alice = iwf.user("alice", SipTransport.UDP, iwf.node(0));
        SipMsrpUser carol = iwf.user("carol", SipTransport.TCP, iwf.node(1));
        Talk ofAlice = alice.invites(BOB);
        Talk ofCarol = carol.invites(BOB);
        isTaken(ofAlice, "from alice");
        isTaken(ofCarol, "from carol");

        imps.sendsText(BOB_IMPS, "wv:alice@ims.example.com", "to alice");
        ofAlice.expectsText("to alice");
        imps.sendsText(BOB_IMPS, "wv:carol@ims.example.com", "to carol");
        ofCarol.expectsText("to carol");

        ofAlice.byes();
        ofCarol.byes();
        assertThat(imps.sessionWasEnded()).isFalse();
    }
}
