package org.impsiwf.ssp.storage;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.ssp.elements.common.PublicFields;
import org.impsiwf.ssp.elements.common.PublicProfileStore;
import org.impsiwf.ssp.elements.common.UserDirectory;
import org.impsiwf.ssp.primitives.SearchElement;
import org.impsiwf.ssp.primitives.UserId;

/** {@link UserDirectory} in the database. */
public final class JdbcUserDirectory implements UserDirectory {

    private static final int OLDEST = 999;

    private final Database database;
    private final List<String> domains;
    private final PublicProfileStore profiles;

    /** @param domains of the registered users */
    public JdbcUserDirectory(Database database, Collection<String> domains, PublicProfileStore profiles) {
        this.database = database;
        this.domains = domains.stream().map(TermIndex::folded).toList();
        this.profiles = profiles;
    }

    @Override
    public Optional<List<UserId>> candidates(SearchElement element, String text, int atMost) {
        return switch (element) {
            case USER_ID -> ofUserId(text, atMost);
            case USER_MOBILE_NUMBER -> containing(element, UserDirectory.digits(text), atMost);
            case USER_AGE_MIN -> aged(Integer.parseInt(text), OLDEST, atMost);
            case USER_AGE_MAX -> aged(0, Integer.parseInt(text), atMost);
            case USER_ONLINE_STATUS -> Optional.empty();
            default -> containing(element, text, atMost);
        };
    }

    // A part of the domain is not in the index, as it fits nearly everybody.
    private Optional<List<UserId>> ofUserId(String text, int atMost) {
        String part = UserTerms.withoutScheme(TermIndex.folded(text));
        boolean fitsDomain = domains.stream().anyMatch(domain -> ("@" + domain).contains(part));
        return fitsDomain ? Optional.empty() : containing(SearchElement.USER_ID, part, atMost);
    }

    private Optional<List<UserId>> containing(SearchElement element, String text, int atMost) {
        return Optional.of(ids(database.read(handle -> TermIndex.containing(handle, element, text, atMost))));
    }

    private Optional<List<UserId>> aged(int from, int to, int atMost) {
        return Optional.of(ids(database.read(handle -> TermIndex.between(
                handle,
                SearchElement.USER_AGE_MIN,
                JdbcPublicProfiles.ageTerm(from),
                JdbcPublicProfiles.ageTerm(to),
                atMost))));
    }

    @Override
    public List<UserId> everybody(int atMost) {
        return ids(database.read(handle -> handle.select("SELECT user_id FROM imps_user LIMIT ?", atMost)
                .mapTo(String.class)
                .list()));
    }

    @Override
    public List<FoundUser> describe(Collection<UserId> users) {
        if (users.isEmpty()) {
            return List.of();
        }
        List<String> keys = users.stream().map(Keys::of).toList();
        Map<UserId, PublicFields> filledIn = profiles.find(ids(keys));
        return database.read(handle -> handle.createQuery(
                        "SELECT user_id, shown, first_name, last_name, email, mobile FROM imps_user"
                                + " WHERE user_id IN (<keys>)")
                .bindList("keys", keys)
                .map((row, context) -> new FoundUser(
                        new UserId(row.getString(2)),
                        Optional.ofNullable(row.getString(3)),
                        Optional.ofNullable(row.getString(4)),
                        Optional.ofNullable(row.getString(5)),
                        Optional.ofNullable(row.getString(6)),
                        filledIn.getOrDefault(new UserId(row.getString(1)), PublicFields.NONE)))
                .list());
    }

    private static List<UserId> ids(List<String> keys) {
        return keys.stream().map(UserId::new).toList();
    }
}
