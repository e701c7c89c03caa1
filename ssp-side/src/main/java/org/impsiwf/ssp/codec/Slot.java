package org.impsiwf.ssp.codec;

import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One component of a record.
 *
 * @param type of one value: the component's type without Optional or List around it
 * @param scalar null for a structure
 * @param wirePath where it is on the wire, below the element of the record
 * @param missing the status code of its absence
 * @param mandatory a list that may not be empty
 * @param keepsEmptyParent the element around an empty list is written nevertheless
 * @param blank absent and empty are the same, and it is written in any case
 * @param flag an empty element, absent means false
 */
record Slot(
        int index,
        String name,
        Class<?> type,
        Cardinality cardinality,
        Scalar scalar,
        String wirePath,
        int missing,
        boolean mandatory,
        boolean keepsEmptyParent,
        boolean blank,
        boolean flag,
        MethodHandle accessor) {

    enum Cardinality {
        ONE,
        OPTIONAL,
        LIST
    }

    /** Empty elements named after constants. */
    boolean isNames() {
        return type.isEnum() && cardinality == Cardinality.LIST;
    }

    void put(Object[] values, Object value) {
        if (cardinality == Cardinality.LIST) {
            if (values[index] == null) {
                values[index] = new ArrayList<>();
            }
            listIn(values).add(value);
            return;
        }
        if (values[index] != null) {
            throw new Refusal("", "appears more than once", Refusal.SYNTAX_ERROR);
        }
        values[index] = value;
    }

    /** Puts another value in the place of the one that a list got last. */
    @SuppressWarnings("unchecked") // whoever calls it has put them there
    <T> void replaceLast(Object[] values, UnaryOperator<T> change) {
        List<Object> list = listIn(values);
        list.set(list.size() - 1, change.apply((T) list.getLast()));
    }

    @SuppressWarnings("unchecked")
    private List<Object> listIn(Object[] values) {
        return (List<Object>) values[index];
    }

    boolean isIn(Object[] values) {
        return values[index] != null;
    }

    /** What the constructor gets. */
    Object finished(Object[] values, Reading reading) {
        Object value = values[index];
        return switch (cardinality) {
            case ONE -> value != null ? value : absent(reading);
            case OPTIONAL -> Optional.ofNullable(value);
            case LIST -> {
                if (value == null && mandatory) {
                    throw refusal();
                }
                yield value == null ? List.of() : value;
            }
        };
    }

    private Object absent(Reading reading) {
        if (blank) {
            return "";
        }
        if (flag) {
            return false;
        }
        Object filled = reading.gap(this);
        if (filled == null) {
            throw refusal();
        }
        return filled;
    }

    private Refusal refusal() {
        return new Refusal(wirePath, "is missing", missing);
    }

    /** The value in the record, null if absent; a list as it is. */
    Object of(Object owner) {
        Object value = Handles.get(accessor, owner);
        return switch (cardinality) {
            case ONE -> value;
            case OPTIONAL -> ((Optional<?>) value).orElse(null);
            case LIST -> {
                if (mandatory && ((Collection<?>) value).isEmpty()) {
                    throw new IllegalStateException(name + " is a mandatory list and empty");
                }
                yield value;
            }
        };
    }
}
