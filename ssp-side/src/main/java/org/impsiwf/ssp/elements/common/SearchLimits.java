package org.impsiwf.ssp.elements.common;

import java.time.Duration;

/**
 * What one search may cost.
 *
 * @param pageSize how many results one response has when the request doesn't say
 * @param mostPerPage above it a Search-Limit is refused (610)
 * @param mostHits above it a search is refused (536)
 * @param mostCandidates how many users or groups are looked at; a search that needs more is refused (537)
 * @param mostPairs how many elements advanced criteria may have (544)
 * @param deepestNesting how many brackets may be within each other (545)
 * @param patience how long after the last response a search may be continued (535)
 */
public record SearchLimits(
        int pageSize,
        int mostPerPage,
        int mostHits,
        int mostCandidates,
        int mostPairs,
        int deepestNesting,
        Duration patience) {

    public static final SearchLimits DEFAULT = new SearchLimits(20, 100, 1_000, 5_000, 16, 5, Duration.ofMinutes(10));
}
