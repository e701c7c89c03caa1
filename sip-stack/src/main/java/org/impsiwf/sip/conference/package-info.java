/** Documents of the conference event package (RFC 4575). Pure. */
package org.impsiwf.sip.conference;
