package org.impsiwf.store.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Values around values. Each is empty when missing, and immutable when read; the order of what was written is kept. */
final class Containers {

    private Containers() {}

    /** Present values stand for themselves; an absent one inside a list is a JSON null. */
    record OptionalShape(Shape element) implements Shape {
        @Override
        public Object whenMissing() {
            return Optional.empty();
        }

        @Override
        public boolean isEmpty(Object value) {
            return ((Optional<?>) value).isEmpty();
        }

        @Override
        public void write(JsonGenerator out, Object value) throws IOException {
            Optional<?> optional = (Optional<?>) value;
            if (optional.isPresent()) {
                element.write(out, optional.get());
            } else {
                out.writeNull();
            }
        }

        @Override
        public Object read(JsonParser in) throws IOException {
            return in.currentToken() == JsonToken.VALUE_NULL ? Optional.empty() : Optional.of(element.read(in));
        }
    }

    static Shape list(Shape element) {
        return new CollectionShape(element, List.of(), List::copyOf);
    }

    static Shape set(Shape element) {
        return new CollectionShape(element, Set.of(), read -> Collections.unmodifiableSet(new LinkedHashSet<>(read)));
    }

    private record CollectionShape(Shape element, Object whenMissing, Function<List<Object>, Collection<Object>> finish)
            implements Shape {
        @Override
        public boolean isEmpty(Object value) {
            return ((Collection<?>) value).isEmpty();
        }

        @Override
        public void write(JsonGenerator out, Object value) throws IOException {
            out.writeStartArray();
            for (Object each : (Collection<?>) value) {
                element.write(out, each);
            }
            out.writeEndArray();
        }

        @Override
        public Object read(JsonParser in) throws IOException {
            if (in.currentToken() != JsonToken.START_ARRAY) {
                throw new UnreadableRecordException(": an array is expected");
            }
            List<Object> read = new ArrayList<>();
            while (in.nextToken() != JsonToken.END_ARRAY) {
                try {
                    read.add(element.read(in));
                } catch (UnreadableRecordException unreadable) {
                    throw unreadable.within("[" + read.size() + "]");
                }
            }
            return finish.apply(read);
        }
    }

    record MapShape(Keys keys, Shape element) implements Shape {
        @Override
        public Object whenMissing() {
            return Map.of();
        }

        @Override
        public boolean isEmpty(Object value) {
            return ((Map<?, ?>) value).isEmpty();
        }

        @Override
        public void write(JsonGenerator out, Object value) throws IOException {
            out.writeStartObject();
            for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
                out.writeFieldName(keys.text().apply(entry.getKey()));
                element.write(out, entry.getValue());
            }
            out.writeEndObject();
        }

        @Override
        public Object read(JsonParser in) throws IOException {
            if (in.currentToken() != JsonToken.START_OBJECT) {
                throw new UnreadableRecordException(": an object is expected");
            }
            Map<Object, Object> read = new LinkedHashMap<>();
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String key = in.currentName();
                in.nextToken();
                try {
                    read.put(keys.key().apply(key), element.read(in));
                } catch (UnreadableRecordException unreadable) {
                    throw unreadable.within("[" + read.size() + "]");
                }
            }
            return Collections.unmodifiableMap(read);
        }
    }
}
