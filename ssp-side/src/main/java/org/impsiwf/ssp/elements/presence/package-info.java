/** Presence: who watches whom, what each may see, and what there is to see (SSP 15). */
package org.impsiwf.ssp.elements.presence;
