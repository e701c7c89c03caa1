/** Octets ⇄ MSRP frames. Pure: no channel, no clock. */
package org.impsiwf.msrp.codec;
