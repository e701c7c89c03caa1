package org.impsiwf.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.impsiwf.ssp.domain.Attachment;
import org.impsiwf.ssp.domain.HomeDomain;
import org.impsiwf.ssp.domain.ServiceSettings;
import org.impsiwf.ssp.domain.WholeDomain;
import org.impsiwf.ssp.elements.common.PublicField;
import org.impsiwf.ssp.elements.common.PublicFields;
import org.impsiwf.ssp.elements.contacts.AttributeSet;
import org.impsiwf.ssp.elements.groups.Group;
import org.impsiwf.ssp.elements.groups.GroupSettings;
import org.impsiwf.ssp.elements.presence.Subscription;
import org.impsiwf.ssp.elements.profile.Registration;
import org.impsiwf.ssp.primitives.ClientId;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.ImPrimitive.MessageDelivered;
import org.impsiwf.ssp.primitives.ImPrimitive.NewMessage;
import org.impsiwf.ssp.primitives.PresenceAttribute;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.UserId;
import org.impsiwf.ssp.server.Listen;
import org.impsiwf.ssp.server.SspCounters;
import org.impsiwf.ssp.server.SspSettings;
import org.impsiwf.ssp.server.SspTrace;
import org.impsiwf.ssp.storage.Database;
import org.impsiwf.ssp.storage.DatabaseConfig;
import org.impsiwf.ssp.storage.JdbcGroupStore;
import org.impsiwf.ssp.storage.JdbcPresenceStore;
import org.impsiwf.ssp.storage.JdbcPublicProfiles;
import org.impsiwf.ssp.storage.JdbcUserStore;
import org.impsiwf.store.local.LocalStores;

/** A domain with its embedded database on disk, its users, groups and subscriptions, some of whose users are logged in. */
final class ElementsWorld implements AutoCloseable {

    static final ServiceId SELF = new ServiceId("wv:@imps.example.com");

    private static final int CHUNK = 2_000;

    private final Path directory;
    private final LocalStores stores = LocalStores.inHeap();
    private Database database;
    private WholeDomain whole;
    private final List<Attachment> online = new ArrayList<>();

    ElementsWorld() throws IOException {
        directory = Files.createTempDirectory("iwf-bench-elements");
        start();
    }

    private void start() throws IOException {
        database = Database.open(DatabaseConfig.embedded(directory));
        whole = new WholeDomain(
                HomeDomain.Settings.of(SspSettings.of(SELF, List.of(Listen.plain("127.0.0.1:0")), List.of())),
                ServiceSettings.defaults(SELF.domain()),
                database,
                stores,
                InstantSource.system(),
                SspCounters.NONE,
                SspTrace.NONE);
        whole.start();
    }

    static UserId user(int number) {
        return user(Template.digits(number));
    }

    static UserId user(String digits) {
        return new UserId("wv:u" + digits + "@" + SELF.domain());
    }

    static GroupId group(String digits) {
        return new GroupId("wv:/g" + digits + "@" + SELF.domain());
    }

    void addUsers(int count) {
        JdbcUserStore users = new JdbcUserStore(database);
        JdbcPublicProfiles profiles = new JdbcPublicProfiles(database);
        inChunks(count, from -> {
            int to = Math.min(from + CHUNK, count);
            users.registerAll(
                    IntStream.range(from, to)
                            .mapToObj(i -> Registration.of(user(i)).named("First", "Last" + Template.digits(i)))
                            .toList(),
                    Instant.EPOCH);
            Map<UserId, PublicFields> filled = new HashMap<>();
            for (int i = from; i < to; i++) {
                filled.put(user(i), new PublicFields(Map.of(PublicField.AGE, "30", PublicField.CITY, "Town")));
            }
            profiles.fill(filled);
        });
    }

    void addGroups(int count) {
        JdbcGroupStore groups = new JdbcGroupStore(database);
        inChunks(
                count,
                from -> groups.atomically(() -> {
                    for (int i = from; i < Math.min(from + CHUNK, count); i++) {
                        groups.create(
                                Group.of(
                                        group(Template.digits(i)),
                                        Optional.empty(),
                                        GroupSettings.ofDefaults(),
                                        Instant.EPOCH),
                                Integer.MAX_VALUE,
                                Integer.MAX_VALUE);
                    }
                    return null;
                }));
    }

    /** Every user is watched by the next, round and round. */
    void addSubscriptions(int count, int users) {
        JdbcPresenceStore presence = new JdbcPresenceStore(database);
        AttributeSet shown = AttributeSet.of(PresenceAttribute.ONLINE_STATUS);
        inChunks(
                count,
                from -> presence.inTransaction(() -> {
                    for (int i = from; i < Math.min(from + CHUNK, count); i++) {
                        int distance = 1 + i / users;
                        presence.put(new Subscription(
                                user(i % users),
                                user((i + distance) % users),
                                shown,
                                shown,
                                /* isSuspended= */ false,
                                true));
                    }
                    return null;
                }));
    }

    private static void inChunks(int count, IntConsumer chunk) {
        for (int from = 0; from < count; from += CHUNK) {
            chunk.accept(from);
        }
    }

    /**
     * Loading leaves an embedded database with a file that is dead for the most part. It would clear that away bit by bit while it
     * is written to, and whoever is measured then would pay for the loading. Before anybody is logged in.
     */
    void restartCompacted() throws IOException, SQLException {
        whole.close();
        database.close();
        DatabaseConfig config = DatabaseConfig.embedded(directory);
        try (Connection connection = DriverManager.getConnection(
                        config.url(),
                        config.user().orElseThrow(),
                        config.password().orElseThrow());
                Statement statement = connection.createStatement()) {
            statement.execute("SHUTDOWN COMPACT");
        }
        start();
    }

    /** The first so many users. */
    void logIn(int count) {
        for (int i = online.size(); i < count; i++) {
            online.add(whole.domain().attach(user(i), ClientId.of("bench"), ElementsWorld::take));
        }
    }

    Attachment online(int number) {
        return online.get(number % online.size());
    }

    WholeDomain whole() {
        return whole;
    }

    static Primitive take(Primitive primitive) {
        return primitive instanceof NewMessage message
                ? new MessageDelivered(
                        Optional.empty(),
                        Optional.of(Status.of(200)),
                        message.messageInfo().messageId().orElseThrow())
                : Status.of(200);
    }

    long bytesOnDisk() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    @Override
    public void close() throws IOException {
        whole.close();
        stores.close();
        database.close();
        try (Stream<Path> files = Files.list(directory)) {
            files.forEach(ElementsWorld::delete);
        }
        Files.delete(directory);
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException stays) {
            throw new UncheckedIOException(stays);
        }
    }
}
