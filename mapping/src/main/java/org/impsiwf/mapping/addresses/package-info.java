/** One user under all the names that SIP and IMPS have for it (RFC 7247, SSP 6.3). */
package org.impsiwf.mapping.addresses;
