package org.impsiwf.ssp.primitives;

import java.util.ArrayList;
import java.util.List;

/** Every primitive of SSP 1.3 that there is: the permitted records of {@link Primitive}, chapter by chapter. */
public final class Catalogue {

    private static final List<Class<? extends Primitive>> PRIMITIVES = List.copyOf(recordsOf(Primitive.class));

    private Catalogue() {}

    /** In the order of the document. */
    public static List<Class<? extends Primitive>> primitives() {
        return PRIMITIVES;
    }

    private static List<Class<? extends Primitive>> recordsOf(Class<? extends Primitive> type) {
        if (type.isRecord()) {
            return List.of(type);
        }
        List<Class<? extends Primitive>> records = new ArrayList<>();
        for (Class<?> permitted : type.getPermittedSubclasses()) {
            records.addAll(recordsOf(permitted.asSubclass(Primitive.class)));
        }
        return records;
    }
}
