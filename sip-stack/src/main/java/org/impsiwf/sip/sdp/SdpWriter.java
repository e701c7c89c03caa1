package org.impsiwf.sip.sdp;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.impsiwf.sip.sdp.SessionDescription.Attribute;
import org.impsiwf.sip.sdp.SessionDescription.Connection;
import org.impsiwf.sip.sdp.SessionDescription.Media;
import org.impsiwf.sip.sdp.SessionDescription.Origin;

/** {@link SessionDescription} → bytes, lines in the order of RFC 4566 §5. */
final class SdpWriter {

    private final StringBuilder text = new StringBuilder(512);

    private SdpWriter() {}

    static byte[] write(SessionDescription sdp) {
        var writer = new SdpWriter();
        writer.session(sdp);
        return writer.text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void session(SessionDescription sdp) {
        Origin origin = sdp.origin();
        line('v', "0");
        line(
                'o',
                String.join(
                        " ",
                        origin.username(),
                        origin.sessionId(),
                        origin.version(),
                        "IN",
                        origin.addressType(),
                        origin.address()));
        line('s', sdp.name());
        connection(sdp.connection());
        sdp.times().forEach(time -> line('t', time));
        attributes(sdp.attributes());
        for (Media media : sdp.media()) {
            line('m', media.type() + ' ' + media.port() + ' ' + media.protocol() + ' ' + media.formats());
            connection(media.connection());
            attributes(media.attributes());
        }
    }

    private void connection(Optional<Connection> connection) {
        connection.ifPresent(c -> line('c', "IN " + c.addressType() + ' ' + c.address()));
    }

    private void attributes(List<Attribute> attributes) {
        for (Attribute attribute : attributes) {
            line(
                    'a',
                    attribute.name()
                            + attribute.value().map(value -> ':' + value).orElse(""));
        }
    }

    private void line(char type, String value) {
        if (value.chars().anyMatch(c -> c == '\r' || c == '\n' || c == 0)) {
            throw new IllegalArgumentException("a value of an SDP line has no line end in it");
        }
        text.append(type).append('=').append(value).append("\r\n");
    }
}
