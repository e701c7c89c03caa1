package org.impsiwf.ssp.primitives;

/** A name for people. */
@Element("Name")
public record DisplayName(@Text String name) implements Displayed {}
