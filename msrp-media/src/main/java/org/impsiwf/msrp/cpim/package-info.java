/** Message/CPIM (RFC 3862): a message with its own sender, recipients and date around the content. Pure. */
package org.impsiwf.msrp.cpim;
