/**
 * What a Service Element has promised to send and may not lose: primitives that are durable from the promise until they
 * are answered or expired, with one queue per destination, kept in order and repeated while the destination is down.
 */
package org.impsiwf.ssp.elements.delivery;
