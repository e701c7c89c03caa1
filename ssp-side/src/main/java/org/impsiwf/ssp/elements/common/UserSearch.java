package org.impsiwf.ssp.elements.common;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.impsiwf.ssp.elements.PresenceDisclosure;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.elements.common.UserDirectory.FoundUser;
import org.impsiwf.ssp.primitives.CommonPrimitive.SearchPair;
import org.impsiwf.ssp.primitives.PresenceAttribute;
import org.impsiwf.ssp.primitives.PresenceSubList;
import org.impsiwf.ssp.primitives.SearchElement;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.UserId;

/** Finds users (SSP 13.1.4): only those who may be found by that searcher with these criteria. */
final class UserSearch {

    private final UserDirectory directory;
    private final PublicProfilePolicy policy;
    private final PresenceDisclosure presence;
    private final SearchLimits limits;

    UserSearch(UserDirectory directory, PublicProfilePolicy policy, PresenceDisclosure presence, SearchLimits limits) {
        this.directory = directory;
        this.policy = policy;
        this.presence = presence;
        this.limits = limits;
    }

    /** @throws Refusal 537 when too many users would have to be looked at */
    List<UserId> hits(Criteria criteria, UserId searcher) {
        Collection<UserId> candidates = new Candidates<>(this::lookUp)
                .of(criteria, limits.mostCandidates())
                .<Collection<UserId>>map(found -> found)
                .orElseGet(this::everybody);
        boolean byProfile = criteria.pairs().map(SearchPair::element).anyMatch(UserMatch::isOfPublicProfile);
        List<FoundUser> users = new ArrayList<>(directory.describe(candidates));
        if (byProfile) {
            users.removeIf(user -> !policy.isComplete(user.profile()) || policy.hides(user.profile()));
        }
        Set<PresenceAttribute> asked = presenceIn(criteria);
        if (asked.isEmpty()) {
            return matching(users, user -> criteria.matches(new UserMatch(user, Optional.empty())));
        }
        Map<UserId, PresenceSubList> seen =
                presence.disclosed(users.stream().map(FoundUser::user).toList(), searcher, asked);
        return matching(users, user -> {
            Optional<PresenceSubList> values = Optional.ofNullable(seen.get(user.user()));
            return values.filter(all -> hasAll(all, asked)).isPresent()
                    && criteria.matches(new UserMatch(user, values));
        });
    }

    private static List<UserId> matching(List<FoundUser> users, Predicate<FoundUser> matches) {
        return users.stream().filter(matches).map(FoundUser::user).toList();
    }

    private Optional<List<UserId>> lookUp(SearchPair pair, int atMost) {
        return directory.candidates(pair.element(), pair.text(), atMost);
    }

    private List<UserId> everybody() {
        List<UserId> all = directory.everybody(limits.mostCandidates() + 1);
        if (all.size() > limits.mostCandidates()) {
            throw Refusal.of(StatusCode.TOO_BROAD_SEARCH_CRITERIA);
        }
        return all;
    }

    private static Set<PresenceAttribute> presenceIn(Criteria criteria) {
        return criteria.pairs()
                .map(SearchPair::element)
                .map(UserSearch::attribute)
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
    }

    private static Optional<PresenceAttribute> attribute(SearchElement element) {
        return switch (element) {
            case USER_ALIAS -> Optional.of(PresenceAttribute.ALIAS);
            case USER_ONLINE_STATUS -> Optional.of(PresenceAttribute.ONLINE_STATUS);
            default -> Optional.empty();
        };
    }

    // Whoever does not let the searcher see an attribute that the criteria ask for is not found at all, by NOT neither
    // (SSP-268): being in the result would tell the value as well.
    private static boolean hasAll(PresenceSubList values, Set<PresenceAttribute> asked) {
        return asked.stream()
                .allMatch(attribute -> attribute == PresenceAttribute.ALIAS
                        ? values.alias().isPresent()
                        : !values.onlineStatus().isEmpty());
    }
}
