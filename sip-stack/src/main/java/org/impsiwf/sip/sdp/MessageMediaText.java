package org.impsiwf.sip.sdp;

import static org.impsiwf.sip.sdp.SdpException.malformed;
import static org.impsiwf.sip.sdp.SdpException.notAcceptable;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.impsiwf.sip.event.MessageMedia;
import org.impsiwf.sip.event.MessageMedia.Chatroom;
import org.impsiwf.sip.event.MessageMedia.Direction;
import org.impsiwf.sip.event.MessageMedia.Setup;
import org.impsiwf.sip.sdp.SessionDescription.Attribute;
import org.impsiwf.sip.sdp.SessionDescription.Connection;
import org.impsiwf.sip.sdp.SessionDescription.Media;

/** {@code m=message} lines ⇄ {@link MessageMedia} (RFC 4975 §8, RFC 4145, RFC 4572, RFC 6135, RFC 6714). Pure. */
final class MessageMediaText {

    static final String PLAIN = "TCP/MSRP";
    static final String SECURE = "TCP/TLS/MSRP";

    private static final String CHATROOM = "chatroom";
    private static final String NICKNAME = "nickname";
    private static final String PRIVATE_MESSAGES = "private-messages";

    /** RFC 4975 §9: msrp-scheme "://" authority ["/" session-id] ";" transport *( ";" URI-parameter). */
    private static final Pattern MSRP_URI = Pattern.compile(
            "(?i)msrps?://([^\\s/;?@]+@)?(\\[[0-9a-f:.]+]|[^\\s/;:?@\\[\\]]+)(:\\d{1,5})?(/[^\\s;]*)?;\\S+");

    private MessageMediaText() {}

    static boolean isMsrp(Media line) {
        return line.type().equals("message")
                && (line.protocol().equals(PLAIN) || line.protocol().equals(SECURE));
    }

    /** What the other side says of its MSRP endpoint. */
    static MessageMedia read(SessionDescription sdp, Media line) throws SdpException {
        List<String> path = words(line, "path");
        if (path.isEmpty()
                || !path.stream().allMatch(uri -> MSRP_URI.matcher(uri).matches())) {
            throw notAcceptable(305, "m=message without a usable a=path");
        }
        // RFC 4975 §8.6 demands accept-types; every endpoint takes text/plain, so that is what its absence leaves.
        List<String> acceptTypes = words(line, "accept-types");
        return new MessageMedia(
                line.protocol().equals(SECURE),
                host(sdp, line, path),
                line.port(),
                path,
                acceptTypes.isEmpty() ? List.of("text/plain") : acceptTypes,
                words(line, "accept-wrapped-types"),
                maxSize(line),
                setup(sdp, line),
                direction(sdp, line),
                sdp.attribute(line, "fingerprint"),
                sdp.has(line, "msrp-cema"),
                chatroom(line));
    }

    /** RFC 7701 §8.1: the attribute counts without a value too; tokens that nobody knows are passed over. */
    private static Optional<Chatroom> chatroom(Media line) {
        if (!line.has(CHATROOM)) {
            return Optional.empty();
        }
        List<String> tokens = words(line, CHATROOM).stream()
                .map(word -> word.toLowerCase(Locale.ROOT))
                .toList();
        return Optional.of(new Chatroom(tokens.contains(NICKNAME), tokens.contains(PRIVATE_MESSAGES)));
    }

    private static Attribute chatroom(Chatroom room) {
        List<String> tokens = Stream.of(
                        room.nickname() ? Optional.of(NICKNAME) : Optional.<String>empty(),
                        room.privateMessages() ? Optional.of(PRIVATE_MESSAGES) : Optional.<String>empty())
                .flatMap(Optional::stream)
                .toList();
        return tokens.isEmpty() ? Attribute.flag(CHATROOM) : Attribute.of(CHATROOM, String.join(" ", tokens));
    }

    private static String host(SessionDescription sdp, Media line, List<String> path) {
        return line.connection().or(sdp::connection).map(Connection::address).orElseGet(() -> hostOf(path.getLast()));
    }

    private static String hostOf(String msrpUri) {
        var matcher = MSRP_URI.matcher(msrpUri);
        String host = matcher.matches() ? matcher.group(2) : "";
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static List<String> words(Media line, String attribute) {
        return line.attribute(attribute)
                .map(value -> value.isBlank()
                        ? List.<String>of()
                        : List.of(value.strip().split(" +")))
                .orElse(List.of());
    }

    private static OptionalLong maxSize(Media line) throws SdpException {
        Optional<String> value = line.attribute("max-size");
        if (value.isEmpty()) {
            return OptionalLong.empty();
        }
        String digits = value.get();
        if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw malformed("a=max-size: " + digits);
        }
        return OptionalLong.of(digits.length() > 18 ? Long.MAX_VALUE : Long.parseLong(digits));
    }

    private static Setup setup(SessionDescription sdp, Media line) throws SdpException {
        Optional<String> value = sdp.attribute(line, "setup").map(text -> text.toLowerCase(Locale.ROOT));
        if (value.isEmpty()) {
            return Setup.UNSPECIFIED;
        }
        return switch (value.get()) {
            case "active" -> Setup.ACTIVE;
            case "passive" -> Setup.PASSIVE;
            case "actpass" -> Setup.ACTPASS;
            // RFC 6135 has no use for a connection that is put off.
            case "holdconn" -> throw notAcceptable(399, "a=setup:holdconn");
            default -> throw malformed("a=setup: " + value.get());
        };
    }

    private static Direction direction(SessionDescription sdp, Media line) {
        return directionIn(line.attributes())
                .or(() -> directionIn(sdp.attributes()))
                .orElse(Direction.SENDRECV);
    }

    private static Optional<Direction> directionIn(List<Attribute> attributes) {
        return attributes.stream()
                .flatMap(attribute -> switch (attribute.name()) {
                    case "sendrecv" -> Optional.of(Direction.SENDRECV).stream();
                    case "sendonly" -> Optional.of(Direction.SENDONLY).stream();
                    case "recvonly" -> Optional.of(Direction.RECVONLY).stream();
                    case "inactive" -> Optional.of(Direction.INACTIVE).stream();
                    default -> Optional.<Direction>empty().stream();
                })
                .findFirst();
    }

    /** Our own m=message line; the connection address stands in the session part. */
    static Media write(MessageMedia media) {
        var attributes = new ArrayList<Attribute>();
        attributes.add(Attribute.of("accept-types", String.join(" ", media.acceptTypes())));
        if (!media.acceptWrappedTypes().isEmpty()) {
            attributes.add(Attribute.of("accept-wrapped-types", String.join(" ", media.acceptWrappedTypes())));
        }
        media.maxSize().ifPresent(size -> attributes.add(Attribute.of("max-size", Long.toString(size))));
        attributes.add(Attribute.of("path", String.join(" ", media.path())));
        if (media.setup() != Setup.UNSPECIFIED) {
            attributes.add(Attribute.of("setup", media.setup().name().toLowerCase(Locale.ROOT)));
        }
        media.fingerprint().ifPresent(value -> attributes.add(Attribute.of("fingerprint", value)));
        if (media.msrpCema()) {
            attributes.add(Attribute.flag("msrp-cema"));
        }
        media.chatroom().ifPresent(room -> attributes.add(chatroom(room)));
        if (media.direction() != Direction.SENDRECV) {
            attributes.add(Attribute.flag(media.direction().name().toLowerCase(Locale.ROOT)));
        }
        return new Media(
                "message",
                media.port(),
                media.secure() ? SECURE : PLAIN,
                "*",
                Optional.empty(),
                List.copyOf(attributes));
    }

    /** The c= line for a host: an IP literal of either family, else a name, which is written as IP4. */
    static Connection connection(String host) {
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        return new Connection(bare.indexOf(':') >= 0 ? "IP6" : "IP4", bare);
    }
}
