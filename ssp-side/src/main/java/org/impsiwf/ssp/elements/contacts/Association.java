package org.impsiwf.ssp.elements.contacts;

import java.util.Optional;
import org.impsiwf.ssp.primitives.ContactListId;
import org.impsiwf.ssp.primitives.UserId;

/**
 * An attribute list attached to a user or to a contact list (SSP 14.2.9).
 *
 * @param attributes what the user, or each member of the list, may see; perhaps nothing
 * @param notifyOwner User-Notify or Contact-List-Notify; absent until the owner has said it
 */
public record Association(Target target, AttributeSet attributes, Optional<Boolean> notifyOwner) {

    /** Whom an attribute list is for. */
    public sealed interface Target {
        String key();
    }

    public record OfUser(UserId user) implements Target {
        @Override
        public String key() {
            return user.key();
        }
    }

    public record OfList(ContactListId list) implements Target {
        @Override
        public String key() {
            return list.key();
        }
    }

    /** A new attribute list for the same target; what was not said stays as it was (SSP 14.2.9). */
    Association replaced(AttributeSet by, Optional<Boolean> said) {
        return new Association(target, by, said.or(() -> notifyOwner));
    }
}
