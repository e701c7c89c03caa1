package org.impsiwf.ssp.primitives;

/** A property of a group, a member, a contact list or a profile. */
public record Property(
        @Element("Name") String name,
        @Element("Value") @EmptyIfAbsent String value) {}
