/** An SSP peer whose XML is written by hand: it shares no code with the product, so it shows what goes over the wire. */
package org.impsiwf.testkit.ssp;
