package org.impsiwf.store.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.impsiwf.store.Store;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Addresses of members that accept a connection and say nothing, as a stopped process does: its kernel goes on accepting. */
class SilentAddressTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** More than Hazelcast has output threads, which take connections in turn. */
    private static final int SILENT = 6;

    private static final int SAVES = 200;

    record Note(int number) {}

    private final List<ServerSocket> silent = new ArrayList<>();
    private final List<Socket> accepted = new ArrayList<>();
    private HazelcastStores one;
    private HazelcastStores other;

    /** Members know addresses of which nobody has ever been heard; the oldest of them looks for a lost half there. */
    @BeforeEach
    void start() {
        List<HazelcastSettings> settings = Members.settings(2 + SILENT);
        one = HazelcastStores.join(settings.get(0));
        other = HazelcastStores.join(settings.get(1));
        await().atMost(PATIENCE).until(() -> one.members() == 2 && other.members() == 2);
        settings.subList(2, settings.size()).forEach(later -> silent.add(listen(later.listen())));
    }

    private static ServerSocket listen(InetSocketAddress address) {
        try {
            return new ServerSocket(address.getPort(), SILENT, address.getAddress());
        } catch (IOException taken) {
            throw new IllegalStateException("cannot listen at " + address, taken);
        }
    }

    @AfterEach
    void end() throws IOException {
        for (Socket each : accepted) {
            each.close();
        }
        for (ServerSocket each : silent) {
            each.close();
        }
        other.close();
        one.close();
    }

    @Test
    void addressesThatAcceptAndSayNothingDoNotPartTheOthers() throws IOException {
        for (ServerSocket each : silent) {
            Socket connection = each.accept();
            assertThat(connection.getInputStream().readNBytes(3)).asString().isEqualTo("HZC");
            accepted.add(connection);
        }

        Store<Note> notes = one.open("notes", Note.class);
        for (int i = 0; i < SAVES; i++) {
            assertThat(notes.save("note-" + i, Store.ABSENT, new Note(i), Duration.ofMinutes(1)))
                    .isPresent();
        }

        assertThat(one.members()).isEqualTo(2);
        assertThat(other.members()).isEqualTo(2);
    }
}
