package org.impsiwf.gateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.impsiwf.gateway.config.Config;
import org.impsiwf.gateway.runtime.Gateway;
import org.impsiwf.store.Nodes;
import org.impsiwf.store.Ownership;
import org.impsiwf.store.Store;
import org.impsiwf.store.Stores;
import org.impsiwf.store.Timers;
import org.impsiwf.store.local.LocalStores;
import org.junit.jupiter.api.Test;

/**
 * Nodes of two releases work together: every type that a gateway stores is compared with what each release had, which is kept in
 * {@code saved/forms-RELEASE.txt}. {@code -Diwf.golden=RELEASE} writes the file of a release.
 */
class StoredFormsTest {

    private static final Path SAVED =
            Path.of(System.getProperty("iwf.root")).resolve("gateway/src/test/resources/saved");

    /** Stores that several nodes would share; remembers which type is kept in which. */
    private record Watched(Stores stores, Map<String, Class<?>> types) implements Stores {
        @Override
        public <V> Store<V> open(String name, Class<V> type) {
            types.put(name, type);
            return stores.open(name, type);
        }

        @Override
        public Ownership ownership() {
            return stores.ownership();
        }

        @Override
        public Nodes nodes() {
            return stores.nodes();
        }

        @Override
        public Timers timers(String name, Timers.Handler handler) {
            return stores.timers(name, handler);
        }

        @Override
        public void close() {
            stores.close();
        }
    }

    private static StoredForms current() throws Exception {
        Map<String, Class<?>> types = new TreeMap<>();
        String config = """
                service-id: "wv:@iwf.example.com"
                sip: { listen: [ "tcp:127.0.0.1:0" ], domains: [ ims.example.com ] }
                msrp: { listen: "127.0.0.1:0" }
                ssp: { listen: "127.0.0.1:0" }
                admin: { listen: "127.0.0.1:0" }
                storage: { url: memory }
                """;
        try (Gateway gateway = Gateway.start(Config.gatewayOf(config), new Watched(LocalStores.inHeap(), types))) {
            assertThat(gateway.sipAddresses()).isNotEmpty();
        }
        assertThat(types).hasSizeGreaterThan(8);
        return StoredForms.of(types);
    }

    @Test
    void nodesOfThisReleaseAndOfThoseBeforeReadEachOther() throws Exception {
        StoredForms now = current();
        String release = System.getProperty("iwf.golden");
        if (release != null) {
            Files.createDirectories(SAVED);
            Files.write(SAVED.resolve("forms-" + release + ".txt"), now.text());
        }
        for (Path file : files()) {
            assertThat(now.contradictions(StoredForms.parse(Files.readAllLines(file))))
                    .as("against %s", file.getFileName())
                    .isEmpty();
        }
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(SAVED)) {
            List<Path> found = files.filter(
                            file -> file.getFileName().toString().startsWith("forms-"))
                    .sorted()
                    .toList();
            assertThat(found).isNotEmpty();
            return found;
        }
    }

    sealed interface Before {
        enum Mode {
            ONE
        }

        record Known(String name, int count, Mode mode) implements Before {}
    }

    private static List<String> against(String... changes) {
        List<String> text =
                new ArrayList<>(StoredForms.of(Map.of("s", Before.class)).text());
        for (String change : changes) {
            if (change.startsWith("-")) {
                text.removeIf(line -> line.startsWith(change.substring(1)));
            } else {
                text.add(change);
            }
        }
        return StoredForms.of(Map.of("s", Before.class)).contradictions(StoredForms.parse(text));
    }

    private static final String TYPE = "StoredFormsTest$Before";

    @Test
    void componentThatMayBeMissingMayBeAdded() {
        assertThat(against()).isEmpty();
        assertThat(against("-" + TYPE + "$Known.count")).isEmpty();
    }

    @Test
    void componentThatMustBeThereMayNotBeAdded() {
        assertThat(against("-" + TYPE + "$Known.name"))
                .singleElement()
                .asString()
                .contains("Known.name", "is new");
    }

    @Test
    void componentMayNotGoNorChangeItsType() {
        assertThat(against(TYPE + "$Known.gone: String"))
                .singleElement()
                .asString()
                .contains("Known.gone", "is gone");
        assertThat(against("-" + TYPE + "$Known.count", TYPE + "$Known.count: long"))
                .singleElement()
                .asString()
                .contains("was long, is int");
    }

    @Test
    void kindAndConstantMayNotBeNew() {
        assertThat(against("-" + TYPE + " = Known", TYPE + " = Other: ")).hasSize(2);
        assertThat(against("-" + TYPE + "$Mode = ONE", TYPE + "$Mode = TWO: ")).hasSize(2);
    }
}
