/** Where a request goes: registered contacts, a configured next hop, or DNS as RFC 3263 says. */
package org.impsiwf.sip.resolve;
