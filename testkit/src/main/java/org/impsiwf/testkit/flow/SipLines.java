package org.impsiwf.testkit.flow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.impsiwf.sip.event.Body;
import org.impsiwf.sip.event.Conferencing;
import org.impsiwf.sip.event.InviteUsageId;
import org.impsiwf.sip.event.MessageMedia;
import org.impsiwf.sip.event.NameAddr;
import org.impsiwf.sip.event.Originator;
import org.impsiwf.sip.event.RequestHead;
import org.impsiwf.sip.event.SipCommand;
import org.impsiwf.sip.event.SipUri;
import org.impsiwf.sip.event.UriList;

/** What the lines of SIP users say as the edge's events, and its orders as lines. */
final class SipLines {

    private static final String NICKNAME = "nickname";
    private static final String PRIVATE_MESSAGES = "private-messages";

    /** Header fields that a line may name, lower case. */
    private static final List<String> HEADERS = List.of("subject", "referred-by", "contribution-id", "conversation-id");

    private SipLines() {}

    static RequestHead head(FlowMessage m) {
        return head(m, Words.impsUserAsSip(m.field("to", "bob")));
    }

    static RequestHead head(FlowMessage m, String requestUri) {
        SipUri identity = new SipUri(Words.sipUser(m.field("as", m.from())));
        SipUri target = new SipUri(requestUri);
        Optional<String> name = Optional.ofNullable(m.fields().get("name"));
        return new RequestHead(
                target,
                new NameAddr(name, identity),
                NameAddr.of(target),
                "call-id",
                new Originator(
                        new NameAddr(name, identity),
                        m.fields().containsKey("privacy"),
                        Optional.empty(),
                        "192.0.2.1:5060"),
                Words.list(m.field("supported", "")),
                headers(m));
    }

    private static Map<String, List<String>> headers(FlowMessage m) {
        Map<String, List<String>> headers = new TreeMap<>();
        HEADERS.forEach(name ->
                Optional.ofNullable(m.fields().get(name)).ifPresent(value -> headers.put(name, List.of(value))));
        Optional.ofNullable(m.fields().get("contribution"))
                .ifPresent(value -> headers.put("contribution-id", List.of(value)));
        Optional.ofNullable(m.fields().get("session-replaces-header"))
                .ifPresent(value -> headers.put("session-replaces", List.of(value)));
        return headers;
    }

    /** @param replaced the usage that the line's fields "replaces" or "list-replaces" names, found and open */
    static Conferencing conferencing(FlowMessage m, Optional<InviteUsageId> replaced) {
        List<UriList.Entry> entries = new ArrayList<>();
        String headers = uriHeaders(m);
        for (String name : Words.list(m.field("list", ""))) {
            String uri = Words.impsUserAsSip(name) + (entries.isEmpty() ? headers : "");
            entries.add(entry(m, name, uri, UriList.CopyControl.TO));
        }
        Words.list(m.field("cc", ""))
                .forEach(name -> entries.add(entry(m, name, Words.impsUserAsSip(name), UriList.CopyControl.CC)));
        Words.list(m.field("bcc", ""))
                .forEach(name -> entries.add(entry(m, name, Words.impsUserAsSip(name), UriList.CopyControl.BCC)));
        return new Conferencing(
                entries.isEmpty() ? Optional.empty() : Optional.of(new UriList(entries)),
                replaced,
                m.field("isfocus", "no").equals("yes"));
    }

    private static UriList.Entry entry(FlowMessage m, String name, String uri, UriList.CopyControl copyControl) {
        boolean anonymous = Words.list(m.field("anonymous", "")).contains(name);
        return new UriList.Entry(new SipUri(uri), Optional.empty(), copyControl, anonymous);
    }

    /** Shapes b and c: the dialog to be replaced, as a header of the URI of the list's first entry. */
    static String uriHeaders(FlowMessage m) {
        return Optional.ofNullable(m.fields().get("list-replaces"))
                .map(call -> "?Replaces=" + call + "%3Bto-tag%3Dto%3Bfrom-tag%3Dfrom")
                .or(() -> Optional.ofNullable(m.fields().get("session-replaces"))
                        .map(id -> ";method=INVITE?Session-Replaces=" + id))
                .orElse("");
    }

    static MessageMedia offer(FlowMessage m) {
        String maxSize = m.field("max-size", "");
        MessageMedia plain = new MessageMedia(
                false,
                "192.0.2.1",
                2855,
                List.of(m.field("path", "msrp://192.0.2.1:2855/" + m.from() + ";tcp")),
                List.of(m.field("accept", "message/cpim,text/plain").split(",")),
                List.of(m.field("wrapped", "text/plain,message/imdn+xml").split(",")),
                maxSize.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(maxSize)),
                MessageMedia.Setup.valueOf(m.field("setup", "ACTPASS")),
                MessageMedia.Direction.valueOf(m.field("direction", "SENDRECV")),
                Optional.empty(),
                false);
        List<String> able = Words.list(m.field("chatroom", ""));
        return able.isEmpty()
                ? plain
                : plain.in(new MessageMedia.Chatroom(able.contains(NICKNAME), able.contains(PRIVATE_MESSAGES)));
    }

    static Map<String, String> media(InviteUsageId usage, MessageMedia media, Optional<SipUri> focus) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("call", usage.value());
        fields.put("direction", media.direction().name());
        fields.put("setup", media.setup().name());
        media.chatroom().ifPresent(room -> fields.put("chatroom", able(room)));
        focus.ifPresent(uri -> {
            fields.put("isfocus", "yes");
            fields.put("focus", Words.shortName(uri.value()));
        });
        return fields;
    }

    private static String able(MessageMedia.Chatroom room) {
        String able = Stream.of(room.nickname() ? NICKNAME : "", room.privateMessages() ? PRIVATE_MESSAGES : "")
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining(","));
        return able.isEmpty() ? "none" : able;
    }

    static Map<String, String> invite(SipCommand.SendInvite c) {
        Map<String, String> fields = new TreeMap<>();
        headers(c.headers(), fields);
        history(c.otherBodies()).ifPresent(names -> fields.put("history", names));
        fields.putAll(media(c.usage(), c.offer(), c.focus()));
        fields.put("from", Words.shortName(c.sender().from().uri().value()));
        c.replaces().ifPresent(usage -> fields.put("replaces", usage.value()));
        return fields;
    }

    /** RFC 5366 §4.2: who else was invited, where the list is shown. */
    private static Optional<String> history(List<Body> bodies) {
        return bodies.stream()
                .filter(body -> body.contentType().startsWith("application/resource-lists+xml"))
                .map(body ->
                        XmlUris.in(body.bytes()).stream().map(Words::shortName).collect(Collectors.joining(",")))
                .findFirst();
    }

    static Map<String, String> response(SipCommand.Response response, Map<String, String> more) {
        Map<String, String> fields = new TreeMap<>(more);
        response.retryAfter().ifPresent(after -> fields.put("retry-after", String.valueOf(after.toSeconds())));
        headers(response.headers(), fields);
        return fields;
    }

    /** Every header under its name in lower case: of a Warning its code, of URIs their short names. */
    static void headers(Map<String, String> headers, Map<String, String> fields) {
        headers.forEach((header, value) -> {
            String name = header.toLowerCase(Locale.ROOT);
            switch (name) {
                case "warning" -> fields.put(name, value.substring(0, Math.min(3, value.length())));
                case "referred-by" -> fields.put(name, uris(value));
                case "p-refused-uri-list" -> fields.put("refused", uris(value));
                default -> fields.put(name, value);
            }
        });
    }

    private static String uris(String value) {
        return Stream.of(value.split(","))
                .map(part ->
                        part.contains("<") ? part.substring(part.indexOf('<') + 1, part.indexOf('>')) : part.strip())
                .map(Words::shortName)
                .collect(Collectors.joining(","));
    }
}
