package org.impsiwf.gateway.config;

import java.time.Duration;
import java.util.List;

/** What one search may cost, and where it goes on. */
public record SearchConfig(
        @Key(
                value = "Results in one response when the request does not say.",
                byDefault = "20",
                min = "1",
                max = "1000")
        int pageSize,

        @Key(
                value = "Results that one response may have; a Search-Limit above it is refused with 610.",
                byDefault = "100",
                min = "1",
                max = "1000")
        int mostPerPage,

        @Key(value = "A search that finds more is refused with 536.", byDefault = "1000", min = "1", max = "100000")
        int mostHits,

        @Key(
                value = "Users or groups that one search may look at; a search that needs more is refused with 537.",
                byDefault = "5000",
                min = "1",
                max = "1000000")
        int mostCandidates,

        @Key(value = "Elements of one search; more are refused with 544.", byDefault = "16", min = "1", max = "100")
        int mostCriteria,

        @Key(
                value = "Brackets within each other in advanced criteria; more are refused with 545.",
                byDefault = "5",
                min = "1",
                max = "20")
        int deepestNesting,

        @Key(
                value = "How long after a response the search may be continued (535).",
                byDefault = "10m",
                min = "10s",
                max = "1d")
        Duration patience,

        @Key("Domains that a search of our users is continued in.")
        List<DomainName> alsoIn) {}
