package org.impsiwf.ssp.codec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import org.impsiwf.ssp.primitives.Octets;

/** What one element holds: which of its attributes, text and children go to which slot of the record around. */
final class ElementShape {

    /** An attribute as it is written. */
    record Attribute(Slot slot, String name, byte[] start) {
        Attribute(Slot slot, String name) {
            this(slot, name, XmlOutput.bytes(" " + name + "=\""));
        }
    }

    private final Tag tag;
    private final List<Attribute> attributes = new ArrayList<>();
    private final List<Child> children = new ArrayList<>();
    private final Map<String, Slot> attributesByName = new HashMap<>();
    private final Map<String, Child> childrenByName = new HashMap<>();
    private Slot text;
    private Slot textFallback;
    private Slot pairs;
    private boolean keptWhenEmpty;
    private OptionalInt unknownChild = OptionalInt.empty();

    ElementShape(Tag tag) {
        this.tag = tag;
    }

    Tag tag() {
        return tag;
    }

    void addAttribute(Slot slot, String name) {
        attributes.add(new Attribute(slot, name));
        readAttribute(name, slot);
    }

    void addText(Slot slot) {
        text = slot;
    }

    /** The text stands in for this attribute when it is missing. */
    void addTextFallback(Slot slot) {
        textFallback = slot;
    }

    /** The text lists what these are in the notation of SSP 11.1. */
    void addPairs(Slot slot) {
        pairs = slot;
    }

    void addChild(Child child, String... names) {
        children.add(child);
        for (String name : names) {
            readChild(name, child);
        }
        keptWhenEmpty |= child.slot() != null && child.slot().keepsEmptyParent();
    }

    /** A child that nobody here knows is refused with this status. */
    void refuseUnknownChildren(int statusCode) {
        unknownChild = OptionalInt.of(statusCode);
    }

    /** A further name under which a child is read; the first one given keeps it. */
    void readChild(String name, Child child) {
        childrenByName.putIfAbsent(name.toLowerCase(Locale.ROOT), child);
        childrenByName.putIfAbsent(name, childrenByName.get(name.toLowerCase(Locale.ROOT)));
    }

    void readAttribute(String name, Slot slot) {
        attributesByName.putIfAbsent(name.toLowerCase(Locale.ROOT), slot);
        attributesByName.putIfAbsent(name, attributesByName.get(name.toLowerCase(Locale.ROOT)));
    }

    /** From now on a child of that name is read like this. */
    void readChildAs(String name, Child child) {
        childrenByName.put(name.toLowerCase(Locale.ROOT), child);
        childrenByName.put(name, child);
    }

    boolean knowsChild(String name) {
        return childrenByName.containsKey(name.toLowerCase(Locale.ROOT));
    }

    List<Attribute> attributes() {
        return attributes;
    }

    List<Child> children() {
        return children;
    }

    /** Every name that is read in here, down to the elements of this record. */
    void collectNames(Set<String> names) {
        names.addAll(attributesByName.keySet());
        names.addAll(childrenByName.keySet());
        for (Child child : children) {
            switch (child) {
                case Child.Group group -> group.element().collectNames(names);
                case Child.NamesChild constants -> constants.tags().values().forEach(tag -> names.add(tag.name()));
                case Child.TextChild text -> names.addAll(text.fixedName());
                default -> {
                    // Structures are collected as records of their own.
                }
            }
        }
    }

    /** The element around further components, made when it is first named. */
    ElementShape group(String name) {
        for (Child child : children) {
            if (child instanceof Child.Group group && group.element().tag.name().equals(name)) {
                return group.element();
            }
        }
        ElementShape element = new ElementShape(new Tag(name));
        addChild(new Child.Group(element), name);
        return element;
    }

    /** Reads the element that has just started, to its end. */
    void read(XmlInput in, Object[] values, Reading reading) {
        boolean base64 = readAttributes(in, values, reading);
        boolean wantsText = text != null || textFallback != null || pairs != null;
        TextValue.Pieces pieces = wantsText ? new TextValue.Pieces() : null;
        while (true) {
            switch (in.next()) {
                case XMLStreamConstants.START_ELEMENT -> readChild(in, values, reading);
                case XMLStreamConstants.END_ELEMENT -> {
                    if (wantsText) {
                        putText(pieces.joined(), base64, values, reading);
                    }
                    return;
                }
                case XMLStreamConstants.END_DOCUMENT -> throw new XmlInput.Malformed("truncated");
                default -> {
                    if (wantsText) {
                        pieces.add(in);
                    }
                }
            }
        }
    }

    void readChild(XmlInput in, Object[] values, Reading reading) {
        String name = in.name();
        Child child = named(childrenByName, name);
        if (child == null) {
            if (unknownChild.isPresent()) {
                throw new Refusal(name, "is unknown", unknownChild.getAsInt());
            }
            reading.skip(in);
            return;
        }
        try {
            child.read(in, values, reading);
        } catch (Refusal refusal) {
            throw refusal.within(name);
        }
    }

    private static <T> T named(Map<String, T> byName, String name) {
        T exact = byName.get(name);
        return exact != null ? exact : byName.get(name.toLowerCase(Locale.ROOT));
    }

    /** Returns whether the text of this element is base64. */
    private boolean readAttributes(XmlInput in, Object[] values, Reading reading) {
        boolean base64 = false;
        for (int i = 0; i < in.attributeCount(); i++) {
            String name = in.attributeName(i);
            Slot slot = named(attributesByName, name);
            if (slot != null) {
                readAttribute(name, slot, in.attributeValue(i), values, reading);
            } else if (text != null && name.equals(TextValue.ENCODING)) {
                base64 = TextValue.isBase64(in.attributeValue(i), reading);
            }
        }
        return base64;
    }

    /** An empty attribute says the same as none. */
    private static void readAttribute(String name, Slot slot, String value, Object[] values, Reading reading) {
        if (value.isBlank()) {
            return;
        }
        try {
            Object read = reading.value(slot, value);
            if (read != null) {
                slot.put(values, read);
            }
        } catch (Refusal refusal) {
            throw refusal.within("@" + name);
        }
    }

    private void putText(String read, boolean base64, Object[] values, Reading reading) {
        if (text != null) {
            TextValue.put(text, read, base64, values, reading);
        } else if (pairs != null) {
            NameValuePairs.read(read).forEach(pair -> pairs.put(values, pair));
        } else if (!textFallback.isIn(values) && !read.isBlank()) {
            TextValue.put(textFallback, read, false, values, reading);
        }
    }

    void writeUnlessEmpty(Object owner, XmlOutput out, Dialect dialect) {
        int before = out.position();
        tag.open(out);
        int opened = out.position();
        int content = writeAttributes(owner, out, dialect);
        writeContent(owner, out, dialect);
        if (out.position() == content && content == opened + 1 && !keptWhenEmpty) {
            out.reset(before);
        } else {
            tag.close(out, content);
        }
    }

    /** Writes attributes and the end of the start tag; returns where the content begins. */
    int writeAttributes(Object owner, XmlOutput out, Dialect dialect) {
        for (Attribute attribute : attributes) {
            Object value = attribute.slot.of(owner);
            if (value != null || attribute.slot.blank()) {
                out.raw(attribute.start);
                if (value != null) {
                    out.attributeText(attribute.slot.scalar().write(value, Scalar.Place.ATTRIBUTE, dialect));
                }
                out.raw('"');
            }
        }
        if (text != null && text.type() == Octets.class) {
            out.raw(TextValue.BASE64_ATTRIBUTE);
        }
        return Tag.content(out);
    }

    void writeContent(Object owner, XmlOutput out, Dialect dialect) {
        if (text != null) {
            Object value = text.of(owner);
            if (value != null) {
                TextValue.write(value, text, out, dialect);
            }
        }
        for (Child child : children) {
            child.write(owner, out, dialect);
        }
    }
}
