/** The stores of a gateway that runs alone: in heap, gone with the process. */
package org.impsiwf.store.local;
