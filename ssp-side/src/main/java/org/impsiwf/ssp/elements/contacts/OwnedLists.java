package org.impsiwf.ssp.elements.contacts;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.impsiwf.ssp.elements.ContactListMembers;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.primitives.ContactListId;
import org.impsiwf.ssp.primitives.NickListEntry;
import org.impsiwf.ssp.primitives.NickName;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.UserId;

/**
 * Contact lists as their owners may name them. Nobody learns of the lists of others, not even whether there are any
 * (SSP 14.1).
 */
public final class OwnedLists implements ContactListMembers {

    /** {@code wv:owner/name@domain}: whose list it is can be read from its address (SSP 6.3.4). */
    private static final Pattern ADDRESS = Pattern.compile("([a-z][a-z0-9+.-]*:[^/@]+)/[^/@]+(@.+)");

    private static final int LONGEST = 255;

    private final ContactStore store;

    public OwnedLists(ContactStore store) {
        this.store = store;
    }

    @Override
    public List<UserId> of(ContactListId list, UserId asking) {
        require(list, asking);
        return users(store.members(list));
    }

    @Override
    public boolean contains(ContactListId list, UserId asking, UserId member) {
        return isOwn(list, asking) && store.isMember(list, member);
    }

    /** The contact list of the asking user that an address names where a user is expected; absent when it names no such. */
    public static Optional<ContactListId> named(UserId address, UserId asking) {
        return Optional.of(new ContactListId(address.value())).filter(list -> isOwn(list, asking));
    }

    /** @throws Refusal 403 (somebody else's, if there is such a list), 700 (there is no such list) */
    ContactList require(ContactListId id, UserId asking) {
        requireOwn(id, asking);
        return store.find(id).orElseThrow(() -> Refusal.of(StatusCode.CONTACT_LIST_DOES_NOT_EXIST));
    }

    /** @throws Refusal 403 (the address is not one of the asking user's), 402 (nobody's), 441 (too long) */
    static void requireOwn(ContactListId id, UserId asking) {
        if (!ADDRESS.matcher(id.key()).matches()) {
            throw Refusal.of(StatusCode.BAD_PARAMETER, "a contact list is wv:owner/name@domain");
        }
        if (id.value().length() > LONGEST) {
            throw Refusal.of(StatusCode.NUMBER_OF_CHARACTERS_EXCEEDS_THE_MAXIMUM_NUMBER_OF_CHARACTERS);
        }
        if (!isOwn(id, asking)) {
            throw Refusal.of(StatusCode.FORBIDDEN, "not a list of yours");
        }
    }

    private static boolean isOwn(ContactListId id, UserId user) {
        Matcher address = ADDRESS.matcher(id.key());
        return address.matches() && (address.group(1) + address.group(2)).equals(user.key());
    }

    static UserId user(NickListEntry member) {
        return switch (member) {
            case NickName named -> named.userId();
            case UserId user -> user;
        };
    }

    static List<UserId> users(List<NickListEntry> members) {
        return members.stream().map(OwnedLists::user).toList();
    }
}
