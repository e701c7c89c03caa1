package org.impsiwf.ssp.storage;

import java.util.List;
import java.util.stream.Collectors;

/** How a participant's one row is written. */
final class ParticipantSql {

    private static final List<String> COLUMNS = List.of(
            "user_id",
            "standing",
            "invited",
            "screen_key",
            "screen_name",
            "subscribed",
            "since",
            "after_message",
            "show_id",
            "auto_join",
            "private_messaging");

    static final String INSERT = "INSERT INTO group_participant (group_key, user_key, " + String.join(", ", COLUMNS)
            + ") VALUES (:group_key, :user_key, "
            + COLUMNS.stream().map(":"::concat).collect(Collectors.joining(", ")) + ")";

    static final String UPDATE = "UPDATE group_participant SET "
            + COLUMNS.stream().map(column -> column + " = :" + column).collect(Collectors.joining(", "))
            + " WHERE group_key = :group_key AND user_key = :user_key";

    private ParticipantSql() {}
}
