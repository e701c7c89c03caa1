package org.impsiwf.ssp.elements.contacts;

import java.util.List;
import java.util.Set;
import org.impsiwf.ssp.primitives.ContactListId;
import org.impsiwf.ssp.primitives.UserId;

/** What changed in the lists of a user, as far as others depend on it. */
public sealed interface ContactChange {

    UserId owner();

    /** Users became members of a list. */
    record MembersAdded(UserId owner, ContactListId list, List<UserId> members) implements ContactChange {
        public MembersAdded {
            members = List.copyOf(members);
        }
    }

    /** Users are no longer members of a list, because they were removed or the list was deleted. */
    record MembersRemoved(UserId owner, ContactListId list, List<UserId> members, boolean listDeleted)
            implements ContactChange {
        public MembersRemoved {
            members = List.copyOf(members);
        }
    }

    /** Attribute lists of the owner let those users see more or less than before. */
    record AuthorisationChanged(UserId owner, Set<UserId> users) implements ContactChange {
        public AuthorisationChanged {
            users = Set.copyOf(users);
        }
    }

    /** The default attribute list of the owner changed, so anybody may see more or less. */
    record DefaultChanged(UserId owner) implements ContactChange {}
}
