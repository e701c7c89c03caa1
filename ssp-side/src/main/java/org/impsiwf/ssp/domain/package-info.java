/**
 * A whole domain: an SSP server, the routing, the Service Elements and the clients of the local users, put together. A
 * request of a client and one of a neighbour enter by the same door.
 */
package org.impsiwf.ssp.domain;
