package org.impsiwf.ssp.session;

import java.util.List;

/**
 * SSP 9.2.1: both servers gave a redirect list, so every host of the one is connected to every host of the other.
 *
 * @param initiator whether we started the login that brought the lists: then the pairs are ours to set up
 * @param ours our hosts, as the peer was told
 * @param peers the peer's hosts, as it told us
 */
public record Redirection(boolean initiator, List<String> ours, List<String> peers) {

    public Redirection {
        ours = List.copyOf(ours);
        peers = List.copyOf(peers);
    }
}
