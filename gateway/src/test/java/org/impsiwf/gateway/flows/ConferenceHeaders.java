package org.impsiwf.gateway.flows;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.impsiwf.testkit.flow.FlowMessage;
import org.impsiwf.testkit.flow.Words;
import org.impsiwf.testkit.sip.SipMessage;

/** What INVITEs say about conferences, on the wire and as fields. */
final class ConferenceHeaders {
    private static final String BOUNDARY = "boundary-of-a-flow";
    private static final Pattern ENTRY = Pattern.compile("<(?:\\w+:)?entry\\b[^>]*\\buri=\"([^\"]*)\"");

    private ConferenceHeaders() {}

    // ---- from users

    /** Adds what the line says to an INVITE; the dialogs that it names are found by their calls. */
    static SipMessage write(
            SipMessage invite, Optional<String> sdp, FlowMessage m, Function<String, Optional<String>> dialogs) {
        SipMessage request = headers(invite, m, dialogs);
        List<String> entries = entries(m, dialogs);
        if (entries.isEmpty()) {
            return sdp.map(text -> withSdp(request, text)).orElse(request);
        }
        String list = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n"
                + "<resource-lists xmlns=\"urn:ietf:params:xml:ns:resource-lists\""
                + " xmlns:cp=\"urn:ietf:params:xml:ns:copycontrol\"><list>" + String.join("", entries)
                + "</list></resource-lists>\r\n";
        String body = sdp.map(text -> part("application/sdp", "", text)).orElse("")
                + part("application/resource-lists+xml", "Content-Disposition: recipient-list\r\n", list) + "--"
                + BOUNDARY + "--\r\n";
        return request.with("Require", "recipient-list-invite")
                .withBody("multipart/mixed;boundary=\"" + BOUNDARY + "\"", body);
    }

    private static SipMessage withSdp(SipMessage request, String sdp) {
        return request.withBody("application/sdp", sdp);
    }

    private static String part(String type, String headers, String content) {
        return "--" + BOUNDARY + "\r\nContent-Type: " + type + "\r\n" + headers + "\r\n" + content + "\r\n";
    }

    private static SipMessage headers(SipMessage invite, FlowMessage m, Function<String, Optional<String>> dialogs) {
        SipMessage request = invite;
        if (m.field("isfocus", "").equals("yes")) {
            request = request.replacing("Contact", request.header("Contact").orElseThrow() + ";isfocus");
        }
        if (m.fields().containsKey("replaces")) {
            String dialog = dialogs.apply(m.field("replaces", "")).orElse("nobody;to-tag=knows;from-tag=it");
            request = request.with("Require", "replaces").with("Replaces", dialog);
        }
        for (String name : List.of("supported", "subject", "referred-by")) {
            Optional<String> value = Optional.ofNullable(m.fields().get(name));
            request = value.isPresent() ? request.with(capitalised(name), value.get()) : request;
        }
        request = with(request, "Contribution-ID", m.fields().get("contribution"));
        return with(request, "Session-Replaces", m.fields().get("session-replaces-header"));
    }

    private static SipMessage with(SipMessage request, String name, String value) {
        return value == null ? request : request.with(name, value);
    }

    private static String capitalised(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    private static List<String> entries(FlowMessage m, Function<String, Optional<String>> dialogs) {
        List<String> entries = new ArrayList<>();
        String replaced = Optional.ofNullable(m.fields().get("list-replaces"))
                .flatMap(dialogs)
                .map(dialog -> "?Replaces=" + URLEncoder.encode(dialog, UTF_8))
                .or(() -> Optional.ofNullable(m.fields().get("session-replaces"))
                        .map(id -> ";method=INVITE?Session-Replaces=" + id))
                .orElse("");
        for (String name : Words.list(m.field("list", ""))) {
            entries.add(entry(m, name, entries.isEmpty() ? replaced : "", "to"));
        }
        Words.list(m.field("cc", "")).forEach(name -> entries.add(entry(m, name, "", "cc")));
        Words.list(m.field("bcc", "")).forEach(name -> entries.add(entry(m, name, "", "bcc")));
        return entries;
    }

    private static String entry(FlowMessage m, String name, String uriHeaders, String copyControl) {
        boolean anonymous = Words.list(m.field("anonymous", "")).contains(name);
        return "<entry uri=\"" + (Words.impsUserAsSip(name) + uriHeaders).replace("&", "&amp;") + "\" cp:copyControl=\""
                + copyControl + "\"" + (anonymous ? " cp:anonymize=\"true\"" : "") + "/>";
    }

    // ---- to users

    /** What an INVITE or a 2xx says; {@code calls} gives the name of the call with that Call-ID. */
    static Map<String, String> read(SipMessage message, Function<String, Optional<String>> calls) {
        Map<String, String> fields = new TreeMap<>();
        focus(message).ifPresent(focus -> {
            fields.put("isfocus", "yes");
            fields.put("focus", Words.shortName(focus));
        });
        message.header("Replaces")
                .ifPresent(value -> fields.put(
                        "replaces",
                        calls.apply(value.substring(0, value.indexOf(';'))).orElse(value)));
        for (String name : List.of("Session-Replaces", "Subject", "Contribution-ID")) {
            message.header(name).ifPresent(value -> fields.put(name.toLowerCase(Locale.ROOT), value));
        }
        message.header("Referred-By").ifPresent(value -> fields.put("referred-by", names(value)));
        message.header("P-Refused-URI-List")
                .ifPresent(value -> fields.put("refused", value.contains("cid:") ? history(message) : names(value)));
        message.header("Warning").ifPresent(value -> fields.put("warning", value.substring(0, 3)));
        message.text()
                .lines()
                .filter(line -> line.startsWith("a=chatroom"))
                .findFirst()
                .ifPresent(line -> fields.put("chatroom", able(line)));
        if (message.isRequest() && message.text().contains("resource-lists")) {
            fields.put("history", history(message));
        }
        return fields;
    }

    /** The conference URI that a Contact with {@code isfocus} stands for. */
    static Optional<String> focus(SipMessage message) {
        return message.header("Contact")
                .filter(contact -> contact.contains("isfocus"))
                .map(contact -> {
                    String uri = SipMessage.uriIn(contact);
                    Matcher domain = Pattern.compile(";conference=([^;>]+)").matcher(uri);
                    return domain.find() ? uri.substring(0, uri.indexOf('@') + 1) + domain.group(1) : uri;
                });
    }

    private static String able(String line) {
        String tokens =
                line.contains(":") ? line.substring(line.indexOf(':') + 1).strip() : "";
        List<String> words = List.of(tokens.split(" "));
        String able = Stream.of("nickname", "private-messages")
                .filter(words::contains)
                .collect(Collectors.joining(","));
        return able.isEmpty() ? "none" : able;
    }

    /** {@code a=chatroom} for the field {@code chatroom}; empty without it. */
    static String chatroom(FlowMessage m) {
        String able = m.field("chatroom", "");
        if (able.isEmpty()) {
            return "";
        }
        return able.equals("none") ? "a=chatroom\r\n" : "a=chatroom:" + able.replace(',', ' ') + "\r\n";
    }

    private static String names(String value) {
        return Stream.of(value.split(","))
                .map(part -> Words.shortName(SipMessage.uriIn(part.strip())))
                .collect(Collectors.joining(","));
    }

    private static String history(SipMessage message) {
        return ENTRY.matcher(message.text())
                .results()
                .map(result -> Words.shortName(result.group(1)))
                .collect(Collectors.joining(","));
    }
}
