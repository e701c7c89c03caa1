package org.impsiwf.ssp.elements.contacts;

import java.util.Optional;
import org.impsiwf.ssp.primitives.ContactListId;
import org.impsiwf.ssp.primitives.UserId;

/**
 * One contact list without its members.
 *
 * @param id as its owner wrote it
 */
public record ContactList(ContactListId id, UserId owner, Optional<String> displayName) {}
