package org.impsiwf.ssp.elements.common;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.impsiwf.ssp.elements.GroupDirectory;
import org.impsiwf.ssp.elements.GroupDirectory.FoundGroup;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.primitives.CommonPrimitive.SearchPair;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.SearchElement;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.UserId;

/** Finds groups (SSP 13.1.4, Table 56): those that are searchable, or the searcher's own where it asks for these. */
final class GroupSearch {

    private final GroupDirectory directory;
    private final SearchLimits limits;

    GroupSearch(GroupDirectory directory, SearchLimits limits) {
        this.directory = directory;
        this.limits = limits;
    }

    /**
     * @param age the searcher's by the public profile; absent when it isn't filled in
     * @throws Refusal 537 when too many groups would have to be looked at
     */
    List<GroupId> hits(Criteria criteria, UserId searcher, OptionalInt age) {
        Set<GroupId> candidates = new Candidates<GroupId>(this::lookUp)
                .of(criteria, limits.mostCandidates())
                .orElseThrow(() -> Refusal.of(StatusCode.TOO_BROAD_SEARCH_CRITERIA));
        Collection<FoundGroup> groups = directory.describe(candidates, searcher);
        return groups.stream()
                .filter(group -> mayFind(group, criteria))
                .filter(group -> isOldEnough(group, age))
                .filter(group -> criteria.matches(pair -> fits(group, pair)))
                .map(FoundGroup::group)
                .toList();
    }

    private Optional<List<GroupId>> lookUp(SearchPair pair, int atMost) {
        return Optional.of(directory.candidates(pair.element(), pair.text(), atMost));
    }

    // SSP Table 56: Searchable doesn't matter where the searcher asks for its own groups and this is one.
    private static boolean mayFind(FoundGroup group, Criteria criteria) {
        return group.searchable()
                || criteria.pairs().anyMatch(pair -> isOfSearcher(pair.element()) && fits(group, pair));
    }

    private static boolean isOfSearcher(SearchElement element) {
        return element == SearchElement.GROUP_USER_ID_JOINED
                || element == SearchElement.GROUP_USER_ID_OWNER
                || element == SearchElement.GROUP_USER_ID_AUTOJOIN;
    }

    // SSP 13.1.4: smaller than the age, so at equality the group can be joined, but is not found (D-17).
    private static boolean isOldEnough(FoundGroup group, OptionalInt age) {
        return age.isEmpty()
                || group.minimumAge().isEmpty()
                || group.minimumAge().getAsInt() < age.getAsInt();
    }

    private static boolean fits(FoundGroup group, SearchPair pair) {
        return switch (pair.element()) {
            case GROUP_ID ->
                UserMatch.contains(
                        Optional.of(UserMatch.withoutScheme(group.group().toString())),
                        UserMatch.withoutScheme(pair.text()));
            case GROUP_NAME -> UserMatch.contains(Optional.of(group.name()), pair.text());
            case GROUP_TOPIC -> UserMatch.contains(Optional.of(group.topic()), pair.text());
            case GROUP_USER_ID_JOINED -> group.joined();
            case GROUP_USER_ID_OWNER -> group.owner();
            case GROUP_USER_ID_AUTOJOIN -> group.autoJoin();
            default -> throw new IllegalStateException("a group has no " + pair.element());
        };
    }
}
