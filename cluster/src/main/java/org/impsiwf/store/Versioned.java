package org.impsiwf.store;

/**
 * A stored value and the version to name when saving over it.
 *
 * @param version greater than {@link Store#ABSENT}; grows with every save of the same key
 */
public record Versioned<V>(long version, V value) {}
