package org.impsiwf.gateway.cli;

import java.net.InetSocketAddress;
import java.net.URI;

/**
 * An SSP server to check from the outside.
 *
 * @param listen where its own requests come back to
 * @param hash {@code MD5} or {@code SHA-1}
 * @param user a user of the server to ask for; it need not exist
 */
public record ConformanceTarget(
        URI url,
        String serviceId,
        String ourServiceId,
        InetSocketAddress listen,
        String ourPassword,
        String peerPassword,
        String hash,
        boolean baraza,
        String user) {

    /** Without the secrets. */
    @Override
    public String toString() {
        return serviceId + " at " + url + " for " + ourServiceId + " at " + listen + ", asking for " + user;
    }
}
