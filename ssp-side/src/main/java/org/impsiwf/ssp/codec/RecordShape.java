package org.impsiwf.ssp.codec;

import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Locale;
import org.impsiwf.ssp.primitives.InvalidPrimitiveException;

/** A record type as the codec sees it: made once per type from its components, then only looked up. */
final class RecordShape {

    private final Class<?> type;
    private final Tag tag;
    private final byte[] namespace;
    private final ElementShape element;
    private final Slot[] slots;
    private final MethodHandle constructor;

    RecordShape(Class<?> type, ElementShape element, List<Slot> slots, byte[] namespace) {
        this.type = type;
        this.tag = element.tag();
        this.namespace = namespace;
        this.element = element;
        this.slots = slots.toArray(Slot[]::new);
        this.constructor = Handles.constructor(type);
    }

    Class<?> type() {
        return type;
    }

    Tag tag() {
        return tag;
    }

    ElementShape element() {
        return element;
    }

    List<Slot> slots() {
        return List.of(slots);
    }

    /** Reads the element that has just started, to its end. */
    Object read(XmlInput in, Reading reading) {
        Object[] values = new Object[slots.length];
        element.read(in, values, reading);
        for (Slot slot : slots) {
            values[slot.index()] = slot.finished(values, reading);
        }
        try {
            return Handles.construct(constructor, values);
        } catch (InvalidPrimitiveException e) {
            throw new Refusal(pathOf(e.element()), e.getMessage(), e.statusCode());
        }
    }

    void write(Object value, Tag as, XmlOutput out, Dialect dialect) {
        as.open(out);
        if (dialect.syntax().presenceNamespace()) {
            out.raw(namespace);
        }
        int content = element.writeAttributes(value, out, dialect);
        element.writeContent(value, out, dialect);
        as.close(out, content);
    }

    private String pathOf(String informationElement) {
        String name = Names.plain(informationElement);
        for (Slot slot : slots) {
            if (slot.name().toLowerCase(Locale.ROOT).equals(name)) {
                return slot.wirePath();
            }
        }
        return "";
    }
}
