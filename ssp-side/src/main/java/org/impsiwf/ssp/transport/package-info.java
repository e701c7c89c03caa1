/**
 * SSP messages as HTTP POSTs on Netty, both ways; knows bytes and connections, nothing of sessions. Everything in here
 * runs on event loops and never blocks, except {@link org.impsiwf.ssp.transport.HostLocator}, which asks the DNS on
 * virtual threads.
 */
package org.impsiwf.ssp.transport;
