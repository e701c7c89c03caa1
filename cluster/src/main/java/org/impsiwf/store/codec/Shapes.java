package org.impsiwf.store.codec;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The shapes of the types that a record is made of, found by reflection once per codec. */
final class Shapes {

    private final Map<Class<?>, Shape> known = new HashMap<>(Scalars.SHAPES);

    Shape of(Type type) {
        return switch (type) {
            case Class<?> c -> ofClass(c);
            case ParameterizedType p -> ofParameterized(p);
            default -> throw unsupported(type);
        };
    }

    private Shape ofClass(Class<?> type) {
        Shape shape = known.get(type);
        if (shape != null) {
            return shape;
        }
        if (type.isRecord()) {
            return ofRecord(type);
        }
        if (type.isSealed()) {
            return ofSealed(type);
        }
        if (type.isEnum()) {
            return Scalars.ofEnum(type);
        }
        throw unsupported(type);
    }

    private RecordShape ofRecord(Class<?> type) {
        if (known.get(type) instanceof RecordShape shape) {
            return shape;
        }
        if (type.getTypeParameters().length > 0) {
            throw unsupported(type);
        }
        var shape = new RecordShape(type);
        known.put(type, shape);
        shape.describe(this::of);
        return shape;
    }

    private SealedShape ofSealed(Class<?> type) {
        var shape = new SealedShape(type);
        known.put(type, shape);
        shape.describe(this::ofRecord);
        return shape;
    }

    private Shape ofParameterized(ParameterizedType type) {
        Type[] arguments = type.getActualTypeArguments();
        if (type.getRawType() == Optional.class) {
            return new Containers.OptionalShape(of(arguments[0]));
        }
        if (type.getRawType() == List.class) {
            return Containers.list(of(arguments[0]));
        }
        if (type.getRawType() == Set.class) {
            return Containers.set(of(arguments[0]));
        }
        if (type.getRawType() == Map.class) {
            return new Containers.MapShape(Keys.of(arguments[0]), of(arguments[1]));
        }
        throw unsupported(type);
    }

    static IllegalStateException unsupported(Type type) {
        return new IllegalStateException("a " + type.getTypeName() + " cannot be kept in a store");
    }
}
