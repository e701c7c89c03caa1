package org.impsiwf.ssp.server;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** SSP 6.5.2: redirect host names of ours, {@code host}, {@code host:port} or a URL. Pure. */
final class RedirectHosts {

    private RedirectHosts() {}

    /** The one that peers reach at this address; where the names leave it open, there is none. */
    static Optional<String> at(List<String> hosts, InetSocketAddress local) {
        if (hosts.size() == 1) {
            return Optional.of(hosts.getFirst());
        }
        return hosts.stream()
                .filter(host -> {
                    URI url = URI.create(host.contains("://") ? host : "http://" + host + "/");
                    boolean port = url.getPort() < 0 || url.getPort() == local.getPort();
                    return port && (url.getPort() > 0 || url.getHost().equals(local.getHostString()));
                })
                .findFirst();
    }
}
