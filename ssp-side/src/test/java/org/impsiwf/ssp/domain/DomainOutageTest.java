package org.impsiwf.ssp.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.impsiwf.ssp.primitives.ImPrimitive.NewMessage;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;
import org.impsiwf.ssp.storage.PostgresServer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A domain whose database goes away and comes back: requests are refused meanwhile, and go on afterwards without a restart. */
class DomainOutageTest {

    @AutoClose
    private final Town.Towns towns = new Town.Towns();

    @Test
    @Tag("status:503")
    void requestsGet503WithoutADatabaseAndNothingThatWasTakenIsLost() throws IOException {
        Assumptions.assumeFalse(PostgresServer.programs().isEmpty(), "needs PostgreSQL, which is not installed");
        try (PostgresServer server = new PostgresServer()) {
            Town a = towns.open(
                    "a.example",
                    UnaryOperator.identity(),
                    ServiceSettings.defaults("a.example"),
                    server.newDatabase().withPatience(Duration.ofSeconds(1)));
            Town b = towns.open("b.example");
            a.connect(b);
            UserId sleeper = a.registered("sleeper");
            Town.Person bob = b.person("bob");
            assertThat(TestHome.code(bob.says("before", User.of(sleeper)))).isEqualTo(200);

            server.stop();
            assertThat(TestHome.code(bob.says("meanwhile", User.of(sleeper)))).isEqualTo(503);
            server.start();

            await().atMost(Town.PATIENCE)
                    .untilAsserted(() -> assertThat(TestHome.code(bob.says("afterwards", User.of(sleeper))))
                            .isEqualTo(200));
            Town.Person awake = a.logsIn(sleeper);
            await().atMost(Town.PATIENCE)
                    .untilAsserted(() -> assertThat(awake.received.stream()
                                    .filter(NewMessage.class::isInstance)
                                    .map(message -> Town.text((NewMessage) message)))
                            .contains("before", "afterwards")
                            .doesNotContain("meanwhile"));
        }
    }
}
