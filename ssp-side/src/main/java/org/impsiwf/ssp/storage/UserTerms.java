package org.impsiwf.ssp.storage;

import java.util.Optional;
import org.impsiwf.ssp.elements.AliasIndex;
import org.impsiwf.ssp.elements.common.UserDirectory;
import org.impsiwf.ssp.elements.profile.Registration;
import org.impsiwf.ssp.primitives.SearchElement;
import org.impsiwf.ssp.primitives.UserId;
import org.jdbi.v3.core.statement.PreparedBatch;

/** By what a user can be searched for, besides the public profile. */
public final class UserTerms implements AliasIndex {

    private final Database database;

    public UserTerms(Database database) {
        this.database = database;
    }

    @Override
    public void aliasIs(UserId user, Optional<String> alias) {
        database.useTransaction(handle -> TermIndex.put(handle, SearchElement.USER_ALIAS, Keys.of(user), alias));
    }

    static void add(PreparedBatch terms, String key, Registration user) {
        addUserId(terms, key);
        user.firstName().ifPresent(name -> TermIndex.add(terms, SearchElement.USER_FIRST_NAME, key, name));
        user.lastName().ifPresent(name -> TermIndex.add(terms, SearchElement.USER_LAST_NAME, key, name));
        user.email().ifPresent(mail -> TermIndex.add(terms, SearchElement.USER_EMAIL_ADDRESS, key, mail));
        user.mobile()
                .ifPresent(number ->
                        TermIndex.addWhole(terms, SearchElement.USER_MOBILE_NUMBER, key, UserDirectory.digits(number)));
    }

    // The ends within the domain are the same for all users and would tell none from another.
    private static void addUserId(PreparedBatch terms, String key) {
        String address = withoutScheme(key);
        int local = Math.max(1, address.indexOf('@'));
        for (int i = 0; i < local; i = address.offsetByCodePoints(i, 1)) {
            TermIndex.addWhole(terms, SearchElement.USER_ID, key, address.substring(i));
        }
    }

    static String withoutScheme(String address) {
        return address.startsWith("wv:") ? address.substring(3) : address;
    }
}
