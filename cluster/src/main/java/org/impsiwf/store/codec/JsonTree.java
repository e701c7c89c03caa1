package org.impsiwf.store.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** JSON as maps, lists and scalars, for what the types of this release do not describe. */
final class JsonTree {

    private static final JsonFactory JSON = new JsonFactory();

    private JsonTree() {}

    /**
     * The next form of a value with what is unknown of the one before.
     *
     * @param before as it was saved
     * @param known as this release writes what it understood of it
     * @param next as this release writes what comes after it
     */
    static Object carried(Object before, Object known, Object next) {
        if (before instanceof Map<?, ?> object && known instanceof Map<?, ?> part && next instanceof Map<?, ?> now) {
            return Objects.equals(part.get(SealedShape.TAG), now.get(SealedShape.TAG))
                    ? ofObject(object, part, now)
                    : next;
        }
        if (before instanceof List<?> array && known instanceof List<?> part && next instanceof List<?> now) {
            return array.size() == part.size() ? ofArray(array, part, now) : next;
        }
        return next;
    }

    private static Object ofObject(Map<?, ?> before, Map<?, ?> known, Map<?, ?> next) {
        Map<Object, Object> result = new LinkedHashMap<>();
        next.forEach((name, value) ->
                result.put(name, known.containsKey(name) ? carried(before.get(name), known.get(name), value) : value));
        before.forEach((name, value) -> {
            if (!known.containsKey(name)) {
                result.putIfAbsent(name, value);
            }
        });
        return result;
    }

    private static Object ofArray(List<?> before, List<?> known, List<?> next) {
        List<Object> result = new ArrayList<>();
        for (int i = 0; i < next.size(); i++) {
            Object element = next.get(i);
            int same = known.indexOf(element);
            if (same >= 0) {
                result.add(before.get(same));
            } else if (next.size() == known.size()) {
                result.add(carried(before.get(i), known.get(i), element));
            } else {
                result.add(element);
            }
        }
        return result;
    }

    static Object read(byte[] bytes) {
        try (var in = JSON.createParser(bytes)) {
            in.nextToken();
            return value(in);
        } catch (IOException impossible) {
            throw new UncheckedIOException("what was read before cannot be read", impossible);
        }
    }

    private static Object value(JsonParser in) throws IOException {
        return switch (in.currentToken()) {
            case START_OBJECT -> {
                Map<String, Object> object = new LinkedHashMap<>();
                while (in.nextToken() == JsonToken.FIELD_NAME) {
                    String name = in.currentName();
                    in.nextToken();
                    object.put(name, value(in));
                }
                yield object;
            }
            case START_ARRAY -> {
                List<Object> array = new ArrayList<>();
                while (in.nextToken() != JsonToken.END_ARRAY) {
                    array.add(value(in));
                }
                yield array;
            }
            case VALUE_NUMBER_INT -> in.getNumberValue();
            case VALUE_NUMBER_FLOAT -> in.getDecimalValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> in.getText();
        };
    }

    static byte[] write(Object tree) {
        var bytes = new ByteArrayOutputStream(256);
        try (var out = JSON.createGenerator(bytes)) {
            write(tree, out);
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory failed", impossible);
        }
        return bytes.toByteArray();
    }

    private static void write(Object tree, JsonGenerator out) throws IOException {
        switch (tree) {
            case Map<?, ?> object -> {
                out.writeStartObject();
                for (Map.Entry<?, ?> member : object.entrySet()) {
                    out.writeFieldName((String) member.getKey());
                    write(member.getValue(), out);
                }
                out.writeEndObject();
            }
            case List<?> array -> {
                out.writeStartArray();
                for (Object element : array) {
                    write(element, out);
                }
                out.writeEndArray();
            }
            case null, default -> out.writeObject(tree);
        }
    }
}
