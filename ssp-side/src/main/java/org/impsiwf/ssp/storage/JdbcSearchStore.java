package org.impsiwf.ssp.storage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.impsiwf.ssp.elements.common.SearchStore;
import org.impsiwf.ssp.primitives.ClientId;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.SearchHit;
import org.impsiwf.ssp.primitives.SearchId;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;

/** {@link SearchStore} in the database; the hits are one text, a line for each: {@code u} User-ID name, {@code g} Group-ID. */
public final class JdbcSearchStore implements SearchStore {

    private final Database database;

    public JdbcSearchStore(Database database) {
        this.database = database;
    }

    @Override
    public void start(Search search) {
        database.useTransaction(handle -> {
            handle.execute(
                    "DELETE FROM search WHERE user_id = ? AND client = ?",
                    Keys.of(search.user()),
                    key(search.client()));
            handle.execute(
                    "INSERT INTO search (search_id, user_id, client, page_size, expires_at, hits) VALUES (?, ?, ?, ?, ?, ?)",
                    search.id().value(),
                    Keys.of(search.user()),
                    key(search.client()),
                    search.pageSize(),
                    search.expires().toEpochMilli(),
                    search.hits().stream().map(JdbcSearchStore::line).collect(Collectors.joining("\n")));
        });
    }

    @Override
    public Optional<Search> find(SearchId id) {
        return database.read(handle -> handle.select(
                        "SELECT search_id, user_id, client, page_size, expires_at, hits FROM search WHERE search_id = ?",
                        id.value())
                .map((row, context) -> search(row))
                .findOne());
    }

    @Override
    public void extend(SearchId id, Instant expires) {
        database.useTransaction(handle -> handle.execute(
                "UPDATE search SET expires_at = ? WHERE search_id = ?", expires.toEpochMilli(), id.value()));
    }

    @Override
    public void end(SearchId id) {
        database.useTransaction(handle -> handle.execute("DELETE FROM search WHERE search_id = ?", id.value()));
    }

    @Override
    public void endSession(UserId user, Optional<ClientId> client) {
        database.useTransaction(handle ->
                handle.execute("DELETE FROM search WHERE user_id = ? AND client = ?", Keys.of(user), key(client)));
    }

    @Override
    public void forgetExpired(Instant before) {
        database.useTransaction(
                handle -> handle.execute("DELETE FROM search WHERE expires_at < ?", before.toEpochMilli()));
    }

    private static String key(Optional<ClientId> client) {
        return client.map(ClientId::url).orElse("");
    }

    private static Search search(ResultSet row) throws SQLException {
        return new Search(
                new SearchId(row.getString(1)),
                new UserId(row.getString(2)),
                Optional.of(row.getString(3)).filter(url -> !url.isEmpty()).map(ClientId::of),
                row.getInt(4),
                Arrays.stream(row.getString(6).split("\n"))
                        .filter(line -> !line.isEmpty())
                        .map(JdbcSearchStore::hit)
                        .toList(),
                Instant.ofEpochMilli(row.getLong(5)));
    }

    private static String line(SearchHit hit) {
        return switch (hit) {
            case GroupId group -> "g" + inLine(group.toString());
            case User user ->
                "u" + inLine(user.userId().value()) + "\t"
                        + user.friendlyName().map(JdbcSearchStore::inLine).orElse("");
        };
    }

    private static String inLine(String text) {
        return text.replaceAll("[\\p{Cntrl}]", " ");
    }

    private static SearchHit hit(String line) {
        List<String> words = List.of(line.substring(1).split("\t", 2));
        return line.charAt(0) == 'g'
                ? new GroupId(words.getFirst())
                : new User(
                        new UserId(words.getFirst()),
                        words.stream().skip(1).filter(name -> !name.isEmpty()).findFirst(),
                        Optional.empty());
    }
}
