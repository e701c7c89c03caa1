package org.impsiwf.ssp.elements.groups;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.primitives.Content;
import org.impsiwf.ssp.primitives.GroupProperties;
import org.impsiwf.ssp.primitives.Property;
import org.impsiwf.ssp.primitives.StatusCode;

/** What is set for a group: a value for every property, in canonical form, and the welcome note. */
public record GroupSettings(Map<GroupProperty, String> values, Optional<Content> welcomeNote) {

    /** Counted by the server, so that nobody can set it. */
    private static final String ACTIVE_USERS = "ActiveUsers";

    public GroupSettings {
        Map<GroupProperty, String> all = new EnumMap<>(GroupProperty.class);
        for (GroupProperty property : GroupProperty.values()) {
            all.put(property, values.getOrDefault(property, property.byDefault()));
        }
        values = Collections.unmodifiableMap(all);
    }

    public static GroupSettings ofDefaults() {
        return new GroupSettings(Map.of(), Optional.empty());
    }

    /** SSP 16.2.13 and CSPX-11 to CSPX-16: those of a conversation that became a group. */
    static GroupSettings ofConversation(boolean history, Optional<Content> welcomeNote) {
        return new GroupSettings(
                Map.of(
                        GroupProperty.TYPE, "Public",
                        GroupProperty.ACCESS_TYPE, "Open",
                        GroupProperty.REQUIRE_INVITATION, "T",
                        GroupProperty.AUTO_DELETE, "T",
                        GroupProperty.PRIVATE_MESSAGING, "F",
                        GroupProperty.SEARCHABLE, "F",
                        GroupProperty.HISTORY, history ? "T" : "F"),
                welcomeNote);
    }

    public String value(GroupProperty property) {
        return values.get(property);
    }

    public boolean is(GroupProperty flag) {
        return "T".equals(value(flag));
    }

    public int number(GroupProperty property) {
        return Integer.parseInt(value(property));
    }

    boolean isPublic() {
        return "Public".equals(value(GroupProperty.TYPE));
    }

    AccessType access() {
        return AccessType.valueOf(value(GroupProperty.ACCESS_TYPE).toUpperCase(Locale.ROOT));
    }

    /** Who may join without being one of its administrators or moderators. */
    enum AccessType {
        OPEN,
        /** Members and invited users. */
        RESTRICTED,
        /** Nobody else. */
        CLOSED
    }

    /**
     * With some of them changed.
     *
     * @throws Refusal 806 (no such property, or not such a value) or 822 (searchable, but without name and topic)
     */
    GroupSettings with(GroupProperties changes) {
        Map<GroupProperty, String> next = new EnumMap<>(values);
        for (Property change : changes.properties()) {
            GroupProperty property =
                    GroupProperty.named(change.name()).orElseThrow(() -> invalid(change, "is unknown"));
            try {
                next.put(property, property.read(change.value()));
            } catch (IllegalArgumentException unreadable) {
                throw invalid(change, unreadable.getMessage());
            }
        }
        GroupSettings changed = new GroupSettings(next, changes.welcomeNote().or(() -> welcomeNote));
        changed.requireFindable();
        return changed;
    }

    /** @param value in canonical form */
    GroupSettings with(GroupProperty property, String value) {
        Map<GroupProperty, String> next = new EnumMap<>(values);
        next.put(property, value);
        return new GroupSettings(next, welcomeNote);
    }

    // SSP 18.7.20
    private void requireFindable() {
        if (is(GroupProperty.SEARCHABLE)
                && value(GroupProperty.NAME).isEmpty()
                && value(GroupProperty.TOPIC).isEmpty()) {
            throw Refusal.of(StatusCode.CANNOT_HAVE_SEARCHABLE_GROUP_WITHOUT_NAME_OR_TOPIC);
        }
    }

    private static Refusal invalid(Property property, String why) {
        return Refusal.of(StatusCode.INVALID_UNSUPPORTED_GROUP_PROPERTIES, "property " + property.name() + " " + why);
    }

    /** As they are told to those who ask. */
    GroupProperties toProperties(int activeUsers) {
        List<Property> all = new ArrayList<>();
        values.forEach((property, value) -> all.add(new Property(property.wireName(), value)));
        all.add(new Property(ACTIVE_USERS, String.valueOf(activeUsers)));
        return new GroupProperties(all, welcomeNote);
    }

    /** Only what differs from the former ones, for those who know these. */
    GroupProperties changesSince(GroupSettings former) {
        List<Property> changed = new ArrayList<>();
        values.forEach((property, value) -> {
            if (!value.equals(former.value(property))) {
                changed.add(new Property(property.wireName(), value));
            }
        });
        return new GroupProperties(changed, welcomeNote.equals(former.welcomeNote()) ? Optional.empty() : welcomeNote);
    }
}
