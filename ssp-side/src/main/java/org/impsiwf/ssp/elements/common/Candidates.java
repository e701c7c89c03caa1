package org.impsiwf.ssp.elements.common;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.impsiwf.ssp.primitives.CommonPrimitive.SearchPair;

/**
 * Finds a small set that holds all hits of a search, from the index of single pairs: the rarest pair of an AND, the union
 * of an OR. What has to be looked at does not grow with what the search does not touch. Pure but for the look-up.
 *
 * @param <T> what is searched for
 */
final class Candidates<T> {

    private static final int FIRST_TRY = 50;
    private static final int STEP = 10;

    private final BiFunction<SearchPair, Integer, Optional<List<T>>> lookUp;

    /** @param lookUp at most so many that a pair fits; absent when the pair cannot be looked up */
    Candidates(BiFunction<SearchPair, Integer, Optional<List<T>>> lookUp) {
        this.lookUp = lookUp;
    }

    /** All hits and perhaps others, at most so many; absent when it would be more. */
    Optional<Set<T>> of(Criteria criteria, int atMost) {
        for (int limit = Math.min(FIRST_TRY, atMost); ; limit = Math.min(limit * STEP, atMost)) {
            Optional<Set<T>> found = within(criteria, limit);
            if (found.isPresent() || limit == atMost) {
                return found;
            }
        }
    }

    private Optional<Set<T>> within(Criteria criteria, int limit) {
        return switch (criteria) {
            case Criteria.Is is ->
                lookUp.apply(is.pair(), limit + 1)
                        .filter(found -> found.size() <= limit)
                        .map(Set::copyOf);
            case Criteria.AllOf all ->
                all.parts().stream()
                        .map(part -> within(part, limit))
                        .flatMap(Optional::stream)
                        .findFirst();
            case Criteria.AnyOf any -> union(any.parts(), limit);
            case Criteria.Not not -> Optional.empty();
        };
    }

    private Optional<Set<T>> union(List<Criteria> parts, int limit) {
        Set<T> union = new HashSet<>();
        for (Criteria part : parts) {
            Optional<Set<T>> found = within(part, limit);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            union.addAll(found.get());
        }
        return union.size() <= limit ? Optional.of(union) : Optional.empty();
    }
}
