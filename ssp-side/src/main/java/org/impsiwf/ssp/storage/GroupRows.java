package org.impsiwf.ssp.storage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.ssp.elements.groups.Group;
import org.impsiwf.ssp.elements.groups.GroupProperty;
import org.impsiwf.ssp.elements.groups.GroupRole;
import org.impsiwf.ssp.elements.groups.GroupSettings;
import org.impsiwf.ssp.elements.groups.OwnSettings;
import org.impsiwf.ssp.elements.groups.Participant;
import org.impsiwf.ssp.elements.groups.Participant.Presence;
import org.impsiwf.ssp.primitives.Content;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.Octets;
import org.impsiwf.ssp.primitives.UserId;
import org.jdbi.v3.core.statement.SqlStatement;

/** Groups and participants as rows of their tables. */
final class GroupRows {

    private static final String REJECTED = "REJECTED";

    private GroupRows() {}

    /** A column per property, named as the property. */
    static String column(GroupProperty property) {
        return property.name().toLowerCase(Locale.ROOT);
    }

    static Group group(ResultSet row) throws SQLException {
        return new Group(
                new GroupId(row.getString("group_id")),
                Optional.ofNullable(row.getString("owner_id")).map(UserId::new),
                settings(row),
                row.getBoolean("conversation"),
                Instant.ofEpochMilli(row.getLong("created")),
                row.getInt("joined"),
                row.getInt("known"),
                row.getLong("names_made"),
                row.getLong("last_message"));
    }

    private static GroupSettings settings(ResultSet row) throws SQLException {
        Map<GroupProperty, String> values = new EnumMap<>(GroupProperty.class);
        for (GroupProperty property : GroupProperty.values()) {
            values.put(property, row.getString(column(property)));
        }
        return new GroupSettings(values, content(row, "welcome_type", "welcome"));
    }

    static Optional<Content> content(ResultSet row, String typeColumn, String dataColumn) throws SQLException {
        String type = row.getString(typeColumn);
        return Optional.ofNullable(row.getBytes(dataColumn))
                .map(bytes -> new Content(Optional.ofNullable(type), new Octets(bytes)));
    }

    static <S extends SqlStatement<S>> S bind(S statement, Group group) {
        Optional<Content> welcome = group.settings().welcomeNote();
        for (GroupProperty property : GroupProperty.values()) {
            statement.bind(column(property), group.settings().value(property));
        }
        return statement
                .bind("group_key", AddressKey.of(group.id()))
                .bind("group_id", group.id().value())
                .bind("owner_key", group.owner().map(AddressKey::of).orElse(null))
                .bind("owner_id", group.owner().map(UserId::value).orElse(null))
                .bind("conversation", group.conversation())
                .bind("created", group.created().toEpochMilli())
                .bind("expires", group.expires().map(Instant::toEpochMilli).orElse(null))
                .bind("joined", group.joined())
                .bind("known", group.known())
                .bind("names_made", group.namesMade())
                .bind("last_message", group.lastMessage())
                .bind("welcome_type", welcome.flatMap(Content::contentType).orElse(null))
                .bind("welcome", welcome.map(note -> note.data().bytes()).orElse(null));
    }

    static Participant participant(ResultSet row) throws SQLException {
        String standing = row.getString("standing");
        boolean rejected = standing.equals(REJECTED);
        return new Participant(
                new UserId(row.getString("user_id")),
                rejected ? GroupRole.NONE : GroupRole.valueOf(standing),
                rejected,
                row.getBoolean("invited"),
                presence(row),
                new OwnSettings(
                        row.getBoolean("show_id"), row.getBoolean("auto_join"), row.getBoolean("private_messaging")));
    }

    private static Optional<Presence> presence(ResultSet row) throws SQLException {
        String name = row.getString("screen_name");
        return name == null
                ? Optional.empty()
                : Optional.of(new Presence(
                        name,
                        row.getBoolean("subscribed"),
                        Instant.ofEpochMilli(row.getLong("since")),
                        row.getLong("after_message")));
    }

    static <S extends SqlStatement<S>> S bind(S statement, GroupId group, Participant participant) {
        Optional<Presence> presence = participant.presence();
        String name = presence.map(Presence::screenName).orElse(null);
        return statement
                .bind("group_key", AddressKey.of(group))
                .bind("user_key", AddressKey.of(participant.user()))
                .bind("user_id", participant.user().value())
                .bind(
                        "standing",
                        participant.rejected() ? REJECTED : participant.role().name())
                .bind("invited", participant.invited())
                .bind("screen_key", name == null ? null : AddressKey.of(name))
                .bind("screen_name", name)
                .bind("subscribed", presence.filter(Presence::subscribed).isPresent())
                .bind("since", presence.map(p -> p.since().toEpochMilli()).orElse(0L))
                .bind("after_message", presence.map(Presence::afterMessage).orElse(0L))
                .bind("show_id", participant.own().showId())
                .bind("auto_join", participant.own().autoJoin())
                .bind("private_messaging", participant.own().privateMessaging());
    }

    static String rejected() {
        return REJECTED;
    }
}
