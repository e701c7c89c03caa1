/** Who may speak: trusted sources, digest authentication (RFC 3261 §22, RFC 7616, RFC 8760) and its users. */
package org.impsiwf.sip.auth;
