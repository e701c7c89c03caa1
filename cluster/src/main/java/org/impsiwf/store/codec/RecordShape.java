package org.impsiwf.store.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** A record: its components by name. */
final class RecordShape implements Shape {

    private record Component(int index, String name, Method accessor, Shape shape) {}

    private final Class<?> type;
    private final Constructor<?> constructor;
    private Component[] components = {};
    private final Map<String, Component> byName = new HashMap<>();

    RecordShape(Class<?> type) {
        this.type = type;
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            constructor = type.getDeclaredConstructor(types);
        } catch (NoSuchMethodException impossible) {
            throw new IllegalStateException(type + " has no canonical constructor", impossible);
        }
        constructor.setAccessible(true);
    }

    /** Apart from the constructor, so that a record may contain itself. */
    void describe(Function<Type, Shape> shapes) {
        RecordComponent[] declared = type.getRecordComponents();
        components = new Component[declared.length];
        for (int i = 0; i < declared.length; i++) {
            Method accessor = declared[i].getAccessor();
            accessor.setAccessible(true);
            String name = declared[i].getName();
            try {
                components[i] = new Component(i, name, accessor, shapes.apply(declared[i].getGenericType()));
            } catch (IllegalStateException unsupported) {
                throw new IllegalStateException(
                        type.getSimpleName() + "." + name + ": " + unsupported.getMessage(), unsupported);
            }
            byName.put(name, components[i]);
        }
    }

    @Override
    public void write(JsonGenerator out, Object value) throws IOException {
        out.writeStartObject();
        writeComponents(out, value);
        out.writeEndObject();
    }

    void writeComponents(JsonGenerator out, Object value) throws IOException {
        for (Component component : components) {
            Object part = part(component, value);
            if (part == null) {
                throw new IllegalStateException(type.getSimpleName() + "." + component.name + " is null");
            }
            if (!component.shape.isEmpty(part)) {
                out.writeFieldName(component.name);
                component.shape.write(out, part);
            }
        }
    }

    private static Object part(Component component, Object value) {
        try {
            return component.accessor.invoke(value);
        } catch (IllegalAccessException | InvocationTargetException failure) {
            throw new IllegalStateException("cannot read " + component.accessor, failure);
        }
    }

    @Override
    public Object read(JsonParser in) throws IOException {
        if (in.currentToken() != JsonToken.START_OBJECT) {
            throw new UnreadableRecordException(": a " + type.getSimpleName() + " is expected to be an object");
        }
        in.nextToken();
        return readComponents(in);
    }

    /** @param in stands on the first field name or on the end of the object */
    Object readComponents(JsonParser in) throws IOException {
        Object[] parts = new Object[components.length];
        for (; in.currentToken() == JsonToken.FIELD_NAME; in.nextToken()) {
            Component component = byName.get(in.currentName());
            in.nextToken();
            if (component == null) {
                tellUnknown(in);
                in.skipChildren();
            } else {
                parts[component.index] = read(component, in);
            }
        }
        for (Component component : components) {
            if (parts[component.index] == null) {
                parts[component.index] = whenMissing(component);
            }
        }
        return construct(parts);
    }

    /** Who reads the whole value has left word with the outermost context. */
    private static void tellUnknown(JsonParser in) {
        JsonStreamContext context = in.getParsingContext();
        while (context.getParent() != null) {
            context = context.getParent();
        }
        if (context.getCurrentValue() instanceof Runnable unknown) {
            unknown.run();
        }
    }

    private static Object read(Component component, JsonParser in) throws IOException {
        try {
            return component.shape.read(in);
        } catch (UnreadableRecordException unreadable) {
            throw unreadable.within(component.name);
        }
    }

    private static Object whenMissing(Component component) {
        Object value = component.shape.whenMissing();
        if (value == null) {
            throw new UnreadableRecordException(component.name + ": missing");
        }
        return value;
    }

    private Object construct(Object[] parts) {
        try {
            return constructor.newInstance(parts);
        } catch (InvocationTargetException refused) {
            // The record's own rules: the cause may quote a value, so it is kept as cause and not in the message.
            throw new UnreadableRecordException(
                    ": " + type.getSimpleName() + " refuses these components", refused.getCause());
        } catch (InstantiationException | IllegalAccessException failure) {
            throw new IllegalStateException("cannot make a " + type.getName(), failure);
        }
    }
}
