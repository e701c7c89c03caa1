package org.impsiwf.gateway.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** How admin pages write their values: keys {@code like-this}, instants in ISO 8601, choices in lower case, absent as null. */
final class AdminJson {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
            .addModule(new SimpleModule()
                    .addSerializer(Instant.class, writing((at, out) -> out.writeString(at.toString())))
                    .addSerializer(
                            Enum.class,
                            writing((choice, out) ->
                                    out.writeString(choice.name().toLowerCase(Locale.ROOT))))
                    .addSerializer(
                            Optional.class,
                            writing((maybe, out) -> out.writeObject(maybe.isPresent() ? maybe.get() : null))))
            .build();

    private AdminJson() {}

    private interface Writer<T> {
        void write(T value, JsonGenerator out) throws IOException;
    }

    private static <T> JsonSerializer<T> writing(Writer<T> writer) {
        return new JsonSerializer<>() {
            @Override
            public void serialize(T value, JsonGenerator out, SerializerProvider provider) throws IOException {
                writer.write(value, out);
            }
        };
    }

    static byte[] write(Object content) {
        try {
            return MAPPER.writeValueAsBytes(content);
        } catch (JsonProcessingException ours) {
            throw new IllegalStateException("an admin page cannot be written", ours);
        }
    }
}
