package org.impsiwf.testkit.msrp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MsrpEndpointTest {
    private final MsrpEndpoint alice = MsrpEndpoint.listen(InetAddress.getLoopbackAddress());
    private final MsrpEndpoint bob = MsrpEndpoint.listen(InetAddress.getLoopbackAddress());

    @BeforeEach
    void connect() {
        bob.towards(List.of(alice.path()));
        alice.towards(List.of(bob.path())).connects();
    }

    @AfterEach
    void close() {
        alice.close();
        bob.close();
    }

    @Test
    void carriesTextBothWays() {
        alice.sends("hi bob");
        bob.expectsText("hi bob");
        bob.sends("hi alice");
        alice.expectsText("hi alice");
    }

    @Test
    void putsChunksTogetherAndReportsSuccessWhereAsked() {
        byte[] content = new byte[100_000];
        new Random(7).nextBytes(content);
        String id = alice.sends("application/octet-stream", content, 2048, Map.of("Success-Report", "yes"));
        ReceivedMessage received = bob.expectsMessage();
        assertThat(received.content()).isEqualTo(content);
        assertThat(received.chunks()).isEqualTo(49);
        assertThat(alice.expectsReport(id).status()).isEqualTo(200);
    }

    @Test
    void refusesAsTold() {
        bob.answersWith(413);
        alice.sends("too much");
        assertThat(alice.expectsResponse().status()).isEqualTo(413);
    }

    @Test
    void noticesThatTheOtherEndVanished() {
        alice.vanishes();
        bob.expectsEnd();
    }
}
