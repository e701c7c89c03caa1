/** Small readers of header values and URIs (RFC 3261 §19, §20, §25), for the packages that work on text. Pure. */
package org.impsiwf.sip.header;
