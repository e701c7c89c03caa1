package org.impsiwf.ssp.elements.common;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.impsiwf.ssp.elements.GroupDirectory;
import org.impsiwf.ssp.elements.PresenceDisclosure;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.elements.ServiceAccessPoint;
import org.impsiwf.ssp.elements.ServiceElement;
import org.impsiwf.ssp.elements.ServiceRequest;
import org.impsiwf.ssp.elements.common.SearchStore.Search;
import org.impsiwf.ssp.primitives.ClientId;
import org.impsiwf.ssp.primitives.CommonPrimitive.SearchPair;
import org.impsiwf.ssp.primitives.CommonPrimitive.SearchRequest;
import org.impsiwf.ssp.primitives.CommonPrimitive.SearchResponse;
import org.impsiwf.ssp.primitives.CommonPrimitive.StopSearchRequest;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.SearchHit;
import org.impsiwf.ssp.primitives.SearchId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;

/**
 * General and advanced search for users and groups, continued and stopped (SSP 13.1.4 to 13.1.6). The first request finds
 * all hits and keeps them, so that each page of them is of the same search.
 */
public final class GeneralSearchElement implements ServiceElement {

    private static final Duration REMEMBERED = Duration.ofHours(1);

    private final Sources sources;
    private final PublicProfilePolicy policy;
    private final SearchRules rules;
    private final UserSearch users;
    private final GroupSearch groups;
    private final FurtherDomains further;
    private final ServiceAccessPoint sap;
    private final Consumer<UserId> reminder;

    /** What a search looks at, and where it is kept. */
    public record Sources(
            UserDirectory users,
            GroupDirectory groups,
            PublicProfileStore profiles,
            PresenceDisclosure presence,
            SearchStore searches) {}

    /**
     * @param reminder tells a user, after a search that was refused for it, to fill in the public profile (SSP-275)
     * @param further other domains in which searches of our users go on (SSP-284)
     */
    public GeneralSearchElement(
            Sources sources,
            PublicProfilePolicy policy,
            SearchRules rules,
            List<String> further,
            Consumer<UserId> reminder,
            ServiceAccessPoint sap) {
        this.sources = sources;
        this.policy = policy;
        this.rules = rules;
        this.reminder = reminder;
        this.sap = sap;
        users = new UserSearch(sources.users(), policy, sources.presence(), rules.limits());
        groups = new GroupSearch(sources.groups(), rules.limits());
        this.further = new FurtherDomains(further, sap);
    }

    @Override
    public Set<Class<? extends Primitive>> serves() {
        return Set.of(SearchRequest.class, StopSearchRequest.class);
    }

    @Override
    public Primitive serve(ServiceRequest request) {
        UserId searcher = request.requiredUser();
        if (request.primitive() instanceof StopSearchRequest stop) {
            sources.searches().end(own(stop.searchId(), searcher).id());
            return Status.of(StatusCode.SUCCESSFUL);
        }
        SearchRequest search = (SearchRequest) request.primitive();
        return search.searchId().isPresent()
                ? goOn(search.searchId().get(), search.searchIndex().orElse(0L), searcher, request.at())
                : begin(search, searcher, request);
    }

    private SearchResponse begin(SearchRequest request, UserId searcher, ServiceRequest from) {
        Criteria criteria = rules.check(request, searcher);
        List<SearchHit> hits = new ArrayList<>(hits(request, criteria, searcher));
        if (from.peer().isEmpty()) {
            hits.addAll(further.hits(request, searcher));
        }
        if (hits.size() > rules.limits().mostHits()) {
            throw Refusal.of(StatusCode.TOO_MANY_HITS);
        }
        Search search = new Search(
                new SearchId(UUID.randomUUID().toString()),
                searcher,
                from.client(),
                rules.pageSize(request),
                hits,
                from.at().plus(rules.limits().patience()));
        sources.searches().start(search);
        return page(search, 0, Optional.of(search.id()));
    }

    private List<SearchHit> hits(SearchRequest request, Criteria criteria, UserId searcher) {
        PublicFields own = sources.profiles().of(searcher);
        if (request.searchPairList().getFirst().element().ofGroups()) {
            return groups.hits(criteria, searcher, own.age()).stream()
                    .sorted(Comparator.comparing(GroupId::toString))
                    .<SearchHit>map(group -> group)
                    .toList();
        }
        requireOwnProfile(criteria, searcher, own);
        return users.hits(criteria, searcher).stream()
                .sorted(Comparator.comparing(UserId::value))
                .<SearchHit>map(User::of)
                .toList();
    }

    // SSP-273, SSP-274. What users of other domains have filled in we cannot know.
    private void requireOwnProfile(Criteria criteria, UserId searcher, PublicFields own) {
        boolean byProfile = criteria.pairs().map(SearchPair::element).anyMatch(UserMatch::isOfPublicProfile);
        if (!byProfile || !sap.isPrimary(searcher, SearchRequest.class)) {
            return;
        }
        try {
            policy.requireOwn(own);
        } catch (Refusal refusal) {
            reminder.accept(searcher);
            throw refusal;
        }
    }

    private SearchResponse goOn(SearchId id, long index, UserId searcher, Instant now) {
        Search search = own(id, searcher);
        if (search.expires().isBefore(now)) {
            throw Refusal.of(StatusCode.SEARCH_TIMED_OUT);
        }
        if (index < 0 || index > search.hits().size()) {
            throw Refusal.of(StatusCode.INVALID_SEARCH_INDEX);
        }
        sources.searches().extend(id, now.plus(rules.limits().patience()));
        return page(search, (int) index, Optional.empty());
    }

    private Search own(SearchId id, UserId searcher) {
        return sources.searches()
                .find(id)
                .filter(search -> search.user().value().equalsIgnoreCase(searcher.value()))
                .orElseThrow(() -> Refusal.of(StatusCode.INVALID_SEARCH_ID));
    }

    // Search-Index is the number of the last result, counted from one, and so that of the next, counted from zero.
    private SearchResponse page(Search search, int from, Optional<SearchId> id) {
        int to = Math.min(from + search.pageSize(), search.hits().size());
        return new SearchResponse(
                Status.of(StatusCode.SUCCESSFUL),
                id,
                search.hits().size(),
                to == search.hits().size(),
                to,
                named(search.hits().subList(from, to)));
    }

    // SSP-276: the friendly name of the public profile, or the User-ID in its place. Never a presence value.
    private List<SearchHit> named(List<SearchHit> hits) {
        List<UserId> unnamed = hits.stream()
                .filter(User.class::isInstance)
                .map(User.class::cast)
                .filter(user -> user.friendlyName().isEmpty())
                .map(User::userId)
                .toList();
        Map<UserId, PublicFields> profiles = sources.profiles().find(unnamed);
        return hits.stream().map(hit -> named(hit, profiles)).toList();
    }

    private static SearchHit named(SearchHit hit, Map<UserId, PublicFields> profiles) {
        return switch (hit) {
            case GroupId group -> group;
            case User user when user.friendlyName().isPresent() -> user;
            case User user -> {
                String name = profiles.getOrDefault(user.userId(), PublicFields.NONE)
                        .get(PublicField.FRIENDLY_NAME)
                        .orElse(user.userId().value());
                yield new User(user.userId(), Optional.of(name), Optional.empty());
            }
        };
    }

    @Override
    public void sessionEnded(UserId user, Optional<ClientId> client) {
        sources.searches().endSession(user, client);
    }

    @Override
    public void expire(Instant now) {
        sources.searches().forgetExpired(now.minus(REMEMBERED));
    }
}
