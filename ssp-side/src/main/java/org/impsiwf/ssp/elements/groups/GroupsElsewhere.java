package org.impsiwf.ssp.elements.groups;

import java.util.List;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.UserId;

/** In which groups of other domains our users are, durable: as requestor we tell them only of these. */
public interface GroupsElsewhere {

    void joined(GroupId group, UserId user);

    void left(GroupId group, UserId user);

    boolean isJoined(GroupId group, UserId user);

    /** All of our users in that group. */
    List<UserId> joined(GroupId group);
}
