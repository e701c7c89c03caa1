package org.impsiwf.ssp.routing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Copies of primitives with parts of them replaced; the copy is validated like any other primitive. */
final class Rewriting {

    private static final ClassValue<RecordComponent[]> COMPONENTS = new ClassValue<>() {
        @Override
        protected RecordComponent[] computeValue(Class<?> type) {
            return type.getRecordComponents();
        }
    };

    private Rewriting() {}

    /** The value of that component, absent when the record has none of that name. */
    static Optional<Object> component(Record of, String name) {
        for (RecordComponent component : COMPONENTS.get(of.getClass())) {
            if (component.getName().equals(name)) {
                return Optional.of(value(of, component));
            }
        }
        return Optional.empty();
    }

    /** The record with these components replaced; those that it lacks are passed over. */
    static Record replacing(Record of, Map<String, Object> replacements) {
        RecordComponent[] components = COMPONENTS.get(of.getClass());
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            Object other = replacements.get(components[i].getName());
            values[i] = other == null ? value(of, components[i]) : other;
        }
        return made(of.getClass(), components, values);
    }

    /**
     * The value with every record in it, itself included, replaced by what the leaf operator gives; depth first. What is
     * unchanged is not copied.
     */
    static Object everywhere(Object value, UnaryOperator<Object> leaf) {
        return switch (value) {
            case Optional<?> optional -> optional.map(held -> everywhere(held, leaf));
            case List<?> list ->
                list.stream().map(held -> everywhere(held, leaf)).toList();
            case Record record -> leaf.apply(copied(record, leaf));
            default -> value;
        };
    }

    private static Record copied(Record of, UnaryOperator<Object> leaf) {
        RecordComponent[] components = COMPONENTS.get(of.getClass());
        Object[] values = new Object[components.length];
        boolean changed = false;
        for (int i = 0; i < components.length; i++) {
            Object before = value(of, components[i]);
            values[i] = everywhere(before, leaf);
            changed |= !values[i].equals(before);
        }
        return changed ? made(of.getClass(), components, values) : of;
    }

    private static Object value(Record of, RecordComponent component) {
        try {
            return component.getAccessor().invoke(of);
        } catch (IllegalAccessException | InvocationTargetException impossible) {
            throw new IllegalStateException("accessor of " + of.getClass(), impossible);
        }
    }

    private static Record made(Class<? extends Record> type, RecordComponent[] components, Object[] values) {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (InvocationTargetException refused) {
            if (refused.getCause() instanceof RuntimeException wrong) {
                throw wrong;
            }
            throw new IllegalStateException("constructor of " + type, refused);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("constructor of " + type, impossible);
        }
    }
}
