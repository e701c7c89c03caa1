package org.impsiwf.ssp.elements.contacts;

import java.util.Optional;
import org.impsiwf.ssp.primitives.ContactListId;

/**
 * What is kept once per user.
 *
 * @param defaultList absent exactly when there are no lists
 * @param lists how many there are
 * @param defaultAttributes what everybody may see; absent when there is no default attribute list
 * @param defaultNotify absent until the user has said it (SSP 14.2.11)
 */
public record ListOwner(
        Optional<ContactListId> defaultList,
        int lists,
        Optional<AttributeSet> defaultAttributes,
        Optional<Boolean> defaultNotify) {

    public static final ListOwner NEW = new ListOwner(Optional.empty(), 0, Optional.empty(), Optional.empty());

    ListOwner withList(ContactListId created, boolean asDefault) {
        // SSP 14.1: the first list becomes the default.
        boolean becomesDefault = asDefault || defaultList.isEmpty();
        return new ListOwner(
                becomesDefault ? Optional.of(created) : defaultList, lists + 1, defaultAttributes, defaultNotify);
    }

    ListOwner withDefault(Optional<ContactListId> list) {
        return new ListOwner(list, lists, defaultAttributes, defaultNotify);
    }

    ListOwner withLists(int number) {
        return new ListOwner(defaultList, number, defaultAttributes, defaultNotify);
    }

    ListOwner withDefaultAttributes(Optional<AttributeSet> attributes) {
        return new ListOwner(defaultList, lists, attributes, defaultNotify);
    }

    ListOwner withDefaultNotify(boolean notify) {
        return new ListOwner(defaultList, lists, defaultAttributes, Optional.of(notify));
    }

    boolean isDefault(ContactListId list) {
        return defaultList.filter(id -> id.key().equals(list.key())).isPresent();
    }
}
