package org.impsiwf.ssp.elements.common;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.primitives.CommonPrimitive.SearchPair;
import org.impsiwf.ssp.primitives.CommonPrimitive.SearchRequest;
import org.impsiwf.ssp.primitives.SearchElement;
import org.impsiwf.ssp.primitives.Status.DetailedResult;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.UserId;

/**
 * Which first search requests are allowed (SSP 13.1.4, 13.1.5). Pure.
 *
 * @param supported what can be searched by; USER_ID always can
 * @param tellsSupported whether a refusal for an unsupported element also lists those that are supported (SSP-272)
 */
public record SearchRules(Set<SearchElement> supported, boolean tellsSupported, SearchLimits limits) {

    public SearchRules {
        supported = Set.copyOf(supported);
        if (!supported.contains(SearchElement.USER_ID)) {
            throw new IllegalArgumentException("USER_ID must be supported (SSP 13.1.4)");
        }
    }

    public static SearchRules ofAll(SearchLimits limits) {
        return new SearchRules(Set.of(SearchElement.values()), false, limits);
    }

    /**
     * What the request asks for.
     *
     * @throws Refusal 560, 402, 544, 545 or 610
     */
    Criteria check(SearchRequest request, UserId searcher) {
        List<SearchPair> pairs = request.searchPairList();
        requireSupported(pairs);
        boolean groups = pairs.getFirst().element().ofGroups();
        for (SearchPair pair : pairs) {
            if (pair.element().ofGroups() != groups || !isReadable(pair, searcher)) {
                throw Refusal.of(StatusCode.BAD_PARAMETER, "no such search for " + pair.element());
            }
        }
        pageSize(request);
        if (request.advancedCriteria().isEmpty() && pairs.size() > limits.mostPairs()) {
            throw Refusal.of(StatusCode.TOO_BROAD_SEARCH_CRITERIA);
        }
        return request.advancedCriteria()
                .map(text -> CriteriaParser.parse(text, pairs, limits))
                .orElseGet(() -> Criteria.all(pairs));
    }

    /** How many results each response has. */
    int pageSize(SearchRequest request) {
        long asked = request.searchLimit().orElse((long) limits.pageSize());
        if (asked < 1) {
            throw Refusal.of(StatusCode.BAD_PARAMETER, "a Search-Limit is at least 1");
        }
        if (asked > limits.mostPerPage()) {
            throw Refusal.of(StatusCode.SERVER_SEARCH_LIMIT_IS_EXCEEDED, "at most " + limits.mostPerPage());
        }
        return (int) asked;
    }

    private void requireSupported(List<SearchPair> pairs) {
        Set<SearchElement> bad = new TreeSet<>(Comparator.naturalOrder());
        Set<SearchElement> good = new TreeSet<>(Comparator.naturalOrder());
        pairs.forEach(pair -> (supported.contains(pair.element()) ? good : bad).add(pair.element()));
        if (bad.isEmpty()) {
            return;
        }
        List<DetailedResult> details = new ArrayList<>();
        bad.forEach(element -> details.add(Details.about(StatusCode.UNSUPPORTED_SEARCH_ELEMENT, element.name())));
        if (tellsSupported) {
            good.forEach(element -> details.add(Details.about(StatusCode.SUPPORTED_SEARCH_ELEMENT, element.name())));
        }
        throw new Refusal(Details.with(StatusCode.UNSUPPORTED_SEARCH_ELEMENT_WAS_REQUESTED.code(), details));
    }

    private static boolean isReadable(SearchPair pair, UserId searcher) {
        String text = pair.text();
        return switch (pair.element()) {
            case USER_AGE_MIN, USER_AGE_MAX -> text.matches("[0-9]{1,3}");
            case USER_COUNTRY -> PublicField.COUNTRY.isOfType(text.toUpperCase(Locale.ROOT));
            case USER_GENDER -> PublicField.GENDER.isOfType(text);
            case USER_MARITAL_STATUS -> PublicField.MARITAL_STATUS.isOfType(text);
            case USER_ONLINE_STATUS -> text.equals("T") || text.equals("F");
            case USER_MOBILE_NUMBER -> !UserDirectory.digits(text).isEmpty();
            // SSP Table 56: of nobody but the searcher.
            case GROUP_USER_ID_JOINED, GROUP_USER_ID_OWNER, GROUP_USER_ID_AUTOJOIN ->
                new UserId(text.isEmpty() ? "-" : text).value().equalsIgnoreCase(searcher.value());
            case USER_ID, USER_FIRST_NAME, USER_LAST_NAME, USER_ALIAS, USER_EMAIL_ADDRESS, USER_CITY -> !text.isEmpty();
            case USER_FRIENDLY_NAME, USER_INTENTION, USER_INTERESTS_HOBBIES -> !text.isEmpty();
            case GROUP_ID, GROUP_NAME, GROUP_TOPIC -> !text.isEmpty();
        };
    }
}
