package org.impsiwf.ssp.elements.common;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.impsiwf.ssp.primitives.CommonPrimitive.SearchPair;

/** What a search asks for: search pairs under AND, OR and NOT (SSP 13.1.5). Pure. */
sealed interface Criteria {

    record Is(SearchPair pair) implements Criteria {}

    record AllOf(List<Criteria> parts) implements Criteria {
        public AllOf {
            parts = List.copyOf(parts);
        }
    }

    record AnyOf(List<Criteria> parts) implements Criteria {
        public AnyOf {
            parts = List.copyOf(parts);
        }
    }

    record Not(Criteria part) implements Criteria {}

    /** SSP-264: pairs without an expression all apply. */
    static Criteria all(List<SearchPair> pairs) {
        return new AllOf(pairs.stream().<Criteria>map(Is::new).toList());
    }

    default boolean matches(Predicate<SearchPair> fits) {
        return switch (this) {
            case Is is -> fits.test(is.pair());
            case AllOf all -> all.parts().stream().allMatch(part -> part.matches(fits));
            case AnyOf any -> any.parts().stream().anyMatch(part -> part.matches(fits));
            case Not not -> !not.part().matches(fits);
        };
    }

    default Stream<SearchPair> pairs() {
        return switch (this) {
            case Is is -> Stream.of(is.pair());
            case AllOf all -> all.parts().stream().flatMap(Criteria::pairs);
            case AnyOf any -> any.parts().stream().flatMap(Criteria::pairs);
            case Not not -> not.part().pairs();
        };
    }
}
