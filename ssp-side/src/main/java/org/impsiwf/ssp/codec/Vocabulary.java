package org.impsiwf.ssp.codec;

import java.util.HashSet;
import java.util.Set;

/** Every name that SSP has for elements and attributes, as we write it. */
final class Vocabulary {

    static final Set<String> NAMES = names();

    private Vocabulary() {}

    /** Makes all shapes now, and not on the thread that reads the first message. */
    static void prepare() {
        // Loading this class has done it.
    }

    private static Set<String> names() {
        Set<String> names = new HashSet<>(Set.of(
                "",
                EnvelopeReader.ROOT,
                EnvelopeReader.SESSION,
                EnvelopeReader.SET_UP,
                EnvelopeReader.TRANSACTION,
                EnvelopeReader.SESSION_ID,
                EnvelopeReader.TRANSACTION_ID,
                EnvelopeReader.MODE,
                TextValue.ENCODING));
        for (RecordShape shape : Shapes.all()) {
            names.add(shape.tag().name());
            shape.element().collectNames(names);
        }
        return names;
    }
}
