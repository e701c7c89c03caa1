package org.impsiwf.gateway.peers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.impsiwf.gateway.demo.Stage;
import org.impsiwf.testkit.domain.ImpsUser;
import org.impsiwf.testkit.sip.SipTransport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Baresip as carol, driven over its control port. */
@Tag("peers")
class BaresipTest {

    @TempDir
    private Path home;

    @BeforeAll
    static void needsBaresip() {
        assumeTrue(ForeignProgram.installed("baresip"), "baresip is not installed (Debian: baresip-core)");
    }

    @Test
    void registersSendsAndReceivesMessages() throws IOException {
        int control = freePort();
        try (Stage stage = Stage.open();
                ForeignProgram baresip = start(stage, control)) {
            ImpsUser bob = stage.impsUser("bob");
            baresip.prints("200 OK");

            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), control)) {
                socket.setSoTimeout(20_000);
                commands(socket, "contact_next", "");
                commands(socket, "message", "Hello from baresip");
                assertThat(bob.expectsMessage().text()).isEqualTo("Hello from baresip");

                ImpsUser.Sent sent = bob.sends("wv:carol@ims.example.com", "Hello from IMPS", false);
                assertThat(sent.expectsStatus()).isEqualTo(200);
                assertThat(baresip.prints("Hello from IMPS")).contains("sip:bob@imps.example.com");
            }
        }
    }

    private ForeignProgram start(Stage stage, int control) throws IOException {
        Files.writeString(home.resolve("config"), """
                module_path /usr/lib/baresip/modules
                sip_listen 127.0.0.1:0
                module stdio.so
                module_tmp uuid.so
                module_tmp account.so
                module_app contact.so
                module_app menu.so
                module_app ctrl_tcp.so
                ctrl_tcp_listen 127.0.0.1:%d
                """.formatted(control));
        Files.writeString(
                home.resolve("accounts"),
                "<sip:carol@ims.example.com;transport=udp>;auth_user=carol;auth_pass=a-password;regint=600;outbound=\"sip:127.0.0.1:"
                        + stage.sip(SipTransport.UDP).getPort() + ";transport=udp\"\n");
        Files.writeString(home.resolve("contacts"), "\"Bob\" <sip:bob@imps.example.com>;access=allow\n");
        return ForeignProgram.start(home, List.of("baresip", "-4", "-f", home.toString()));
    }

    /** A command and its parameters, as a netstring of JSON; waits for its response. */
    private static void commands(Socket socket, String command, String parameters) throws IOException {
        String json = "{\"command\":\"" + command + "\",\"params\":\"" + parameters + "\"}";
        socket.getOutputStream().write((json.length() + ":" + json + ",").getBytes(UTF_8));
        assertThat(told(socket, "\"response\":true")).contains("\"ok\":true");
    }

    /** What the program tells, up to and with a piece that contains the text. */
    private static String told(Socket socket, String text) throws IOException {
        StringBuilder told = new StringBuilder();
        byte[] piece = new byte[4096];
        while (told.indexOf(text) < 0) {
            int length = socket.getInputStream().read(piece);
            assertThat(length).as("baresip ended; it told " + told).isPositive();
            told.append(new String(piece, 0, length, UTF_8));
        }
        return told.toString();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
