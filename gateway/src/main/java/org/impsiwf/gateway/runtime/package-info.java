/**
 * Composes the edges, the mapping and the stores into a running gateway, and carries events and commands between them. The
 * way of one message: an edge tells {@link org.impsiwf.gateway.runtime.InterworkingRuntime}, which finds the mailbox, asks
 * the mapping, saves and carries out.
 */
package org.impsiwf.gateway.runtime;
