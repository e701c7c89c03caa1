/**
 * Plays the peers of the gateway over real sockets: SIP and MSRP user agents that share no code with the product, a simulated
 * IMPS domain, and a hand-written SSP peer. Used by tests, by the demo and by testers.
 */
package org.impsiwf.testkit;
