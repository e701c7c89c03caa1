package org.impsiwf.ssp.elements.groups;

import java.util.List;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.primitives.OwnProperties;
import org.impsiwf.ssp.primitives.Property;
import org.impsiwf.ssp.primitives.StatusCode;

/**
 * What a user decides on for itself in one group.
 *
 * @param showId whether others may learn the User-ID behind the screen name
 * @param autoJoin whether it wants to be found as one who always joins (GROUP_USER_ID_AUTOJOIN)
 * @param privateMessaging whether others may whisper to it
 */
public record OwnSettings(boolean showId, boolean autoJoin, boolean privateMessaging) {

    private static final String PRIVILEGE_LEVEL = "PrivilegeLevel";

    public static OwnSettings ofDefaults() {
        return new OwnSettings(/* showId= */ false, /* autoJoin= */ false, /* privateMessaging= */ true);
    }

    /** @throws Refusal 806: no such property, not such a value, or the level, which others decide on */
    OwnSettings with(OwnProperties changes) {
        OwnSettings next = this;
        for (Property change : changes.properties()) {
            try {
                next = next.with(
                        change.name(), "T".equals(Values.flag(change.value().strip())));
            } catch (IllegalArgumentException unreadable) {
                throw Refusal.of(
                        StatusCode.INVALID_UNSUPPORTED_GROUP_PROPERTIES,
                        "own property " + change.name() + " " + unreadable.getMessage());
            }
        }
        return next;
    }

    private OwnSettings with(String name, boolean value) {
        return switch (name) {
            case "ShowID" -> new OwnSettings(value, autoJoin, privateMessaging);
            case "AutoJoin" -> new OwnSettings(showId, value, privateMessaging);
            case "PrivateMessaging" -> new OwnSettings(showId, autoJoin, value);
            default -> throw new IllegalArgumentException("is not one that the user sets");
        };
    }

    OwnProperties toProperties(GroupRole role) {
        return new OwnProperties(List.of(
                new Property(PRIVILEGE_LEVEL, role.wireName()),
                new Property("ShowID", flag(showId)),
                new Property("AutoJoin", flag(autoJoin)),
                new Property("PrivateMessaging", flag(privateMessaging))));
    }

    /** What somebody is told whose level others have changed. */
    static OwnProperties levelOnly(GroupRole role) {
        return new OwnProperties(List.of(new Property(PRIVILEGE_LEVEL, role.wireName())));
    }

    private static String flag(boolean value) {
        return value ? "T" : "F";
    }
}
