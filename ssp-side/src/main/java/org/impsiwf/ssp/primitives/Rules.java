package org.impsiwf.ssp.primitives;

import java.util.Collection;
import java.util.Optional;

/** The rules between elements, as the constructors of primitives state them. */
final class Rules {

    private static final int SYNTAX_ERROR = 400;
    private static final int BAD_PARAMETER = 402;

    private Rules() {}

    static void require(boolean holds, String element, String rule) {
        if (!holds) {
            throw new InvalidPrimitiveException(element, rule, SYNTAX_ERROR);
        }
    }

    static void requireValue(boolean holds, String element, String rule) {
        if (!holds) {
            throw new InvalidPrimitiveException(element, rule, BAD_PARAMETER);
        }
    }

    static void nonEmpty(String value, String element) {
        require(!value.isEmpty(), element, "is empty");
    }

    /** An element that must be there exactly when the condition holds. */
    static void presentOnlyIf(boolean condition, Object value, String element, String when) {
        presentIf(condition, value, element, when);
        absentUnless(condition, value, element, when);
    }

    static void presentIf(boolean condition, Object value, String element, String when) {
        require(!condition || present(value), element, "is missing: mandatory " + when);
    }

    /** As {@link #presentIf} for an element whose absence has a status code of its own. */
    static void presentIf(boolean condition, Object value, String element, String when, int missing) {
        if (condition && !present(value)) {
            throw new InvalidPrimitiveException(element, "is missing: mandatory " + when, missing);
        }
    }

    static void absentUnless(boolean condition, Object value, String element, String when) {
        require(condition || !present(value), element, "must be absent: only " + when);
    }

    private static boolean present(Object value) {
        return switch (value) {
            case Optional<?> optional -> optional.isPresent();
            case Collection<?> collection -> !collection.isEmpty();
            default -> true;
        };
    }
}
