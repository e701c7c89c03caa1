package org.impsiwf.sip.sdp;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A session description as RFC 4566 §5 has it, as far as an MSRP endpoint needs it: bandwidth, time zones, information and
 * contact lines are checked for their place and dropped.
 */
record SessionDescription(
        Origin origin,
        String name,
        Optional<Connection> connection,
        List<String> times,
        List<Attribute> attributes,
        List<Media> media) {

    /** The {@code o=} line (RFC 4566 §5.2); the numbers stay text, they may be longer than a long. */
    record Origin(String username, String sessionId, String version, String addressType, String address) {}

    /** The {@code c=} line (RFC 4566 §5.7). */
    record Connection(String addressType, String address) {}

    /** An {@code a=} line: {@code name} or {@code name:value}. */
    record Attribute(String name, Optional<String> value) {

        static Attribute of(String name, String value) {
            return new Attribute(name, Optional.of(value));
        }

        static Attribute flag(String name) {
            return new Attribute(name, Optional.empty());
        }
    }

    /**
     * An {@code m=} line and what belongs to it.
     *
     * @param formats the fmt list as one text
     */
    record Media(
            String type,
            int port,
            String protocol,
            String formats,
            Optional<Connection> connection,
            List<Attribute> attributes) {

        Optional<String> attribute(String name) {
            return first(attributes.stream(), name);
        }

        boolean has(String name) {
            return attributes.stream().anyMatch(a -> a.name().equals(name));
        }
    }

    /** The attribute of the media line, else of the session (RFC 4566 §5.13). */
    Optional<String> attribute(Media line, String name) {
        return first(Stream.concat(line.attributes().stream(), attributes.stream()), name);
    }

    boolean has(Media line, String name) {
        return line.has(name) || attributes.stream().anyMatch(a -> a.name().equals(name));
    }

    private static Optional<String> first(Stream<Attribute> attributes, String name) {
        return attributes
                .filter(a -> a.name().equals(name))
                .flatMap(a -> a.value().stream())
                .findFirst();
    }
}
