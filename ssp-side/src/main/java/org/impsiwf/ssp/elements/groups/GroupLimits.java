package org.impsiwf.ssp.elements.groups;

/**
 * How much a domain's groups may take.
 *
 * @param groups of the whole server (815)
 * @param groupsPerUser that one user owns (814)
 * @param joinedPerGroup at once (817)
 * @param knownPerGroup members, joined, invited and rejected users together
 * @param historyMessages that a group with a history keeps
 */
public record GroupLimits(int groups, int groupsPerUser, int joinedPerGroup, int knownPerGroup, int historyMessages) {

    public static GroupLimits ofDefaults() {
        return new GroupLimits(100_000, 100, 10_000, 20_000, 100);
    }

    public GroupLimits withGroups(int other) {
        return new GroupLimits(other, groupsPerUser, joinedPerGroup, knownPerGroup, historyMessages);
    }

    public GroupLimits withGroupsPerUser(int other) {
        return new GroupLimits(groups, other, joinedPerGroup, knownPerGroup, historyMessages);
    }

    public GroupLimits withJoinedPerGroup(int other) {
        return new GroupLimits(groups, groupsPerUser, other, knownPerGroup, historyMessages);
    }

    public GroupLimits withKnownPerGroup(int other) {
        return new GroupLimits(groups, groupsPerUser, joinedPerGroup, other, historyMessages);
    }

    public GroupLimits withHistoryMessages(int other) {
        return new GroupLimits(groups, groupsPerUser, joinedPerGroup, knownPerGroup, other);
    }
}
