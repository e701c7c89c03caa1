/** MSRP frames as records (RFC 4975 §9). Pure; the one buffer in here is the body of a SEND. */
package org.impsiwf.msrp.message;
