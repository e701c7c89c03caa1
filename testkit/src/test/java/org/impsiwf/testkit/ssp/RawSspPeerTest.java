package org.impsiwf.testkit.ssp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two raw peers, each the other's gateway. */
class RawSspPeerTest {

    @ParameterizedTest
    @EnumSource
    void logsInFromEitherEndAndCarriesAMessage(Manner manner) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                RawSspPeer a = RawSspPeer.start(
                        new RawSspPeer.Settings("wv:@a.example", "a-secret", "b-secret", "SHA-1", manner));
                RawSspPeer b = RawSspPeer.start(
                        new RawSspPeer.Settings("wv:@b.example", "b-secret", "a-secret", "SHA-1", manner))) {
            a.facing(b.url());
            b.facing(a.url());
            a.logsIn();
            b.expectsSession();

            var answer = threads.submit(() -> a.sendsText("wv:ann@a.example", "wv:bob@b.example", "hi <bob> & co"));
            SspText message = b.expectsText("hi <bob> & co");
            assertThat(message.role("Sender")).isEqualTo("wv:ann@a.example");
            assertThat(answer.get().status()).isEqualTo(200);
        }
    }
}
