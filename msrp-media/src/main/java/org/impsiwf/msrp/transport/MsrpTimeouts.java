package org.impsiwf.msrp.transport;

import java.time.Duration;

/**
 * How long we wait, for everything.
 *
 * @param connect for a TCP connection, each address of a host
 * @param tlsHandshake for its TLS handshake
 * @param bind from the moment the far end is known until the first SEND is answered, or came
 * @param response to a request of ours: 30 s in RFC 4975 §7.1.1
 * @param answer for the order to answer a message that we handed over; then the far end gets 408
 * @param nextChunk of a message that has begun
 * @param unused for the first request on an accepted connection, and after its last session has gone
 * @param silence after which a connection is asked for a sign of life with a SEND without a body
 * @param stalled while the far end takes no octet though we have some
 */
public record MsrpTimeouts(
        Duration connect,
        Duration tlsHandshake,
        Duration bind,
        Duration response,
        Duration answer,
        Duration nextChunk,
        Duration unused,
        Duration silence,
        Duration stalled) {
    public static final MsrpTimeouts DEFAULT = new MsrpTimeouts(
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(40),
            Duration.ofSeconds(60),
            Duration.ofSeconds(10),
            Duration.ofSeconds(120),
            Duration.ofSeconds(30));
}
