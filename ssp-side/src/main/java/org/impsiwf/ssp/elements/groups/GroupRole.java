package org.impsiwf.ssp.elements.groups;

/** What somebody is in a group's member list, from nothing upwards (SSP 17.1.7, 17.1.10). */
public enum GroupRole {
    NONE("User"),
    ORDINARY("User"),
    MODERATOR("Mod"),
    ADMINISTRATOR("Admin");

    private final String wireName;

    GroupRole(String wireName) {
        this.wireName = wireName;
    }

    String wireName() {
        return wireName;
    }

    boolean isAtLeast(GroupRole other) {
        return compareTo(other) >= 0;
    }
}
