package org.impsiwf.ssp.codec;

import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.ssp.primitives.Also;
import org.impsiwf.ssp.primitives.Catalogue;
import org.impsiwf.ssp.primitives.Primitive;

/** The shapes of all primitives, made when the first codec is. */
final class Shapes {

    private static final Map<Class<?>, RecordShape> BY_TYPE = new HashMap<>();
    private static final Map<String, RecordShape> BY_ELEMENT = new HashMap<>();

    static {
        for (Class<? extends Primitive> primitive : Catalogue.primitives()) {
            RecordShape shape = build(primitive);
            BY_ELEMENT.put(shape.tag().name(), shape);
            BY_ELEMENT.put(shape.tag().name().toLowerCase(Locale.ROOT), shape);
            Also also = primitive.getAnnotation(Also.class);
            if (also != null) {
                for (String other : also.value()) {
                    BY_ELEMENT.put(other.toLowerCase(Locale.ROOT), shape);
                }
            }
        }
    }

    private Shapes() {}

    private static RecordShape build(Class<?> type) {
        RecordShape known = BY_TYPE.get(type);
        if (known == null) {
            known = ShapeBuilder.build(type, Shapes::build);
            BY_TYPE.put(type, known);
        }
        return known;
    }

    static Optional<RecordShape> named(String element) {
        RecordShape exact = BY_ELEMENT.get(element);
        return Optional.ofNullable(exact != null ? exact : BY_ELEMENT.get(element.toLowerCase(Locale.ROOT)));
    }

    /** Of primitives and of the structures in them. */
    static Collection<RecordShape> all() {
        return BY_TYPE.values();
    }

    static RecordShape of(Primitive primitive) {
        return BY_TYPE.get(primitive.getClass());
    }
}
