package org.impsiwf.ssp.session;

import java.util.List;

/**
 * SSP 6.5.2, 9.1.1: what two operators settled about redirects.
 *
 * @param hosts our hosts that share the load, each a name, with a port or not, or a URL; empty: we have none
 * @param accept whether we follow a list of the peer; then we answer it with our own Host-ID where we have no list
 * @param hostId our Host-ID, where the peer finds us
 */
public record RedirectTerms(List<String> hosts, boolean accept, String hostId) {

    /** Sessions stay on the master connection pair. */
    public static final RedirectTerms NONE = new RedirectTerms(List.of(), false, "");

    public RedirectTerms {
        hosts = List.copyOf(hosts);
        if (accept && hosts.isEmpty() && hostId.isEmpty()) {
            throw new IllegalArgumentException("who follows a redirect list has a host of its own to tell");
        }
    }

    /**
     * The list of our LoginResponse on a master pair.
     *
     * @param initiator whether we started the login; otherwise our response comes before we know the peer's list
     */
    List<String> list(boolean initiator, List<String> peers) {
        if (!accept || (initiator && peers.isEmpty())) {
            return hosts;
        }
        return hosts.isEmpty() ? List.of(hostId) : hosts;
    }
}
