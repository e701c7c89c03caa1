package org.impsiwf.store.codec;

import static java.util.Map.entry;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Values that are one JSON token. */
final class Scalars {

    static final Map<Class<?>, Shape> SHAPES = Map.ofEntries(
            entry(String.class, text("a string", text -> text)),
            entry(boolean.class, scalar(false, JsonGenerator::writeObject, JsonParser::getBooleanValue)),
            entry(Boolean.class, scalar(null, JsonGenerator::writeObject, JsonParser::getBooleanValue)),
            entry(int.class, scalar(0, JsonGenerator::writeObject, Scalars::anInt)),
            entry(Integer.class, scalar(null, JsonGenerator::writeObject, Scalars::anInt)),
            entry(long.class, scalar(0L, JsonGenerator::writeObject, Scalars::aLong)),
            entry(Long.class, scalar(null, JsonGenerator::writeObject, Scalars::aLong)),
            entry(double.class, scalar(0.0, JsonGenerator::writeObject, JsonParser::getDoubleValue)),
            entry(Double.class, scalar(null, JsonGenerator::writeObject, JsonParser::getDoubleValue)),
            entry(
                    OptionalInt.class,
                    scalar(
                            OptionalInt.empty(),
                            (out, value) -> out.writeNumber(((OptionalInt) value).getAsInt()),
                            in -> OptionalInt.of(anInt(in)))),
            entry(
                    OptionalLong.class,
                    scalar(
                            OptionalLong.empty(),
                            (out, value) -> out.writeNumber(((OptionalLong) value).getAsLong()),
                            in -> OptionalLong.of(aLong(in)))),
            entry(
                    byte[].class,
                    scalar(null, (out, value) -> out.writeBinary((byte[]) value), JsonParser::getBinaryValue)),
            entry(BigDecimal.class, text("a decimal", BigDecimal::new)),
            entry(Instant.class, text("an instant", Instant::parse)),
            entry(Duration.class, text("a duration", Duration::parse)),
            entry(URI.class, text("a URI", URI::create)),
            entry(UUID.class, text("a UUID", UUID::fromString)));

    private Scalars() {}

    private interface Writer {
        void write(JsonGenerator out, Object value) throws IOException;
    }

    private interface Reader {
        Object read(JsonParser in) throws IOException;
    }

    private static int anInt(JsonParser in) throws IOException {
        return in.getIntValue();
    }

    private static long aLong(JsonParser in) throws IOException {
        return in.getLongValue();
    }

    /** @param whenMissing null when the component must be there */
    private static Shape scalar(Object whenMissing, Writer writer, Reader reader) {
        return new Shape() {
            @Override
            public Object whenMissing() {
                return whenMissing;
            }

            @Override
            public boolean isEmpty(Object value) {
                return value.equals(whenMissing);
            }

            @Override
            public void write(JsonGenerator out, Object value) throws IOException {
                writer.write(out, value);
            }

            @Override
            public Object read(JsonParser in) throws IOException {
                try {
                    return reader.read(in);
                } catch (JsonProcessingException wrong) {
                    throw new UnreadableRecordException(": wrong type, " + in.currentToken());
                }
            }
        };
    }

    private static Shape text(String what, Function<String, Object> parse) {
        return scalar(null, (out, value) -> out.writeString(value.toString()), in -> {
            if (in.currentToken() != JsonToken.VALUE_STRING) {
                throw new UnreadableRecordException(": " + what + " is expected");
            }
            try {
                return parse.apply(in.getText());
            } catch (DateTimeException | IllegalArgumentException wrong) {
                throw new UnreadableRecordException(": " + what + " is expected", wrong);
            }
        });
    }

    static Shape ofEnum(Class<?> type) {
        Map<String, Object> constants = Arrays.stream(type.getEnumConstants())
                .collect(Collectors.toMap(constant -> ((Enum<?>) constant).name(), constant -> constant));
        return scalar(null, (out, value) -> out.writeString(((Enum<?>) value).name()), in -> {
            Object constant = constants.get(in.getText());
            if (constant == null) {
                throw new UnreadableRecordException(": no such " + type.getSimpleName());
            }
            return constant;
        });
    }
}
