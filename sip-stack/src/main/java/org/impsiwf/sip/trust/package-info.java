/** Who is named to whom: P-Asserted-Identity within the trust domain (RFC 3325), privacy towards others (RFC 3323). */
package org.impsiwf.sip.trust;
