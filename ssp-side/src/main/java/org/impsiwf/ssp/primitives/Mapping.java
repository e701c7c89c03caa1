package org.impsiwf.ssp.primitives;

import java.util.Optional;

/** SSP 17.1.6: a screen name and the user behind it, who may be hidden. */
public record Mapping(
        @Element("SName") String screenName,
        @Element("UserID") Optional<UserId> userId) {}
