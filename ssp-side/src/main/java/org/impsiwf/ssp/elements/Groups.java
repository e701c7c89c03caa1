package org.impsiwf.ssp.elements;

import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.UserId;

/** The groups that we host, as other elements need them (SSP 17). */
public interface Groups {

    boolean isHosted(GroupId group);

    /**
     * Posts a message into a group, or whispers to screen names in it. When the Status is 2xx, its copies are durable or
     * delivered (history included), one message per domain.
     *
     * @param whisperedTo empty: to everybody in the group
     */
    Status post(UserId sender, SendMessageRequest message, GroupId group, List<ScreenName> whisperedTo);

    /**
     * Called before an invitation to the group is sent, so that a group with RequireInvitation lets the invited user in.
     *
     * @throws Refusal 800 (no such group), 808 (the inviting user is not in it) or 816 (only privileged users may invite
     *     into it)
     */
    void invited(GroupId group, UserId inviting, UserId invited);

    /** Who decides about requests to become a member (invitations of type GM). Empty for a group that is nobody's. */
    List<UserId> administrators(GroupId group);

    /** Who is joined now; empty when the group does not exist. */
    List<UserId> joined(GroupId group);

    /** Who is joined under that name; absent when nobody is, or the group is not hosted here. */
    Optional<UserId> behind(ScreenName screenName);
}
