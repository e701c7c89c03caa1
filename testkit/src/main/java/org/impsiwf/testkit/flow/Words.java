package org.impsiwf.testkit.flow;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.mapping.addresses.Address;
import org.impsiwf.mapping.addresses.AddressException;
import org.impsiwf.mapping.content.ContentException;
import org.impsiwf.mapping.content.Cpim;
import org.impsiwf.mapping.content.Imdn;
import org.impsiwf.mapping.content.MediaType;
import org.impsiwf.msrp.cpim.CpimMessage;

/** How flows write addresses and bodies. */
public final class Words {

    private static final String SIP_DOMAIN = "ims.example.com";
    private static final String IMPS_DOMAIN = "imps.example.com";

    private Words() {}

    public static String sip(String name, String domain) {
        return name.contains(":") ? name : "sip:" + name + (name.contains("@") ? "" : "@" + domain);
    }

    public static String sipUser(String name) {
        return sip(name, SIP_DOMAIN);
    }

    public static String impsUserAsSip(String name) {
        return sip(name, IMPS_DOMAIN);
    }

    public static String wv(String name, String domain) {
        return name.contains(":") ? name : "wv:" + name + (name.contains("@") ? "" : "@" + domain);
    }

    public static String impsUser(String name) {
        return wv(name, IMPS_DOMAIN);
    }

    public static String sipUserAsImps(String name) {
        return wv(name, SIP_DOMAIN);
    }

    /** The name without its domain where the domain goes without saying. */
    public static String shortName(String address) {
        try {
            return switch (Address.parse(address)) {
                case Address.User user
                when user.domain().equals(SIP_DOMAIN) || user.domain().equals(IMPS_DOMAIN) -> user.user();
                case Address other -> address;
            };
        } catch (AddressException e) {
            return address;
        }
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

    /** The body that a line describes: its text, {@code size} bytes of it, wrapped in CPIM where {@code imdn} or {@code cpim} is given. */
    public static Content body(FlowMessage message, String fromUri, String toUri) {
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
            return wrapped(message, new Content(MediaType.IMDN, imdn.encode()), fromUri, toUri);
        }
        boolean wrap = message.fields().containsKey("imdn") || message.fields().containsKey("cpim-from");
        return wrap ? wrapped(message, plain, fromUri, toUri) : plain;
    }

    public record Content(String type, byte[] bytes) {}

    private static Content wrapped(FlowMessage message, Content inner, String fromUri, String toUri) {
        String from = Optional.ofNullable(message.fields().get("cpim-from"))
                .map(Words::sipUser)
                .orElse(fromUri);
        StringBuilder head = new StringBuilder();
        head.append("From: <").append(from).append(">\r\nTo: <").append(toUri).append(">\r\n");
        head.append("NS: imdn <").append(CpimMessage.IMDN_NAMESPACE).append(">\r\n");
        head.append("imdn.Message-ID: ").append(message.field("imdn", "n1")).append("\r\n");
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
