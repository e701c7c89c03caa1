/** The registrar (RFC 3261 §10.3) with Path (RFC 3327) and outbound flows (RFC 5626); bindings are in a store. */
package org.impsiwf.sip.registrar;
