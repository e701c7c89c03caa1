package org.impsiwf.sip.resolve;

/**
 * One place to send a request to.
 *
 * @param host literal IP address, an IPv6 one without brackets
 * @param serverName whose certificate TLS must show: the host of the URI, whatever DNS made of it (RFC 5922 §7.1)
 */
public record Hop(Transport transport, String host, int port, String serverName) {}
