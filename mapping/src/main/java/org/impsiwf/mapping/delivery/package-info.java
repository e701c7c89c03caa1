/** What became of a message: one truth, told once to whoever asked, long after the session (RFC 5438, RFC 4975 §7.1.3, SSP 16.2.9). Pure. */
package org.impsiwf.mapping.delivery;
