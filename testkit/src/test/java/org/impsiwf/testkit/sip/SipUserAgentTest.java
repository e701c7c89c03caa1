package org.impsiwf.testkit.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.impsiwf.testkit.sip.SipUserAgent.Settings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two user agents, each the other's gateway. */
class SipUserAgentTest {

    private record Pair(SipUserAgent alice, SipUserAgent bob) implements AutoCloseable {
        static Pair over(SipTransport transport) {
            InetSocketAddress nowhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
            SipUserAgent bob = SipUserAgent.start(Settings.of("bob@b.example", "b", transport, nowhere));
            return new Pair(SipUserAgent.start(Settings.of("alice@a.example", "a", transport, bob.address())), bob);
        }

        @Override
        public void close() {
            alice.close();
            bob.close();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"UDP", "TCP"})
    void holdsACallFromInviteToBye(SipTransport transport) {
        try (Pair pair = Pair.over(transport)) {
            SipMessage invite = pair.alice
                    .newRequest("INVITE", "sip:bob@b.example")
                    .withBody(
                            "application/sdp",
                            MessageSdp.of("msrp://127.0.0.1:2855/a;tcp", Optional.empty())
                                    .text(1));
            SipRequestSent sent = pair.alice.send(invite);
            SipRequestReceived arrived = pair.bob.expects("INVITE");
            arrived.answers(180, "Ringing");
            sent.expects(180);
            CompletableFuture<Void> calling = CompletableFuture.runAsync(
                    () -> SipCall.accepted(pair.alice, sent, sent.expects(200)).byes(),
                    task -> Thread.ofVirtual().start(task));
            SipCall atBob = SipCall.accepts(
                    pair.bob,
                    arrived,
                    MessageSdp.of("msrp://127.0.0.1:2856/b;tcp", Optional.of("passive"))
                            .text(1));
            assertThat(atBob.remoteSdp().path()).containsExactly("msrp://127.0.0.1:2855/a;tcp");
            atBob.expectsBye();
            calling.join();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"UDP"})
    void repeatsWhatWasLostAndAbsorbsWhatCameTwice(SipTransport transport) {
        try (Pair pair = Pair.over(transport)) {
            pair.alice.leaving.loseNext(m -> m.method().equals("MESSAGE"));
            pair.alice.leaving.doubleNext(m -> m.method().equals("MESSAGE"));
            SipRequestSent sent = pair.alice.send(
                    pair.alice.newRequest("MESSAGE", "sip:bob@b.example").withBody("text/plain", "hi"));
            SipRequestReceived arrived = pair.bob.expects("MESSAGE");
            assertThat(arrived.message().text()).isEqualTo("hi");
            arrived.answers(200, "OK");
            assertThat(sent.expectsFinal().status()).isEqualTo(200);
            assertThat(pair.bob.poll("MESSAGE", Duration.ofMillis(50))).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"UDP", "TCP"})
    void cancelsAnInviteThatWaits(SipTransport transport) {
        try (Pair pair = Pair.over(transport)) {
            SipRequestSent sent = pair.alice.send(pair.alice.newRequest("INVITE", "sip:bob@b.example"));
            SipRequestReceived invite = pair.bob.expects("INVITE");
            Thread.ofVirtual().start(sent::cancels);
            pair.bob.expects("CANCEL").answers(200, "OK");
            invite.answers(487, "Request Terminated");
            sent.expects(487);
        }
    }
}
