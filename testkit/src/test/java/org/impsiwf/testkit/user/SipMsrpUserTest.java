package org.impsiwf.testkit.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.impsiwf.testkit.sip.SipTransport;
import org.impsiwf.testkit.sip.SipUserAgent.Settings;
import org.junit.jupiter.api.Test;

/** Two users, each the other's gateway. */
class SipMsrpUserTest {

    @Test
    void holdsASessionFromInviteToBye() {
        InetSocketAddress nowhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                SipMsrpUser bob = SipMsrpUser.start(Settings.of("bob@b.example", "b", SipTransport.TCP, nowhere));
                SipMsrpUser alice = SipMsrpUser.start(Settings.of(
                        "alice@a.example", "a", SipTransport.TCP, bob.agent().address()))) {
            CompletableFuture<Talk> answering = CompletableFuture.supplyAsync(bob::answersInvite, threads);
            CompletableFuture<Talk> inviting =
                    CompletableFuture.supplyAsync(() -> alice.invites("sip:bob@b.example"), threads);
            // Both offer to listen and to call: the answerer calls (RFC 4145 §4.1), so alice's own call must not
            // happen.
            Talk atBob = answering.join();
            Talk atAlice = inviting.join();
            String id = atAlice.sendsWantingReport("hi bob");
            assertThat(atBob.expectsText("hi bob").chunks()).isEqualTo(1);
            atAlice.expectsReport(id, 200);
            atBob.sends("hi alice");
            atAlice.expectsText("hi alice");
            CompletableFuture<Void> left = CompletableFuture.runAsync(atBob::expectsBye, threads);
            atAlice.byes();
            left.join();
        }
    }
}
