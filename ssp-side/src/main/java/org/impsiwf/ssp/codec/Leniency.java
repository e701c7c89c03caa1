package org.impsiwf.ssp.codec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.impsiwf.ssp.primitives.Property;

/**
 * What we read beyond what we write, since the wire names of many elements are derived: an attribute as a child element
 * and the reverse, a list with or without the element around it, a user as {@code User} or {@code UserID}.
 */
final class Leniency {

    private static final String USER = "User";
    private static final String USER_ID = "UserID";
    private static final String LIST = "List";
    private static final String RESPONDING = "Responding";

    private Leniency() {}

    static void addTo(ElementShape element) {
        for (Child child : List.copyOf(element.children())) {
            if (child instanceof Child.Group group) {
                addTo(group.element());
            }
        }
        userUnderBothNames(element);
        attributesAsChildren(element);
        textChildrenAsAttributes(element);
        listsInAWrapper(element);
        groupedWithoutWrapper(element);
        pairsAsText(element);
    }

    private static void pairsAsText(ElementShape element) {
        for (Child child : element.children()) {
            if (child instanceof Child.RecordChild item
                    && item.shape().type() == Property.class
                    && item.slot().cardinality() == Slot.Cardinality.LIST) {
                element.addPairs(item.slot());
            }
        }
    }

    /** E-38: each {@code Responding} with its {@code ResponseNote} is the answer of one user. */
    static void answersRepeated(ElementShape primitive, Map<String, Slot> slots) {
        for (Child child : List.copyOf(primitive.children())) {
            if (child instanceof Child.Group group
                    && group.element().tag().name().equals(RESPONDING)) {
                primitive.readChildAs(
                        RESPONDING,
                        new Child.Responding(
                                group,
                                slots.get("inviteAcceptance"),
                                slots.get("respondingUser"),
                                slots.get("furtherAnswers")));
            } else if (child instanceof Child.TextChild note && note.slot().equals(slots.get("inviteResponse"))) {
                primitive.readChildAs(note.tag().name(), new Child.ResponseNote(note, slots.get("furtherAnswers")));
            }
        }
    }

    private static void userUnderBothNames(ElementShape element) {
        for (Child child : element.children()) {
            if (child instanceof Child.RecordChild written) {
                String name = written.tag().name();
                if (name.equals(USER) && !element.knowsChild(USER_ID)) {
                    element.readChild(USER_ID, child);
                } else if (name.equals(USER_ID) && !element.knowsChild(USER)) {
                    element.readChild(USER, child);
                }
            }
        }
    }

    static void userUnderBothNames(Map<String, RecordShape> choice) {
        String user = USER.toLowerCase(Locale.ROOT);
        String userId = USER_ID.toLowerCase(Locale.ROOT);
        if (choice.containsKey(user)) {
            choice.putIfAbsent(userId, choice.get(user));
        } else if (choice.containsKey(userId)) {
            choice.put(user, choice.get(userId));
        }
    }

    private static void attributesAsChildren(ElementShape element) {
        for (ElementShape.Attribute attribute : element.attributes()) {
            if (!element.knowsChild(attribute.name())) {
                element.readChild(attribute.name(), new Child.StrayAttribute(attribute.slot(), attribute.name()));
            }
        }
    }

    private static void textChildrenAsAttributes(ElementShape element) {
        for (Child child : element.children()) {
            if (child instanceof Child.TextChild text && text.slot().scalar() != null) {
                element.readAttribute(text.tag().name(), text.slot());
            }
        }
    }

    private static void listsInAWrapper(ElementShape element) {
        for (Child child : element.children()) {
            if (child instanceof Child.RecordChild item
                    && item.slot().cardinality() == Slot.Cardinality.LIST
                    && !element.knowsChild(item.tag().name() + LIST)) {
                element.readChild(item.tag().name() + LIST, new Child.Transparent(element));
            }
        }
    }

    /** Only where one group alone can be meant. */
    private static void groupedWithoutWrapper(ElementShape element) {
        Map<String, List<Child>> claims = new HashMap<>();
        for (Child child : element.children()) {
            if (child instanceof Child.Group group) {
                for (Child item : group.element().children()) {
                    if (item instanceof Child.RecordChild structure
                            && structure.slot().cardinality() == Slot.Cardinality.LIST) {
                        claims.computeIfAbsent(structure.tag().name(), name -> new ArrayList<>())
                                .add(item);
                    }
                }
            }
        }
        claims.forEach((name, children) -> {
            if (children.size() == 1 && !element.knowsChild(name)) {
                element.readChild(name, children.getFirst());
            }
        });
    }
}
