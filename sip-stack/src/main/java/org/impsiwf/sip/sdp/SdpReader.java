package org.impsiwf.sip.sdp;

import static org.impsiwf.sip.sdp.SdpException.malformed;
import static org.impsiwf.sip.sdp.SdpException.tooLarge;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.impsiwf.sip.sdp.SessionDescription.Attribute;
import org.impsiwf.sip.sdp.SessionDescription.Connection;
import org.impsiwf.sip.sdp.SessionDescription.Media;
import org.impsiwf.sip.sdp.SessionDescription.Origin;

/**
 * Bytes → {@link SessionDescription}. Strict about what the lines are (RFC 4566 §5: an unknown type makes the whole
 * description void), liberal about line ends, the order of optional lines and an absent {@code t=}.
 */
final class SdpReader {

    private static final String SESSION_LINES = "iuepcbtrzka";
    private static final String MEDIA_LINES = "icbka";

    private final List<String> lines;
    private int position;

    private SdpReader(List<String> lines) {
        this.lines = lines;
    }

    static SessionDescription read(byte[] sdp, SdpPolicy policy) throws SdpException {
        if (sdp.length > policy.maxBytes()) {
            throw tooLarge("session description over " + policy.maxBytes() + " bytes");
        }
        return new SdpReader(lines(sdp, policy.maxLines())).session();
    }

    private static List<String> lines(byte[] sdp, int maxLines) throws SdpException {
        var lines = new ArrayList<String>();
        for (String line : new String(sdp, StandardCharsets.UTF_8).split("\n", -1)) {
            String text = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
            if (text.chars().anyMatch(c -> c == 0 || c == '\r')) {
                throw malformed("NUL or bare CR in a line");
            }
            lines.add(text);
            if (lines.size() > maxLines) {
                throw tooLarge("session description over " + maxLines + " lines");
            }
        }
        while (!lines.isEmpty() && lines.getLast().isBlank()) {
            lines.removeLast();
        }
        return lines;
    }

    private SessionDescription session() throws SdpException {
        if (!required('v').strip().equals("0")) {
            throw malformed("unknown version of SDP");
        }
        Origin origin = origin(required('o'));
        String name = required('s');
        Optional<Connection> connection = Optional.empty();
        var times = new ArrayList<String>();
        var attributes = new ArrayList<Attribute>();
        for (; position < lines.size() && type() != 'm'; position++) {
            switch (allowed(SESSION_LINES)) {
                case 'c' -> connection = Optional.of(connection(value()));
                case 't' -> times.add(time(value()));
                case 'a' -> attributes.add(attribute(value()));
                default -> value();
            }
        }
        return new SessionDescription(
                origin, name, connection, List.copyOf(times), List.copyOf(attributes), List.copyOf(media()));
    }

    private List<Media> media() throws SdpException {
        var media = new ArrayList<Media>();
        while (position < lines.size()) {
            String head = value();
            position++;
            Optional<Connection> connection = Optional.empty();
            var attributes = new ArrayList<Attribute>();
            for (; position < lines.size() && type() != 'm'; position++) {
                switch (allowed(MEDIA_LINES)) {
                    case 'c' -> connection = connection.isPresent() ? connection : Optional.of(connection(value()));
                    case 'a' -> attributes.add(attribute(value()));
                    default -> value();
                }
            }
            media.add(media(head, connection, List.copyOf(attributes)));
        }
        return media;
    }

    /** {@code <media> <port>[/<number>] <proto> <fmt> …} (RFC 4566 §5.14). */
    private static Media media(String head, Optional<Connection> connection, List<Attribute> attributes)
            throws SdpException {
        String[] fields = head.strip().split(" +", 4);
        if (fields.length < 4) {
            throw malformed("m= line lacks a field: " + head);
        }
        int slash = fields[1].indexOf('/');
        String digits = slash < 0 ? fields[1] : fields[1].substring(0, slash);
        if (slash >= 0 && !isNumber(fields[1].substring(slash + 1), 5)) {
            throw malformed("number of ports: " + head);
        }
        int port = isNumber(digits, 5) ? Integer.parseInt(digits) : -1;
        if (port < 0 || port > 65_535) {
            throw malformed("port of an m= line: " + head);
        }
        return new Media(fields[0], port, fields[2], fields[3], connection, attributes);
    }

    private static Origin origin(String text) throws SdpException {
        String[] fields = text.strip().split(" +");
        if (fields.length != 6 || !isNumber(fields[1], 40) || !isNumber(fields[2], 40)) {
            throw malformed("o= line: " + text);
        }
        Connection address = address(fields[3], fields[4], fields[5]);
        return new Origin(fields[0], fields[1], fields[2], address.addressType(), address.address());
    }

    private static Connection connection(String text) throws SdpException {
        String[] fields = text.strip().split(" +");
        if (fields.length != 3) {
            throw malformed("c= line: " + text);
        }
        return address(fields[0], fields[1], fields[2]);
    }

    private static Connection address(String network, String type, String address) throws SdpException {
        boolean ip4 = type.equals("IP4");
        if (!network.equals("IN") || !(ip4 || type.equals("IP6"))) {
            throw malformed("network type: " + network + " " + type);
        }
        if (ip4 && address.indexOf(':') >= 0) {
            throw malformed("an IPv6 address in an IP4 line");
        }
        return new Connection(type, address);
    }

    private static String time(String text) throws SdpException {
        String[] fields = text.strip().split(" +");
        if (fields.length != 2 || !isNumber(fields[0], 20) || !isNumber(fields[1], 20)) {
            throw malformed("t= line: " + text);
        }
        return fields[0] + ' ' + fields[1];
    }

    private static Attribute attribute(String text) throws SdpException {
        int colon = text.indexOf(':');
        String name = colon < 0 ? text.strip() : text.substring(0, colon);
        if (name.isEmpty() || name.indexOf(' ') >= 0) {
            throw malformed("a= line: " + text);
        }
        return new Attribute(
                name,
                colon < 0
                        ? Optional.empty()
                        : Optional.of(text.substring(colon + 1).strip()));
    }

    private String required(char wanted) throws SdpException {
        if (position >= lines.size() || type() != wanted) {
            throw malformed(wanted + "= line is missing");
        }
        String value = value();
        position++;
        return value;
    }

    private char allowed(String types) throws SdpException {
        if (types.indexOf(type()) < 0) {
            throw malformed("line type out of place or unknown: " + type());
        }
        return type();
    }

    private char type() throws SdpException {
        String line = lines.get(position);
        if (line.length() < 2 || line.charAt(1) != '=') {
            throw malformed("no <type>=<value> line");
        }
        return line.charAt(0);
    }

    private String value() {
        return lines.get(position).substring(2);
    }

    private static boolean isNumber(String text, int maxDigits) {
        return !text.isEmpty() && text.length() <= maxDigits && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
