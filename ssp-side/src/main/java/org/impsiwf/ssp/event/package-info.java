/** What SSP tells ({@link org.impsiwf.ssp.event.SspEvent}) and can be told ({@link org.impsiwf.ssp.event.SspCommand}). */
package org.impsiwf.ssp.event;
