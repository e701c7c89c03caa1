package org.impsiwf.testkit.flow;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.impsiwf.mapping.content.ContentException;
import org.impsiwf.mapping.content.Cpim;
import org.impsiwf.mapping.content.Imdn;
import org.impsiwf.mapping.content.MediaType;
import org.impsiwf.msrp.cpim.CpimMessage;

/** How flows write addresses and bodies. */
public final class Words {

    private Words() {}

    public static String sipUser(String name) {
        return Cast.sip(name, Cast.SIP_DOMAIN);
    }

    public static String impsUserAsSip(String name) {
        return Cast.sip(name, Cast.IMPS_DOMAIN);
    }

    /** Whom a REFER is about: {@code ~Bob} is that member of the line's {@code group}, which is the room without one. */
    public static String referTarget(FlowMessage message, String name) {
        return name.startsWith("~")
                ? Cast.memberOf(impsUserAsSip(message.field("group", "/room@imps")), name.substring(1))
                : impsUserAsSip(name);
    }

    public static String impsUser(String name) {
        return Cast.wv(name, Cast.IMPS_DOMAIN);
    }

    public static String sipUserAsImps(String name) {
        return Cast.wv(name, Cast.SIP_DOMAIN);
    }

    /** The name without its domain where the domain goes without saying. */
    public static String shortName(String address) {
        return Cast.shortName(address);
    }

    /** The parts of a field that lists something; none for an empty one. */
    public static List<String> list(String field) {
        return field.isEmpty() ? List.of() : List.of(field.split(","));
    }

    /** What a body says, as fields; CPIM is opened, a notification is read. */
    public static void describe(String contentType, byte[] bytes, Map<String, String> fields) {
        try {
            switch (MediaType.essence(contentType)) {
                case MediaType.CPIM -> {
                    CpimMessage message = Cpim.open(bytes);
                    fields.put("wrapped", "yes");
                    Cpim.imdn(message, "Message-ID").ifPresent(id -> fields.put("imdn", id));
                    if (Cpim.asksFor(message, "positive-delivery")) {
                        fields.put("report", "yes");
                    }
                    describe(message.contentType(), message.content(), fields);
                }
                case MediaType.IMDN -> {
                    Imdn imdn = Imdn.decode(bytes);
                    fields.put("about", imdn.messageId());
                    fields.put("status", imdn.status());
                    fields.put("type", MediaType.IMDN);
                }
                default -> {
                    fields.put("text", new String(bytes, StandardCharsets.UTF_8));
                    fields.put("type", contentType);
                    fields.put("size", String.valueOf(bytes.length));
                }
            }
        } catch (ContentException e) {
            throw new AssertionError("the gateway wrote a body that nobody can read", e);
        }
    }

    /** From and To of a CPIM message, as short names; nothing of what is not wrapped. */
    public static void describeParties(String contentType, byte[] bytes, Map<String, String> fields) {
        if (!MediaType.is(contentType, MediaType.CPIM)) {
            return;
        }
        try {
            CpimMessage message = Cpim.open(bytes);
            message.from().ifPresent(from -> fields.put("from", shortName(from.uri())));
            fields.put(
                    "to", message.to().stream().map(to -> shortName(to.uri())).collect(Collectors.joining(",")));
        } catch (ContentException e) {
            throw new AssertionError("the gateway wrote a body that nobody can read", e);
        }
    }

    /**
     * The body of a SEND: in CPIM also where the line says {@code from} or {@code to}.
     *
     * @param group SIP URI of the group that the session is with, for members by their screen names
     */
    public static Content chatBody(FlowMessage message, Optional<String> group) {
        List<String> to = list(message.field("to", "bob")).stream()
                .map(name -> name.startsWith("~") ? member(name, group) : impsUserAsSip(name))
                .toList();
        String author = message.field("from", message.from());
        String from = author.startsWith("~") ? member(author, group) : sipUser(author);
        boolean named = message.fields().containsKey("from") || message.fields().containsKey("to");
        return body(message, from, to, named);
    }

    private static String member(String name, Optional<String> group) {
        return Cast.memberOf(
                group.orElseThrow(() -> new IllegalArgumentException("a member of which group? " + name)),
                name.substring(1));
    }

    /** The body that a line describes: its text, {@code size} bytes of it, wrapped in CPIM where {@code imdn} or {@code cpim-from} is given. */
    public static Content body(FlowMessage message, String fromUri, String toUri) {
        return body(message, fromUri, List.of(toUri), false);
    }

    private static Content body(FlowMessage message, String fromUri, List<String> toUris, boolean named) {
        String text = message.field("text", "");
        int size = Integer.parseInt(message.field("size", "0"));
        byte[] bytes = (text + "x".repeat(Math.max(0, size - text.length()))).getBytes(StandardCharsets.UTF_8);
        Content plain = new Content(message.field("type", "text/plain"), bytes);
        if (message.fields().containsKey("status")) {
            Imdn imdn = new Imdn(
                    message.field("about", ""),
                    "2026-01-01T00:00:00Z",
                    fromUri,
                    message.field("status", "").equals("displayed") ? Imdn.Kind.DISPLAY : Imdn.Kind.DELIVERY,
                    message.field("status", ""));
            return wrapped(message, new Content(MediaType.IMDN, imdn.encode()), fromUri, toUris);
        }
        boolean wrap = named
                || message.fields().containsKey("imdn")
                || message.fields().containsKey("cpim-from");
        return wrap ? wrapped(message, plain, fromUri, toUris) : plain;
    }

    public record Content(String type, byte[] bytes) {}

    private static Content wrapped(FlowMessage message, Content inner, String fromUri, List<String> toUris) {
        String from = Optional.ofNullable(message.fields().get("cpim-from"))
                .map(Words::sipUser)
                .orElse(fromUri);
        StringBuilder head = new StringBuilder();
        head.append("From: <").append(from).append(">\r\n");
        toUris.forEach(to -> head.append("To: <").append(to).append(">\r\n"));
        if (message.fields().containsKey("imdn") || message.fields().containsKey("status")) {
            head.append("NS: imdn <").append(CpimMessage.IMDN_NAMESPACE).append(">\r\n");
            head.append("imdn.Message-ID: ").append(message.field("imdn", "n1")).append("\r\n");
        }
        if (message.fields().containsKey("report")) {
            head.append("imdn.Disposition-Notification: ")
                    .append(message.field("report", ""))
                    .append("\r\n");
        }
        head.append("\r\nContent-Type: ").append(inner.type()).append("\r\n\r\n");
        byte[] start = head.toString().getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(start, start.length + inner.bytes().length);
        System.arraycopy(inner.bytes(), 0, all, start.length, inner.bytes().length);
        return new Content(MediaType.CPIM, all);
    }
}
