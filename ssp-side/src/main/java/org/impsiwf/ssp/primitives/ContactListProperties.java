package org.impsiwf.ssp.primitives;

import java.util.List;

/** SSP 14: the properties of a contact list. */
public record ContactListProperties(List<Property> properties) {
    public ContactListProperties {
        properties = List.copyOf(properties);
    }
}
