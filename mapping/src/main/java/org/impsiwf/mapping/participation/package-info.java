/** One SIP user in one group: its INVITE, its session with our MSRP switch (RFC 7701), its membership on the IMPS side. */
package org.impsiwf.mapping.participation;
