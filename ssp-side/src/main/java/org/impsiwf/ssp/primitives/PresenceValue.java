package org.impsiwf.ssp.primitives;

/** SSP 15: the presence of one user. */
public record PresenceValue(UserId userId, PresenceSubList attributes) {}
