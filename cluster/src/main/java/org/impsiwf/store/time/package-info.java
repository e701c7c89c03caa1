/** Time as something that can be handed in: the machine's, or one that a test moves. */
package org.impsiwf.store.time;
