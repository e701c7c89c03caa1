/** Message bodies: Content-Encoding undone, multipart taken apart and written (RFC 2045, RFC 2046, RFC 5621). Pure, bounded. */
package org.impsiwf.sip.body;
