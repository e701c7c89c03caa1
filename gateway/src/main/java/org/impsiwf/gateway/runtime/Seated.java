package org.impsiwf.gateway.runtime;

import org.impsiwf.mapping.State;

/**
 * What the nodes share of a mailbox.
 *
 * @param seat name of the node that works on it, alone; when that node is gone another one takes the seat
 * @param state what the others need to go on ({@link State#toShare}); the node of the seat may know more
 */
record Seated(String seat, State state) {}
