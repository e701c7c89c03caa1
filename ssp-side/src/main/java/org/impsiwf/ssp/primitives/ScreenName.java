package org.impsiwf.ssp.primitives;

import java.util.Optional;

/**
 * SSP 6.3.5: the name under which a user is known in a group.
 *
 * @param groupId empty where the group does not exist yet (ExtendConversation)
 */
public record ScreenName(
        @EmptyIfAbsent Optional<GroupId> groupId, @Text String name) implements Addressee, Entity, Displayed {

    public static ScreenName in(GroupId group, String name) {
        return new ScreenName(Optional.of(group), name);
    }
}
