package org.impsiwf.ssp.elements.common;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.elements.ServiceAccessPoint;
import org.impsiwf.ssp.primitives.CommonPrimitive.SearchPair;
import org.impsiwf.ssp.primitives.CommonPrimitive.SearchRequest;
import org.impsiwf.ssp.primitives.CommonPrimitive.SearchResponse;
import org.impsiwf.ssp.primitives.CommonPrimitive.StopSearchRequest;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.SearchElement;
import org.impsiwf.ssp.primitives.SearchHit;
import org.impsiwf.ssp.primitives.SearchId;
import org.impsiwf.ssp.primitives.UserId;

/**
 * Other domains, such as an IWF, in which our users' searches are continued (SSP 13.1.4). What they do not answer is
 * missing from the result, and no more.
 */
final class FurtherDomains {

    private static final int MOST_ROUNDS = 5;

    private final List<String> domains;
    private final ServiceAccessPoint sap;

    FurtherDomains(List<String> domains, ServiceAccessPoint sap) {
        this.domains = List.copyOf(domains);
        this.sap = sap;
    }

    List<SearchHit> hits(SearchRequest request, UserId searcher) {
        List<SearchPair> pairs = request.searchPairList().stream()
                .filter(pair -> request.advancedCriteria().isPresent() || !isUnspecified(pair))
                .toList();
        List<SearchHit> hits = new ArrayList<>();
        if (!pairs.isEmpty()) {
            domains.forEach(domain -> hits.addAll(hitsIn(domain, request, pairs, searcher)));
        }
        return hits;
    }

    // SSP Table 54: "unspecified" is not searched for, the criterion is left out instead.
    private static boolean isUnspecified(SearchPair pair) {
        boolean mayBeUnspecified =
                pair.element() == SearchElement.USER_GENDER || pair.element() == SearchElement.USER_MARITAL_STATUS;
        return mayBeUnspecified && pair.text().equals("U");
    }

    private List<SearchHit> hitsIn(String domain, SearchRequest first, List<SearchPair> pairs, UserId searcher) {
        MetaInformation meta = MetaInformation.ofUser(sap.serviceId(), searcher);
        SearchRequest next = new SearchRequest(
                meta, pairs, first.advancedCriteria(), first.searchLimit(), Optional.empty(), Optional.empty());
        List<SearchHit> hits = new ArrayList<>();
        for (int round = 1; sap.ask(domain, next) instanceof SearchResponse response; round++) {
            hits.addAll(response.searchResults());
            Optional<SearchId> id = next.searchId().or(response::searchId);
            if (response.completed() || id.isEmpty()) {
                return hits;
            }
            if (round == MOST_ROUNDS) {
                sap.ask(domain, new StopSearchRequest(meta, id.get()));
                return hits;
            }
            next = new SearchRequest(
                    meta, List.of(), Optional.empty(), Optional.empty(), id, Optional.of(response.searchIndex()));
        }
        return hits;
    }
}
