/**
 * Our own Group Service Element behind the gateway. Its local users are the SIP users, whose client is the mapping; its
 * neighbours are the peers of the SSP server. Both sides of it speak SSP primitives.
 */
package org.impsiwf.gateway.groups;
