/**
 * The rules of dialogs and of the INVITE usage in them (RFC 3261 §12–§15, RFC 3311, RFC 4028), pure: records in, records and
 * orders out, no stack, no clock.
 */
package org.impsiwf.sip.dialog;
