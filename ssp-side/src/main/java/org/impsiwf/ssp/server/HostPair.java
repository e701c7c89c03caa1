package org.impsiwf.ssp.server;

import java.util.Optional;

/**
 * SSP 9.1.1: a redirect connection pair, by the hosts that it connects.
 *
 * @param ours our redirect host; empty where the peer did not say which it means and we have one
 */
record HostPair(Optional<String> ours, String peers) {}
