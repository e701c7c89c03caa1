package org.impsiwf.gateway.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Where to listen.
 *
 * @param host a literal address, without brackets
 * @param port 0 for any free one
 */
public record ListenAddress(String host, int port) {

    /** The address to bind; no name is looked up, the host is a literal. */
    public InetSocketAddress socketAddress() {
        try {
            return new InetSocketAddress(InetAddress.ofLiteral(host), port);
        } catch (IllegalArgumentException notLiteral) {
            throw new IllegalStateException(host + " is no literal address", notLiteral);
        }
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
