package org.impsiwf.ssp.elements;

import java.util.List;
import org.impsiwf.ssp.primitives.ContactListId;
import org.impsiwf.ssp.primitives.UserId;

/** What a reference to a contact list stands for (SSP 5.2 rule 2, SSP-013). */
public interface ContactListMembers {

    /**
     * The members with their domains.
     *
     * @throws Refusal 700 (the list does not exist) or 403 (it is not the asking user's)
     */
    List<UserId> of(ContactListId list, UserId asking);

    /**
     * Whether that user is in the list now; a list that does not exist has nobody in it. A look-up by index where the
     * store can.
     */
    default boolean contains(ContactListId list, UserId asking, UserId member) {
        try {
            return of(list, asking).stream().anyMatch(one -> one.value().equalsIgnoreCase(member.value()));
        } catch (Refusal refusal) {
            return false;
        }
    }
}
