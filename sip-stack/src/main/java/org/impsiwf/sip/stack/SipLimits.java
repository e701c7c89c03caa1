package org.impsiwf.sip.stack;

import java.time.Duration;

/**
 * What the SIP edge puts up with.
 *
 * @param maxMessageBytes of one message, head and body; larger ones get 513 or a closed connection
 * @param maxBodyBytes of a body after its Content-Encoding was undone; 413 beyond
 * @param maxWaitingRequests requests that wait for our final answer; 503 with Retry-After beyond
 * @param maxQueuedDatagrams datagrams read and not yet parsed; the newest are dropped beyond, as a full socket would
 * @param maxConnections TCP and TLS connections, accepted and made
 * @param idleBeforeEviction a connection idle for longer makes room for a new one at the limit
 * @param idleConnection a connection idle for longer is closed
 * @param connectTimeout of an outgoing TCP connection
 * @param handshakeTimeout of a TLS handshake, either way
 * @param writeTimeout after which a peer that takes nothing loses its connection
 * @param readerThreads that parse datagrams
 * @param retryAfter what a 503 of ours says
 */
public record SipLimits(
        int maxMessageBytes,
        int maxBodyBytes,
        int maxWaitingRequests,
        int maxQueuedDatagrams,
        int maxConnections,
        Duration idleBeforeEviction,
        Duration idleConnection,
        Duration connectTimeout,
        Duration handshakeTimeout,
        Duration writeTimeout,
        int readerThreads,
        Duration retryAfter) {

    public static final SipLimits DEFAULT = new SipLimits(
            256 * 1024,
            256 * 1024,
            20_000,
            20_000,
            2_000,
            Duration.ofSeconds(60),
            Duration.ofHours(2),
            Duration.ofSeconds(4),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Math.max(2, Runtime.getRuntime().availableProcessors()),
            Duration.ofSeconds(5));
}
