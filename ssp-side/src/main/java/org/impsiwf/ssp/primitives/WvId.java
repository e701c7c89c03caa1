package org.impsiwf.ssp.primitives;

import java.time.Instant;
import java.util.Optional;

/** SSP 13.1.10: an address that is to be verified, with the time at which it was made where that matters. */
public sealed interface WvId {

    @Element("UserID")
    record OfUser(UserId userId, Optional<Instant> creationTime) implements WvId {}

    @Element("ContactListID")
    record OfContactList(ContactListId contactListId, Optional<Instant> creationTime) implements WvId {}

    @Element("GroupID")
    record OfGroup(GroupId groupId, Optional<Instant> creationTime) implements WvId {}

    @Element("ScreenName")
    record OfScreenName(
            GroupId groupId,
            Optional<Instant> creationTime,
            @Text String name) implements WvId {}
}
