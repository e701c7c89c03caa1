package org.impsiwf.ssp.transport;

import java.time.Duration;

/**
 * What one HTTP connection may cost us.
 *
 * @param messageBytes largest body of a POST, in either direction
 * @param headerBytes all header fields of one message together
 * @param connections how many connections peers may hold open to us at once
 * @param connect how long a TCP connect, and after it a TLS handshake, may take
 * @param request from the first byte of a POST to its last
 * @param answer from our POST to the HTTP answer
 * @param idle how long a connection that peers opened may carry nothing
 */
public record HttpLimits(
        int messageBytes,
        int headerBytes,
        int connections,
        Duration connect,
        Duration request,
        Duration answer,
        Duration idle) {

    public static final HttpLimits DEFAULT = new HttpLimits(
            4 << 20,
            8 << 10,
            1024,
            Duration.ofSeconds(3),
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            Duration.ofMinutes(10));
}
