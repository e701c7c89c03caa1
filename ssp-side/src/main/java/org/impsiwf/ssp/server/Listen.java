package org.impsiwf.ssp.server;

import java.net.InetSocketAddress;
import java.util.Optional;
import org.impsiwf.ssp.transport.TlsSettings;

/** A port for peers; port 0 takes any free one. */
public record Listen(InetSocketAddress address, Optional<TlsSettings> tls) {

    public static Listen plain(InetSocketAddress address) {
        return new Listen(address, Optional.empty());
    }

    /** @param hostAndPort {@code 127.0.0.1:8080} or {@code [::1]:8080} */
    public static Listen plain(String hostAndPort) {
        int colon = hostAndPort.lastIndexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException(hostAndPort + " has no port");
        }
        String host = hostAndPort.substring(0, colon);
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        return plain(new InetSocketAddress(bare, Integer.parseInt(hostAndPort.substring(colon + 1))));
    }
}
