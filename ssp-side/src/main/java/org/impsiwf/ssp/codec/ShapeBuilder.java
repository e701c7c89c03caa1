package org.impsiwf.ssp.codec;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.impsiwf.ssp.primitives.Also;
import org.impsiwf.ssp.primitives.Fixed;
import org.impsiwf.ssp.primitives.Flag;
import org.impsiwf.ssp.primitives.In;
import org.impsiwf.ssp.primitives.Namespace;
import org.impsiwf.ssp.primitives.Octets;
import org.impsiwf.ssp.primitives.Reference;
import org.impsiwf.ssp.primitives.Text;
import org.impsiwf.ssp.primitives.Unknown;
import org.impsiwf.ssp.primitives.Within;

/** Makes the shape of one record type from its components and their annotations. */
final class ShapeBuilder {

    private static final byte[] NOTHING = {};

    private final Class<?> type;
    private final Function<Class<?>, RecordShape> shapes;
    private final ElementShape root;
    private final List<Slot> slots = new ArrayList<>();

    private ShapeBuilder(Class<?> type, Function<Class<?>, RecordShape> shapes) {
        this.type = type;
        this.shapes = shapes;
        this.root = new ElementShape(new Tag(Names.element(type)));
    }

    /** @param shapes gives the shapes of the types within */
    static RecordShape build(Class<?> type, Function<Class<?>, RecordShape> shapes) {
        ShapeBuilder builder = new ShapeBuilder(type, shapes);
        RecordComponent[] components = type.getRecordComponents();
        for (int i = 0; i < components.length; i++) {
            builder.add(components[i], i);
        }
        Leniency.addTo(builder.root);
        Map<String, Slot> byName = builder.slots.stream().collect(Collectors.toMap(Slot::name, Function.identity()));
        if (byName.containsKey("furtherAnswers")) {
            Leniency.answersRepeated(builder.root, byName);
        }
        Namespace namespace = type.getAnnotation(Namespace.class);
        byte[] declaration = namespace == null ? NOTHING : XmlOutput.bytes(" xmlns=\"" + namespace.value() + "\"");
        return new RecordShape(type, builder.root, builder.slots, declaration);
    }

    private void add(RecordComponent component, int index) {
        In path = component.getAnnotation(In.class);
        ElementShape parent = path == null ? root : group(path.value(), component);
        String around = path == null ? "" : path.value() + "/";
        SlotType slotType = SlotType.of(component);
        if (component.isAnnotationPresent(Text.class)) {
            parent.addText(slot(component, index, slotType, around));
        } else if (component.isAnnotationPresent(Flag.class)) {
            String name = Names.flag(component);
            parent.addChild(new Child.FlagChild(slot(component, index, slotType, around + name), new Tag(name)), name);
        } else if (slotType.isNames()) {
            addNames(component, parent, slot(component, index, slotType, around));
        } else if (slotType.isText()) {
            addScalar(component, index, slotType, parent, around);
        } else if (slotType.type().isSealed()) {
            addChoice(component, index, slotType, parent, around);
        } else {
            addStructure(component, index, slotType, parent, around);
        }
    }

    private ElementShape group(String path, RecordComponent component) {
        ElementShape at = root;
        for (String name : path.split("/")) {
            ElementShape inner = at.group(name);
            Also also = component.getAnnotation(Also.class);
            if (also != null && at == root) {
                for (String other : also.value()) {
                    root.readChild(other, new Child.Group(inner));
                }
            }
            at = inner;
        }
        return at;
    }

    private Slot slot(RecordComponent component, int index, SlotType slotType, String wirePath) {
        Slot slot = slotType.slot(component, index, wirePath);
        slots.add(slot);
        return slot;
    }

    private void addScalar(
            RecordComponent component, int index, SlotType slotType, ElementShape parent, String around) {
        boolean asElement = Names.element(component) != null
                || slotType.cardinality() == Slot.Cardinality.LIST
                || slotType.type() == Octets.class;
        if (!asElement) {
            addAttribute(component, index, slotType, parent, around);
        } else if (slotType.type().isAnnotationPresent(Reference.class)) {
            addStructure(component, index, slotType, parent, around);
        } else {
            String name = Names.element(component);
            Slot slot = slot(component, index, slotType, around + name);
            addChild(component, parent, new Child.TextChild(slot, new Tag(name), fixed(component, slotType)), name);
        }
    }

    private void addAttribute(
            RecordComponent component, int index, SlotType slotType, ElementShape parent, String around) {
        Reference reference = type.getAnnotation(Reference.class);
        boolean refers = reference != null && index == 0;
        String name = refers ? reference.attribute() : Names.attribute(component);
        Slot slot = slot(component, index, slotType, around + "@" + name);
        parent.addAttribute(slot, name);
        if (refers) {
            parent.addTextFallback(slot);
        }
        Also also = component.getAnnotation(Also.class);
        if (also != null) {
            for (String other : also.value()) {
                parent.readAttribute(other, slot);
            }
        }
    }

    private void addStructure(
            RecordComponent component, int index, SlotType slotType, ElementShape parent, String around) {
        RecordShape shape = shapes.apply(slotType.type());
        String said = Names.element(component);
        Tag tag = said == null ? shape.tag() : new Tag(said);
        Slot slot = slot(component, index, slotType, around + tag.name());
        addChild(component, parent, new Child.RecordChild(slot, tag, shape), tag.name());
    }

    private static void addChild(RecordComponent component, ElementShape parent, Child child, String name) {
        parent.addChild(child, name);
        Also also = component.getAnnotation(Also.class);
        if (also != null && !component.isAnnotationPresent(In.class)) {
            for (String other : also.value()) {
                parent.readChild(other, child);
            }
        }
        Within within = component.getAnnotation(Within.class);
        if (within != null) {
            for (String around : within.value()) {
                parent.readChild(around, new Child.Transparent(parent));
            }
        }
    }

    private void addChoice(
            RecordComponent component, int index, SlotType slotType, ElementShape parent, String around) {
        Map<String, RecordShape> byElement = new LinkedHashMap<>();
        Map<Class<?>, RecordShape> byType = new HashMap<>();
        for (Class<?> option : slotType.type().getPermittedSubclasses()) {
            RecordShape shape = shapes.apply(option);
            byElement.put(shape.tag().name().toLowerCase(Locale.ROOT), shape);
            byType.put(option, shape);
        }
        Leniency.userUnderBothNames(byElement);
        String path = around.isEmpty() ? "" : around.substring(0, around.length() - 1);
        Slot slot = slot(component, index, slotType, path);
        parent.addChild(
                new Child.ChoiceChild(slot, byElement, byType),
                byElement.keySet().toArray(String[]::new));
    }

    private static void addNames(RecordComponent component, ElementShape parent, Slot slot) {
        Map<String, Object> byElement = Scalars.constantsByName(slot.type());
        Map<Object, Tag> tags = new HashMap<>();
        for (Object constant : slot.type().getEnumConstants()) {
            tags.put(constant, new Tag(Scalars.literal(constant)));
        }
        parent.addChild(
                new Child.NamesChild(slot, byElement, tags), byElement.keySet().toArray(String[]::new));
        Unknown unknown = component.getAnnotation(Unknown.class);
        if (unknown != null) {
            parent.refuseUnknownChildren(unknown.value());
        }
    }

    private static byte[] fixed(RecordComponent component, SlotType slotType) {
        if (slotType.type() == Octets.class) {
            return TextValue.BASE64_ATTRIBUTE;
        }
        Fixed said = component.getAnnotation(Fixed.class);
        return said == null ? NOTHING : XmlOutput.bytes(" " + said.attribute() + "=\"" + said.value() + "\"");
    }
}
