package org.impsiwf.ssp.codec;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.ssp.primitives.Also;
import org.impsiwf.ssp.primitives.Literal;

/** The scalar types of the primitives, and how their values are spelt. */
final class Scalars {

    private static final int MOST_DIGITS = 18;

    private static final Map<Class<?>, Scalar> PLAIN = Map.ofEntries(
            Map.entry(String.class, plain(text -> text)),
            Map.entry(int.class, plain(text -> Math.toIntExact(count(text)))),
            Map.entry(long.class, new OfInteger()),
            Map.entry(Long.class, new OfInteger()),
            Map.entry(BigDecimal.class, new OfDecimal()),
            Map.entry(boolean.class, new OfBoolean()),
            Map.entry(Boolean.class, new OfBoolean()),
            Map.entry(Duration.class, new OfSeconds()),
            Map.entry(Instant.class, new OfDate()));

    private Scalars() {}

    /** The scalar of this type, absent for a structure. */
    static Optional<Scalar> of(Class<?> type) {
        Scalar plain = PLAIN.get(type);
        if (plain != null) {
            return Optional.of(plain);
        }
        if (type.isEnum()) {
            return Optional.of(new OfEnum(constantsByName(type)));
        }
        return isIdentifier(type) ? Optional.of(new OfIdentifier(type)) : Optional.empty();
    }

    /** An identifier is a record around one text named {@code value}. */
    static boolean isIdentifier(Class<?> type) {
        if (!type.isRecord()) {
            return false;
        }
        RecordComponent[] components = type.getRecordComponents();
        return components.length == 1 && components[0].getName().equals("value");
    }

    /** The constants of an enumeration by every name they are read under, in lower case. */
    static Map<String, Object> constantsByName(Class<?> type) {
        Map<String, Object> byName = new HashMap<>();
        for (Object constant : type.getEnumConstants()) {
            byName.put(literal(constant).toLowerCase(Locale.ROOT), constant);
            for (String other : alsoOf(type, constant)) {
                byName.put(other.toLowerCase(Locale.ROOT), constant);
            }
        }
        return Map.copyOf(byName);
    }

    static String literal(Object constant) {
        return constant instanceof Literal spelt ? spelt.literal() : ((Enum<?>) constant).name();
    }

    private static String[] alsoOf(Class<?> type, Object constant) {
        try {
            Also also = type.getField(((Enum<?>) constant).name()).getAnnotation(Also.class);
            return also == null ? new String[0] : also.value();
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long count(String text) {
        if (text.isEmpty() || text.length() > MOST_DIGITS) {
            throw new IllegalArgumentException("no number");
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                throw new IllegalArgumentException("no number");
            }
        }
        return Long.parseLong(text);
    }

    private interface Reader {
        Object read(String text);
    }

    private static Scalar plain(Reader reader) {
        return new Scalar() {
            @Override
            public Object read(String text) {
                try {
                    return reader.read(text);
                } catch (ArithmeticException e) {
                    throw new IllegalArgumentException("out of range", e);
                }
            }

            @Override
            public String write(Object value, Place place, Dialect dialect) {
                return value.toString();
            }
        };
    }

    /** SSP 6.4.2: unsigned, of 32 bits. */
    private record OfInteger() implements Scalar {
        private static final long GREATEST = 4_294_967_295L;

        @Override
        public Object read(String text) {
            long value = count(text);
            if (value > GREATEST) {
                throw new IllegalArgumentException("out of range");
            }
            return value;
        }

        @Override
        public String write(Object value, Place place, Dialect dialect) {
            return value.toString();
        }
    }

    private record OfDecimal() implements Scalar {
        private static final int LONGEST = 20;

        @Override
        public Object read(String text) {
            if (text.length() > LONGEST || text.indexOf('e') >= 0 || text.indexOf('E') >= 0) {
                throw new IllegalArgumentException("no plain number");
            }
            return new BigDecimal(text);
        }

        @Override
        public String write(Object value, Place place, Dialect dialect) {
            return ((BigDecimal) value).toPlainString();
        }
    }

    private record OfBoolean() implements Scalar {
        @Override
        public Object read(String text) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "yes", "true", "t", "y", "1" -> true;
                case "no", "false", "f", "n", "0" -> false;
                default -> throw new IllegalArgumentException("neither yes nor no");
            };
        }

        @Override
        public String write(Object value, Place place, Dialect dialect) {
            boolean yes = (Boolean) value;
            return switch (place) {
                case ATTRIBUTE -> yes ? "Yes" : "No";
                case ELEMENT -> yes ? "T" : "F";
            };
        }
    }

    private record OfSeconds() implements Scalar {
        @Override
        public Object read(String text) {
            return Duration.ofSeconds(count(text));
        }

        @Override
        public String write(Object value, Place place, Dialect dialect) {
            return Long.toString(((Duration) value).toSeconds());
        }
    }

    private record OfDate() implements Scalar {
        @Override
        public Object read(String text) {
            return Dates.read(text);
        }

        @Override
        public String write(Object value, Place place, Dialect dialect) {
            return Dates.write((Instant) value, dialect.syntax().dates());
        }
    }

    private record OfEnum(Map<String, Object> byName) implements Scalar {
        @Override
        public Object read(String text) {
            Object constant = byName.get(text.toLowerCase(Locale.ROOT));
            if (constant == null) {
                throw new IllegalArgumentException("not one of the values");
            }
            return constant;
        }

        @Override
        public String write(Object value, Place place, Dialect dialect) {
            return literal(value);
        }
    }

    private static final class OfIdentifier implements Scalar {
        private final MethodHandle constructor;
        private final MethodHandle value;

        OfIdentifier(Class<?> type) {
            constructor = Handles.constructor(type);
            value = Handles.accessor(type.getRecordComponents()[0]);
        }

        @Override
        public Object read(String text) {
            return Handles.construct(constructor, new Object[] {text});
        }

        @Override
        public String write(Object identifier, Place place, Dialect dialect) {
            return (String) Handles.get(value, identifier);
        }
    }
}
