package org.impsiwf.ssp.primitives;

import java.util.List;
import java.util.Optional;

/** SSP 17: the properties of a group. */
public record GroupProperties(
        List<Property> properties, @In("WelcomeNote") Optional<Content> welcomeNote) {
    public GroupProperties {
        properties = List.copyOf(properties);
    }
}
