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
}
