package org.impsiwf.mapping.event;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Makes records of any type that can be kept, with chance values that their constructors take. */
final class RecordSamples {

    private static final int ATTEMPTS = 200;
    private static final int DEEP = 6;

    private static final List<String> WORDS = List.of(
            "id1",
            "",
            "wv:bob@imps.example.com",
            "wv:@imps.example.com",
            "sip:alice@ims.example.com",
            "text/plain",
            "C:alice@ims.example.com|bob@imps.example.com",
            "wv:/talk@imps.example.com",
            "Grüße \"<&>\"\n\u0000",
            "WV-SSP",
            "1.3");

    private final Random random;
    private int depth;

    RecordSamples(long seed) {
        this.random = new Random(seed);
    }

    /** All records that a sealed interface permits, at any depth. */
    static Set<Class<?>> records(Class<?> sealed) {
        Set<Class<?>> found = new LinkedHashSet<>();
        Arrays.stream(sealed.getPermittedSubclasses())
                .forEach(type -> found.addAll(type.isSealed() ? records(type) : Set.of(type)));
        return found;
    }

    /** @throws AssertionError no values were found that the constructor takes */
    Object sample(Class<?> type) {
        if (type.isSealed()) {
            List<Class<?>> all = List.copyOf(records(type));
            return sample(all.get(random.nextInt(all.size())));
        }
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Object> made = made(type);
            if (made.isPresent()) {
                return made.get();
            }
        }
        throw new AssertionError("no values that a " + type.getName() + " takes");
    }

    private Optional<Object> made(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        depth++;
        try {
            Object[] values = Arrays.stream(components)
                    .map(component -> value(component.getGenericType()))
                    .toArray();
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return Optional.of(constructor.newInstance(values));
        } catch (InvocationTargetException refused) {
            return Optional.empty();
        } catch (ReflectiveOperationException impossible) {
            throw new LinkageError(impossible.getMessage(), impossible);
        } finally {
            depth--;
        }
    }

    private Object value(Type type) {
        return switch (type) {
            case ParameterizedType generic -> container(generic);
            case Class<?> plain -> plain(plain);
            default -> throw new AssertionError("a component of " + type);
        };
    }

    private Object container(ParameterizedType type) {
        Type[] arguments = type.getActualTypeArguments();
        Class<?> raw = (Class<?>) type.getRawType();
        int size = depth > DEEP ? 0 : random.nextInt(3);
        if (raw == Optional.class) {
            return size == 0 ? Optional.empty() : Optional.of(value(arguments[0]));
        }
        if (raw == List.class) {
            return values(arguments[0], size).toList();
        }
        if (raw == Set.class) {
            return new LinkedHashSet<>(values(arguments[0], size).toList());
        }
        if (raw == Map.class) {
            Map<Object, Object> map = new HashMap<>();
            values(arguments[0], size).forEach(key -> map.put(key, value(arguments[1])));
            return map;
        }
        throw new AssertionError("a component of " + type);
    }

    private Stream<Object> values(Type type, int size) {
        return IntStream.range(0, size).mapToObj(i -> value(type));
    }

    private Object plain(Class<?> type) {
        if (type.isEnum()) {
            return type.getEnumConstants()[random.nextInt(type.getEnumConstants().length)];
        }
        if (type.isRecord() || type.isSealed()) {
            return sample(type);
        }
        return switch (type.getName()) {
            case "java.lang.String" -> WORDS.get(random.nextInt(WORDS.size()));
            case "int", "java.lang.Integer" -> random.nextInt(1000);
            case "long", "java.lang.Long" -> random.nextLong(1L << 40);
            case "boolean", "java.lang.Boolean" -> random.nextBoolean();
            case "[B" -> bytes();
            case "java.math.BigDecimal" -> BigDecimal.valueOf(random.nextInt(10_000), 2);
            case "java.time.Instant" -> Instant.ofEpochMilli(random.nextLong(1L << 42));
            case "java.time.Duration" -> Duration.ofMillis(random.nextInt(1 << 30));
            case "java.util.OptionalLong" ->
                random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(random.nextInt());
            case "java.util.OptionalInt" ->
                random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(random.nextInt());
            default -> throw new AssertionError("a component of " + type);
        };
    }

    private byte[] bytes() {
        byte[] bytes = new byte[random.nextInt(40)];
        random.nextBytes(bytes);
        return bytes;
    }
}
