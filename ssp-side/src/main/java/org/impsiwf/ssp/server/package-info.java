/**
 * The SSP server: one {@link org.impsiwf.ssp.server.Peer} per agreement, which composes transport, session pair and
 * transactions. A peer lives on one event loop; only storing its session leaves it, for a virtual thread.
 *
 * <p>The way of a message: bytes → {@link org.impsiwf.ssp.server.Reception} (decode, find the peer) → {@link
 * org.impsiwf.ssp.server.Peer} → {@link org.impsiwf.ssp.server.IncomingTable} → listener; and back: command → {@link
 * org.impsiwf.ssp.server.OutgoingTable} → {@link org.impsiwf.ssp.server.PeerLink} (batch, encode, post).
 */
package org.impsiwf.ssp.server;
