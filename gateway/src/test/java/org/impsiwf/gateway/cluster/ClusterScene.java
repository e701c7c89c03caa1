package org.impsiwf.gateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.impsiwf.testkit.ssp.Manner;
import org.impsiwf.testkit.ssp.RawSspPeer;
import org.impsiwf.testkit.user.Talk;
import org.junit.jupiter.api.TestReporter;

/** Some gateways that are one, and the IMPS domain that they have their session pair with. */
final class ClusterScene implements AutoCloseable {

    static final String BOB = "sip:bob@imps.example.com";
    static final String BOB_IMPS = "wv:bob@imps.example.com";

    /** Seconds on a machine that has nothing else to do; what it took is in the report. */
    private static final Duration BOUND = Duration.ofSeconds(60);

    final RawSspPeer imps;
    final ClusterOfGateways iwf;

    private ClusterScene(RawSspPeer imps, ClusterOfGateways iwf) {
        this.imps = imps;
        this.iwf = iwf;
    }

    /** The session pair is open when this returns. */
    static ClusterScene of(int nodes, Path directory) {
        RawSspPeer imps = RawSspPeer.start(new RawSspPeer.Settings(
                ClusterOfGateways.IMPS,
                ClusterOfGateways.IMPS_SECRET,
                ClusterOfGateways.OUR_SECRET,
                "SHA-1",
                Manner.OMA_1_3));
        var iwf = ClusterOfGateways.of(nodes, directory, imps.url(), "");
        imps.facing(IntStream.range(0, nodes).mapToObj(i -> iwf.node(i).ssp()).toList());
        imps.expectsSession();
        return new ClusterScene(imps, iwf);
    }

    /** Sends it in the talk; the IMPS domain takes it before the sender is told so. */
    void isTaken(Talk talk, String text) {
        talk.msrp().sends(text);
        imps.expectsText(text);
        assertThat(talk.msrp().expectsResponse().status()).isEqualTo(200);
    }

    /** The IMPS domain sends it to that user, whose client takes it before the domain is told so. */
    void arrives(String user, Talk talk, String text) {
        String transaction = imps.sends(imps.message(BOB_IMPS, "wv:" + user + "@ims.example.com", text, text, false));
        talk.expectsText(text);
        assertThat(imps.expectsResponse(transaction).status()).isEqualTo(200);
    }

    /** Says how long something took since then, and expects no wonders. */
    static void took(TestReporter report, String what, long began) {
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        report.publishEntry(what, took.toMillis() + " ms");
        assertThat(took).as(what).isLessThan(BOUND);
    }

    @Override
    public void close() {
        iwf.close();
        imps.close();
    }
}
