package org.impsiwf.testkit.flow;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.impsiwf.ssp.primitives.Addressee;
import org.impsiwf.ssp.primitives.Content;
import org.impsiwf.ssp.primitives.ExtendConversationId;
import org.impsiwf.ssp.primitives.ImPrimitive;
import org.impsiwf.ssp.primitives.ImPrimitive.DeliveryStatusReport;
import org.impsiwf.ssp.primitives.ImPrimitive.ExtendConversationRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.ExtendConversationResponse;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageResponse;
import org.impsiwf.ssp.primitives.MessageId;
import org.impsiwf.ssp.primitives.MessageInfo;
import org.impsiwf.ssp.primitives.Octets;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.User;

/** Messages, their reports and the extension of a conversation (SSP 16) as lines, both ways. */
final class MessageLines {

    private static final Instant SENT = Instant.parse("2026-01-01T00:00:00Z");

    private MessageLines() {}

    /** What a peer sends; empty when the line is none of these. */
    static Optional<ImPrimitive> request(FlowMessage m, ServiceId peer) {
        return Optional.ofNullable(
                switch (m.name()) {
                    case "SendMessageRequest" -> message(m, peer);
                    case "DeliveryStatusReport" -> report(m, peer);
                    case "ExtendConversationRequest" -> extend(m, peer);
                    case "ExtendConversationResponse" ->
                        new ExtendConversationResponse(
                                SspWords.ofServer(peer),
                                extension(m),
                                SspWords.group(m),
                                Optional.ofNullable(m.fields().get("note")),
                                Status.of(Integer.parseInt(m.field("result", "200"))));
                    default -> null;
                });
    }

    private static SendMessageRequest message(FlowMessage m, ServiceId peer) {
        List<MessageInfo.Recipient> recipients = Arrays.stream(
                        m.field("to", "alice").split(","))
                .map(name -> new MessageInfo.Recipient(SspWords.addressee(m, name)))
                .toList();
        Words.Content body = Words.body(m, "", "");
        return new SendMessageRequest(
                SspWords.userMeta(m, peer),
                m.field("report", "no").equals("yes"),
                info(m, recipients, sender(m), body.type()),
                Optional.of(new Content(Optional.of(body.type()), new Octets(body.bytes()))));
    }

    /** What somebody says in a group comes from the group, by the screen name (SSP 16.2.1); to one member, from the screen name. */
    private static MessageInfo.Sender sender(FlowMessage m) {
        String from = m.field("from", "bob");
        if (!from.startsWith("~")) {
            return MessageInfo.Sender.of(User.of(Words.impsUser(from)));
        }
        ScreenName name = ScreenName.in(SspWords.group(m), from.substring(1));
        return SspWords.yes(m, "private")
                ? MessageInfo.Sender.of(name)
                : new MessageInfo.Sender(SspWords.group(m), Optional.of(name));
    }

    /** Whether the line was said in a group rather than to its recipients. */
    static boolean saidInGroup(FlowMessage m) {
        return m.field("from", "").startsWith("~");
    }

    private static MessageInfo info(
            FlowMessage m, List<MessageInfo.Recipient> recipients, MessageInfo.Sender sender, String contentType) {
        Optional<MessageId> id = Optional.ofNullable(m.fields().get("id")).map(MessageId::new);
        return new MessageInfo(
                id,
                Optional.empty(),
                Optional.of(contentType),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                recipients,
                Optional.of(sender),
                Optional.of(SENT));
    }

    private static DeliveryStatusReport report(FlowMessage m, ServiceId peer) {
        User reporter = User.of(Words.impsUser(m.field("from", "bob")));
        MessageInfo.Recipient sender = new MessageInfo.Recipient(SspWords.user(m.field("to", "alice")));
        return new DeliveryStatusReport(
                SspWords.userMeta(m, peer),
                Status.of(Integer.parseInt(m.field("result", "200"))),
                Optional.empty(),
                info(m, List.of(sender), MessageInfo.Sender.of(reporter), "text/plain"));
    }

    private static ExtendConversationRequest extend(FlowMessage m, ServiceId peer) {
        return new ExtendConversationRequest(
                SspWords.userMeta(m, peer),
                extension(m),
                SspWords.userIds(m, "users"),
                SspWords.user(m.field("partner", "alice")),
                SspWords.yes(m, "subscribe"),
                Optional.ofNullable(m.fields().get("welcome")).map(Content::text),
                new ScreenName(Optional.empty(), m.field("screen-name", "Bob")));
    }

    private static ExtendConversationId extension(FlowMessage m) {
        return new ExtendConversationId(m.field("ext", "x1"));
    }

    /** What such a primitive says, as fields. */
    static void describe(ImPrimitive primitive, Map<String, String> fields) {
        switch (primitive) {
            case SendMessageRequest r -> {
                SspWords.meta(r.metaInformation(), fields);
                r.content()
                        .ifPresent(content -> Words.describe(
                                content.contentType().orElse("text/plain"),
                                content.data().bytes(),
                                fields));
                describe(r.messageInfo(), fields);
                fields.put("report", SspWords.yesNo(r.deliveryReportRequest()));
            }
            case SendMessageResponse r -> {
                r.messageId().ifPresent(id -> fields.put("id", id.value()));
                SspWords.detail(r.statusInfo(), fields);
            }
            case DeliveryStatusReport r -> {
                SspWords.meta(r.metaInformation(), fields);
                describe(r.messageInfo(), fields);
                fields.put("result", String.valueOf(r.deliveryResult().statusCode()));
            }
            case ExtendConversationRequest r -> {
                SspWords.meta(r.metaInformation(), fields);
                fields.put("ext", r.extendConversationId().value());
                fields.put("users", SspWords.names(r.userIdList()));
                fields.put("partner", SspWords.name(r.extendConversationUserId()));
                fields.put("subscribe", SspWords.yesNo(r.subscribeNotif()));
                fields.put("screen-name", r.ownScreenName().name());
            }
            case ExtendConversationResponse r -> {
                fields.put("ext", r.extendConversationId().value());
                SspWords.group(r.groupId(), fields);
                r.responseNote().ifPresent(note -> fields.put("note", note));
                fields.put("result", String.valueOf(r.result().statusCode()));
            }
            default -> {
                // Nothing else of SSP 16 passes between the gateway and its peers.
            }
        }
    }

    private static void describe(MessageInfo info, Map<String, String> fields) {
        info.messageId().ifPresent(id -> fields.put("id", id.value()));
        info.sender().ifPresent(sender -> describe(sender, fields));
        fields.put(
                "to",
                info.recipients().stream()
                        .map(recipient -> name(recipient.addressee(), fields))
                        .collect(Collectors.joining(",")));
    }

    private static void describe(MessageInfo.Sender sender, Map<String, String> fields) {
        fields.put("from", name(sender.address(), fields));
        fields.put("private", SspWords.yesNo(sender.address() instanceof ScreenName));
        sender.display().ifPresent(display -> {
            if (display instanceof ScreenName screenName) {
                fields.put("from", name(screenName, fields));
            }
        });
    }

    private static String name(Addressee addressee, Map<String, String> fields) {
        if (addressee instanceof ScreenName screenName) {
            screenName.groupId().ifPresent(group -> SspWords.group(group, fields));
        }
        return SspWords.name(addressee);
    }
}
