package org.impsiwf.gateway.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.impsiwf.gateway.demo.Stage;
import org.impsiwf.testkit.domain.ImpsUser;
import org.impsiwf.testkit.sip.SipTransport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Linphone's console client as alice. */
@Tag("peers")
class LinphoneTest {

    @TempDir
    private Path home;

    @BeforeAll
    static void needsLinphone() {
        assumeTrue(ForeignProgram.installed("linphonec"), "linphonec is not installed (Debian: linphone-cli)");
    }

    @Test
    void registersSendsAndReceivesMessagesAndConfirmsTheirDelivery() throws IOException {
        try (Stage stage = Stage.open();
                ForeignProgram linphone = start(stage)) {
            ImpsUser bob = stage.impsUser("bob");
            linphone.reads("chat " + bob.sipUri() + " Hello from linphone");
            assertThat(bob.expectsMessage().text()).isEqualTo("Hello from linphone");

            AtomicReference<ImpsUser.Sent> sent = new AtomicReference<>();
            await("linphone is registered").atMost(Duration.ofSeconds(30)).until(() -> {
                sent.set(bob.sends("wv:alice@ims.example.com", "Hello from IMPS", true));
                return sent.get().expectsStatus() == 200;
            });
            // Its IMDN comes as a MESSAGE of its own, deflated (RFC 5438).
            assertThat(bob.expectsReport(sent.get().messageId())).isEqualTo(200);
        }
    }

    private ForeignProgram start(Stage stage) throws IOException {
        Path settings = home.resolve("linphonerc");
        Files.createDirectories(home.resolve(".local/share/linphone"));
        Files.createDirectories(home.resolve(".config/linphone"));
        Files.writeString(settings, """
                [sip]
                sip_port=-1
                sip_tcp_port=0
                sip_tls_port=0
                default_proxy=0
                register_only_when_network_is_up=0
                [proxy_0]
                reg_proxy=<sip:127.0.0.1:%1$d;transport=udp>
                reg_route=<sip:127.0.0.1:%1$d;transport=udp;lr>
                reg_identity=sip:alice@ims.example.com
                reg_expires=600
                reg_sendregister=1
                publish=0
                [auth_info_0]
                username=alice
                passwd=a-password
                realm=ims.example.com
                [net]
                mtu=1300
                """.formatted(stage.sip(SipTransport.UDP).getPort()));
        return ForeignProgram.start(home, List.of("linphonec", "-c", settings.toString()));
    }
}
