package org.impsiwf.ssp.primitives;

import java.util.List;

/** The presence attributes that somebody asks for or may see; none named means all. */
@Element("AttributeList")
public record PresenceAttributeList(
        @In("PresenceSubList") @Mandatory(mayBeEmpty = true) @Unknown(750)
        List<PresenceAttribute> attributes) {
    public PresenceAttributeList {
        attributes = List.copyOf(attributes);
    }
}
