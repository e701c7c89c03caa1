package org.impsiwf.ssp.primitives;

import java.util.List;

/** SSP 17: the properties of one member in a group. */
public record OwnProperties(List<Property> properties) {
    public OwnProperties {
        properties = List.copyOf(properties);
    }
}
