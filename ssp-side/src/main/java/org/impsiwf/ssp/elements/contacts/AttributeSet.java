package org.impsiwf.ssp.elements.contacts;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.impsiwf.ssp.primitives.PresenceAttribute;
import org.impsiwf.ssp.primitives.PresenceAttributeList;

/**
 * Some presence attributes.
 *
 * @param bits one per attribute in the order of {@link PresenceAttribute}, as they are stored: new attributes are added at
 *     its end
 */
public record AttributeSet(int bits) {

    private static final List<PresenceAttribute> IN_ORDER = List.of(PresenceAttribute.values());

    public static final AttributeSet NONE = new AttributeSet(0);
    public static final AttributeSet ALL = of(IN_ORDER);

    public static AttributeSet of(Collection<PresenceAttribute> attributes) {
        int bits = 0;
        for (PresenceAttribute attribute : attributes) {
            bits |= bit(attribute);
        }
        return new AttributeSet(bits);
    }

    public static AttributeSet of(PresenceAttribute... attributes) {
        return of(Arrays.asList(attributes));
    }

    /** What a request asks for: an empty list means everything (SSP 15.2.1.1.1). */
    public static AttributeSet asked(PresenceAttributeList list) {
        return list.attributes().isEmpty() ? ALL : of(list.attributes());
    }

    public boolean isEmpty() {
        return bits == 0;
    }

    public boolean contains(PresenceAttribute attribute) {
        return (bits & bit(attribute)) != 0;
    }

    public AttributeSet plus(AttributeSet other) {
        return new AttributeSet(bits | other.bits);
    }

    public AttributeSet minus(AttributeSet other) {
        return new AttributeSet(bits & ~other.bits);
    }

    public AttributeSet and(AttributeSet other) {
        return new AttributeSet(bits & other.bits);
    }

    public List<PresenceAttribute> attributes() {
        return IN_ORDER.stream().filter(this::contains).toList();
    }

    public PresenceAttributeList toList() {
        return new PresenceAttributeList(attributes());
    }

    private static int bit(PresenceAttribute attribute) {
        return 1 << IN_ORDER.indexOf(attribute);
    }
}
