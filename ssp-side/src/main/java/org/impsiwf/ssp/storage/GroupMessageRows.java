package org.impsiwf.ssp.storage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.elements.GroupHistory.Page;
import org.impsiwf.ssp.elements.groups.GroupStore.Kept;
import org.impsiwf.ssp.primitives.Content;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.MessageId;
import org.impsiwf.ssp.primitives.MessageInfo;
import org.impsiwf.ssp.primitives.MessageInfo.Recipient;
import org.impsiwf.ssp.primitives.MessageInfo.Sender;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.UserId;
import org.jdbi.v3.core.Handle;

/** The messages of a group's history as rows. */
final class GroupMessageRows {

    private static final String SELECT =
            "SELECT m.*, g.group_id FROM group_message m JOIN imps_group g ON g.group_key = m.group_key WHERE ";

    private GroupMessageRows() {}

    static void insert(Handle handle, String groupKey, long number, SendMessageRequest message) {
        MessageInfo info = message.messageInfo();
        Optional<Content> content = message.content();
        handle.createUpdate("INSERT INTO group_message (group_key, number, message_id, service_id, sender_id,"
                        + " sender_name, sent_at, uri, content_type, content_name, content_size, data_type, data)"
                        + " VALUES (:group, :number, :message, :service, :sender, :name, :at, :uri, :type, :contentName,"
                        + " :size, :dataType, :data) ON CONFLICT DO NOTHING")
                .bind("group", groupKey)
                .bind("number", number)
                .bind(
                        "message",
                        AddressKey.bounded(info.messageId().orElseThrow().value()))
                .bind("service", message.metaInformation().serviceId().value())
                .bind("sender", message.metaInformation().userId().orElseThrow().value())
                .bind("name", screenName(info))
                .bind("at", info.dateTime().orElseThrow().toEpochMilli())
                .bind("uri", info.messageUri().orElse(null))
                .bind("type", info.contentType().orElse(null))
                .bind("contentName", info.contentName().orElse(null))
                .bind("size", info.contentSize().orElse(null))
                .bind("dataType", content.flatMap(Content::contentType).orElse(null))
                .bind("data", content.map(c -> c.data().bytes()).orElse(null))
                .execute();
    }

    private static String screenName(MessageInfo info) {
        return info.sender().flatMap(Sender::display).stream()
                .filter(ScreenName.class::isInstance)
                .map(display -> ((ScreenName) display).name())
                .findFirst()
                .orElseThrow();
    }

    static Page page(Handle handle, GroupId group, long after, int atMost) {
        String key = AddressKey.of(group);
        int total = handle.select("SELECT COUNT(*) FROM group_message WHERE group_key = ? AND number > ?", key, after)
                .mapTo(Integer.class)
                .one();
        List<SendMessageRequest> newestFirst = handle.select(
                        SELECT + "m.group_key = ? AND m.number > ? ORDER BY m.number DESC LIMIT ?", key, after, atMost)
                .map((row, context) -> kept(row).message())
                .list();
        return new Page(newestFirst.reversed(), total);
    }

    static List<Kept> withId(Handle handle, String messageId) {
        return handle.select(SELECT + "m.message_id = ?", messageId)
                .map((row, context) -> kept(row))
                .list();
    }

    private static Kept kept(ResultSet row) throws SQLException {
        GroupId group = new GroupId(row.getString("group_id"));
        long size = row.getLong("content_size");
        MessageInfo info = new MessageInfo(
                Optional.of(new MessageId(row.getString("message_id"))),
                Optional.ofNullable(row.getString("uri")),
                Optional.ofNullable(row.getString("content_type")),
                Optional.ofNullable(row.getString("content_name")),
                row.getObject("content_size") == null ? Optional.empty() : Optional.of(size),
                Optional.empty(),
                List.of(new Recipient(group)),
                Optional.of(new Sender(group, Optional.of(ScreenName.in(group, row.getString("sender_name"))))),
                Optional.of(Instant.ofEpochMilli(row.getLong("sent_at"))));
        MetaInformation meta = MetaInformation.ofUser(
                new ServiceId(row.getString("service_id")), new UserId(row.getString("sender_id")));
        SendMessageRequest message = new SendMessageRequest(
                meta, /* deliveryReportRequest= */ false, info, GroupRows.content(row, "data_type", "data"));
        return new Kept(group, row.getLong("number"), message);
    }
}
