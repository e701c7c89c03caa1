package org.impsiwf.gateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import org.impsiwf.testkit.sip.SipTransport;
import org.impsiwf.testkit.ssp.Manner;
import org.impsiwf.testkit.ssp.RawSspPeer;
import org.impsiwf.testkit.ssp.SspText;
import org.impsiwf.testkit.user.SipMsrpUser;
import org.impsiwf.testkit.user.Talk;
import org.junit.jupiter.api.TestReporter;

/** Some gateways that are one, and the IMPS domain that they have their session pair with. */
final class ClusterScene implements AutoCloseable {

    static final String BOB = "sip:bob@imps.example.com";
    static final String BOB_IMPS = "wv:bob@imps.example.com";

    /** What a take-over may take, after a process was killed and after one has fallen silent. */
    static final Duration AFTER_A_KILL = Duration.ofSeconds(3);

    static final Duration AFTER_SILENCE = Duration.ofSeconds(8);

    /** For a machine that is busy with something else; what it took is printed. */
    private static final int ROOM = 5;

    /** For what no bound is promised. */
    private static final Duration BOUND = Duration.ofSeconds(60);

    private static final Duration FREEZE = Duration.ofSeconds(20);

    final RawSspPeer imps;
    final ClusterOfGateways iwf;
    private final Set<String> answered = new HashSet<>();

    private ClusterScene(RawSspPeer imps, ClusterOfGateways iwf) {
        this.imps = imps;
        this.iwf = iwf;
    }

    /** The session pair is open when this returns. */
    static ClusterScene of(int nodes, Path directory) {
        return of(imps -> ClusterOfGateways.of(nodes, directory, imps, ""));
    }

    /** As {@link #of(int, Path)}, with nodes that find each other and share as those sections say. */
    static ClusterScene of(int nodes, Path directory, ClusterOfGateways.Sharing sharing) {
        return of(imps -> ClusterOfGateways.of(nodes, directory, imps, sharing));
    }

    /** As {@link #of(int, Path)}, on machines of their own; the domain is where this test is. */
    static ClusterScene of(int nodes, Path directory, Machines machines) {
        return of(
                machines.own(),
                imps -> ClusterOfGateways.of(nodes, directory, imps, ClusterOfGateways.ownMemory(nodes, ""), machines));
    }

    private static ClusterScene of(Function<RawSspPeer, ClusterOfGateways> start) {
        return of(InetAddress.getLoopbackAddress(), start);
    }

    private static ClusterScene of(InetAddress domain, Function<RawSspPeer, ClusterOfGateways> start) {
        RawSspPeer imps = RawSspPeer.start(
                new RawSspPeer.Settings(
                        ClusterOfGateways.IMPS,
                        ClusterOfGateways.IMPS_SECRET,
                        ClusterOfGateways.OUR_SECRET,
                        "SHA-1",
                        Manner.OMA_1_3),
                new InetSocketAddress(domain, 0));
        ClusterOfGateways iwf = start.apply(imps);
        imps.expectsSession();
        return new ClusterScene(imps, iwf);
    }

    /** Sends it in the talk; the IMPS domain takes it before the sender is told so. */
    void isTaken(Talk talk, String text) {
        talk.msrp().sends(text);
        answered.add(imps.expectsText(text).messageId());
        assertThat(talk.msrp().expectsResponse().status()).isEqualTo(200);
    }

    /** The request to the IMPS domain with that text. What the domain has answered may be asked again after a take-over, under its id. */
    SspText isAsked(String text) {
        SspText request = imps.expects("SendMessageRequest");
        while (!request.content().equals(text)) {
            assertThat(answered).contains(request.messageId());
            request = imps.expects("SendMessageRequest");
        }
        return request;
    }

    /** The IMPS domain sends it to that user, whose client takes it before the domain is told so. */
    void arrives(String user, Talk talk, String text) {
        String transaction = imps.sends(imps.message(BOB_IMPS, "wv:" + user + "@ims.example.com", text, text, false));
        talk.expectsText(text);
        assertThat(imps.expectsResponse(transaction).status()).isEqualTo(200);
    }

    /**
     * A user is in session with bob at that node while it stands still for 20 s: another one goes on with him, and the one that wakes
     * leaves him alone.
     */
    void standsStill(String name, int node, TestReporter report) {
        SipMsrpUser user = iwf.user(name, SipTransport.UDP, iwf.node(node));
        Talk talk = user.invites(BOB);
        isTaken(talk, "before the freeze");

        long began = System.nanoTime();
        iwf.node(node).freezes();
        Talk moved = user.follows(talk);
        took(report, "taken over after a freeze", began, AFTER_SILENCE);
        isTaken(moved, "in the freeze");
        arrives(name, moved, "in the freeze, to " + name);
        Duration left = FREEZE.minusNanos(System.nanoTime() - began);
        assertThat(moved.msrp().poll(left.isNegative() ? Duration.ZERO : left)).isEmpty();

        iwf.node(node).wakes();
        assertThat(user.agent().poll("BYE", Duration.ofSeconds(3))).isEmpty();
        assertThat(user.agent().poll("INVITE", Duration.ofMillis(1))).isEmpty();
        isTaken(moved, "after the freeze");
        arrives(name, moved, "after the freeze, to " + name);
        assertThat(moved.msrp().poll(Duration.ofMillis(500))).isEmpty();
        moved.byes();
        iwf.isWhole();
    }

    /** Says how long something took since then, and expects no wonders. */
    static void took(TestReporter report, String what, long began) {
        assertThat(told(report, what, began)).as(what).isLessThan(BOUND);
    }

    /** As {@link #took(TestReporter, String, long)}, with a bound that is promised on a machine that has nothing else to do. */
    static void took(TestReporter report, String what, long began, Duration wanted) {
        assertThat(told(report, what + " (wanted: " + wanted.toMillis() + " ms)", began))
                .as(what)
                .isLessThan(wanted.multipliedBy(ROOM));
    }

    private static Duration told(TestReporter report, String what, long began) {
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        report.publishEntry(what, took.toMillis() + " ms");
        return took;
    }

    @Override
    public void close() {
        iwf.close();
        imps.close();
    }
}
