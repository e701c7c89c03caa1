package org.impsiwf.ssp.transport;

import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Where to post.
 *
 * @param host for the {@code Host} header and the name in the certificate
 * @param path of the request line, with its slash
 */
record Target(InetSocketAddress address, String host, String path, Optional<SslContext> tls) {

    /** RFC 9110 §7.2. */
    String hostHeader() {
        String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return name + ":" + address.getPort();
    }
}
