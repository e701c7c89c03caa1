/**
 * The SAP's routing (SSP 5): who is the PSE of whom for which service, which neighbour leads to which domain, and so what
 * becomes of each request: served here, relayed, or refused. Configured offline, never learned (SSP-018). Decisions are
 * pure; {@code ssp.domain} carries them out.
 */
package org.impsiwf.ssp.routing;
