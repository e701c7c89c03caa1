package org.impsiwf.ssp.elements.im;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.impsiwf.ssp.primitives.ContactListId;
import org.impsiwf.ssp.primitives.Entity;
import org.impsiwf.ssp.primitives.UserId;

/** Block and grant lists. Addresses are equal without regard to case. */
public interface BlockStore {

    /** Which of the two. */
    enum Which {
        BLOCK,
        GRANT
    }

    /** One list. */
    record Entities(List<Entity> entities, boolean active) {
        public static final Entities NONE = new Entities(List.of(), false);

        public Entities {
            entities = List.copyOf(entities);
        }
    }

    /** Both lists of one user. */
    record Lists(Entities blocked, Entities granted) {
        public static final Lists NONE = new Lists(Entities.NONE, Entities.NONE);
    }

    Lists lists(UserId owner);

    /** Changes both lists of one user at once, one change of that user after the other. The change may run twice; what it throws undoes it. */
    void change(UserId owner, UnaryOperator<Lists> change);

    /**
     * What has to be known of the lists to judge some entities: found by index, whatever the length of the lists.
     *
     * @param matchedByBlock whether the block list holds one of the entities
     * @param matchedByGrant whether the grant list does
     * @param blockedContacts the contact lists in the block list, whose members have to be looked at
     * @param grantedContacts those in the grant list
     */
    record Match(
            boolean blockActive,
            boolean grantActive,
            boolean matchedByBlock,
            boolean matchedByGrant,
            List<ContactListId> blockedContacts,
            List<ContactListId> grantedContacts) {
        public static final Match NONE = new Match(false, false, false, false, List.of(), List.of());

        public Match {
            blockedContacts = List.copyOf(blockedContacts);
            grantedContacts = List.copyOf(grantedContacts);
        }
    }

    /** For each owner that has a list in use, how it stands to any of these entities. */
    Map<UserId, Match> match(Collection<UserId> owners, Collection<Entity> any);
}
