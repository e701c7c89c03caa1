/**
 * Subscriptions that others have with us, as records: the machine says what an event does to one (RFC 6665 §4.2), for the
 * conference package (RFC 4575) and for what becomes of a REFER (RFC 3515).
 */
package org.impsiwf.sip.subscription;
