/**
 * Decides: an event and a state in, the next state and the commands out. Pure: no socket, clock, thread or randomness of
 * its own. {@link org.impsiwf.mapping.Interworking} is the whole interface to it.
 */
package org.impsiwf.mapping;
