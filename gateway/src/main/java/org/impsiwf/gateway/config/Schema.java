package org.impsiwf.gateway.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the records of this package say about keys, read by reflection. */
final class Schema {

    /** How often the value of a key may be there. */
    enum Shape {
        ONE,
        OPTIONAL,
        LIST,
        MAP
    }

    /**
     * A key.
     *
     * @param type of the value, of the list's elements or of the map's values
     */
    record Entry(String name, Shape shape, Class<?> type, Class<?> component, Key key) {

        boolean isSection() {
            return Schema.isSection(type);
        }

        boolean hasDefault() {
            return !key.byDefault().equals(Key.NONE);
        }
    }

    private Schema() {}

    static boolean isSection(Class<?> type) {
        return type.isRecord() && type.getRecordComponents()[0].isAnnotationPresent(Key.class);
    }

    static List<Entry> entries(Class<?> section) {
        return Arrays.stream(section.getRecordComponents()).map(Schema::entry).toList();
    }

    /** Whether every key of the section has a default. */
    static boolean mayBeAbsent(Class<?> section) {
        return entries(section).stream()
                .allMatch(entry -> entry.shape() != Shape.ONE
                        || entry.hasDefault()
                        || (entry.isSection() && mayBeAbsent(entry.type())));
    }

    private static Entry entry(RecordComponent component) {
        Key key = component.getAnnotation(Key.class);
        String name = kebab(component.getName());
        Class<?> type = component.getType();
        if (type == Optional.class) {
            return new Entry(name, Shape.OPTIONAL, argument(component, 0), type, key);
        }
        if (type == List.class) {
            return new Entry(name, Shape.LIST, argument(component, 0), type, key);
        }
        if (type == Map.class) {
            return new Entry(name, Shape.MAP, argument(component, 1), type, key);
        }
        return new Entry(name, Shape.ONE, type, type, key);
    }

    private static Class<?> argument(RecordComponent component, int index) {
        Type argument = ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[index];
        return (Class<?>) argument;
    }

    static String kebab(String camel) {
        return camel.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }
}
