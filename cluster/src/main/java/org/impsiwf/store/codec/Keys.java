package org.impsiwf.store.codec;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What may be the key of a map: a string, a number, an enum constant, or a record around one string such as an identifier. */
record Keys(Function<Object, String> text, Function<String, Object> key) {

    static Keys of(Type type) {
        if (type == String.class) {
            return new Keys(Object::toString, text -> text);
        }
        if (type == Integer.class) {
            return new Keys(Object::toString, number(Integer::valueOf));
        }
        if (type == Long.class) {
            return new Keys(Object::toString, number(Long::valueOf));
        }
        if (type instanceof Class<?> c && c.isEnum()) {
            return ofEnum(c);
        }
        if (type instanceof Class<?> c && c.isRecord()) {
            return ofIdentifier(c);
        }
        throw Shapes.unsupported(type);
    }

    private static Function<String, Object> number(Function<String, Object> parse) {
        return text -> {
            try {
                return parse.apply(text);
            } catch (NumberFormatException wrong) {
                throw new UnreadableRecordException(": a number is expected as key", wrong);
            }
        };
    }

    private static Keys ofEnum(Class<?> type) {
        Map<String, Object> constants = Arrays.stream(type.getEnumConstants())
                .collect(Collectors.toMap(constant -> ((Enum<?>) constant).name(), constant -> constant));
        return new Keys(constant -> ((Enum<?>) constant).name(), text -> {
            Object constant = constants.get(text);
            if (constant == null) {
                throw new UnreadableRecordException(": no such " + type.getSimpleName() + " as key");
            }
            return constant;
        });
    }

    private static Keys ofIdentifier(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        if (components.length != 1 || components[0].getType() != String.class) {
            throw Shapes.unsupported(type);
        }
        Method accessor = components[0].getAccessor();
        accessor.setAccessible(true);
        Constructor<?> constructor;
        try {
            constructor = type.getDeclaredConstructor(String.class);
        } catch (NoSuchMethodException impossible) {
            throw new IllegalStateException(type + " has no canonical constructor", impossible);
        }
        constructor.setAccessible(true);
        return new Keys(
                identifier -> {
                    try {
                        return (String) accessor.invoke(identifier);
                    } catch (IllegalAccessException | InvocationTargetException failure) {
                        throw new IllegalStateException("cannot read " + accessor, failure);
                    }
                },
                text -> {
                    try {
                        return constructor.newInstance(text);
                    } catch (InvocationTargetException refused) {
                        throw new UnreadableRecordException(
                                ": " + type.getSimpleName() + " refuses the key", refused.getCause());
                    } catch (InstantiationException | IllegalAccessException failure) {
                        throw new IllegalStateException("cannot make a " + type.getName(), failure);
                    }
                });
    }
}
