/** What MSRP tells ({@link org.impsiwf.msrp.event.MsrpEvent}) and can be told ({@link org.impsiwf.msrp.event.MsrpCommand}). */
package org.impsiwf.msrp.event;
