package org.impsiwf.ssp.codec;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.primitives.EmptyIfAbsent;
import org.impsiwf.ssp.primitives.Flag;
import org.impsiwf.ssp.primitives.Mandatory;
import org.impsiwf.ssp.primitives.Missing;
import org.impsiwf.ssp.primitives.Octets;

/**
 * What the type of a component says.
 *
 * @param scalar null for a structure
 */
record SlotType(Class<?> type, Slot.Cardinality cardinality, Scalar scalar) {

    static SlotType of(RecordComponent component) {
        Type declared = component.getGenericType();
        Slot.Cardinality cardinality = Slot.Cardinality.ONE;
        if (declared instanceof ParameterizedType around) {
            cardinality = cardinality(around.getRawType(), component);
            declared = around.getActualTypeArguments()[0];
        }
        Class<?> type = (Class<?>) declared;
        return new SlotType(type, cardinality, Scalars.of(type).orElse(null));
    }

    private static Slot.Cardinality cardinality(Type around, RecordComponent component) {
        if (around == Optional.class) {
            return Slot.Cardinality.OPTIONAL;
        }
        if (around == List.class) {
            return Slot.Cardinality.LIST;
        }
        throw new IllegalStateException("neither Optional nor List: " + component);
    }

    /** Empty elements named after constants. */
    boolean isNames() {
        return type.isEnum() && cardinality == Slot.Cardinality.LIST;
    }

    Slot slot(RecordComponent component, int index, String wirePath) {
        Mandatory mandatory = component.getAnnotation(Mandatory.class);
        boolean mayBeEmpty = mandatory != null && mandatory.mayBeEmpty();
        return new Slot(
                index,
                component.getName(),
                type,
                cardinality,
                scalar,
                wirePath,
                missing(component),
                mandatory != null && !mayBeEmpty,
                mayBeEmpty,
                component.isAnnotationPresent(EmptyIfAbsent.class),
                component.isAnnotationPresent(Flag.class),
                Handles.accessor(component));
    }

    private int missing(RecordComponent component) {
        Missing ofComponent = component.getAnnotation(Missing.class);
        if (ofComponent != null) {
            return ofComponent.value();
        }
        Missing ofType = type.getAnnotation(Missing.class);
        return ofType == null ? Refusal.SYNTAX_ERROR : ofType.value();
    }

    /** Octets count as a scalar: text, though never an attribute. */
    boolean isText() {
        return scalar != null || type == Octets.class;
    }
}
