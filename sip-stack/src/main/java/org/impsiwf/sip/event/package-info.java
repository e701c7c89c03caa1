/** What SIP tells ({@link org.impsiwf.sip.event.SipEvent}) and can be told ({@link org.impsiwf.sip.event.SipCommand}): immutable records, no stack types. */
package org.impsiwf.sip.event;
