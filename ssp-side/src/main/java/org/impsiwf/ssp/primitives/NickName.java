package org.impsiwf.ssp.primitives;

/** SSP 14: a member of a contact list under the name that its owner gave it. */
public record NickName(
        @Element("Name") String name, @Element("UserID") UserId userId) implements NickListEntry {}
