/** Session descriptions (RFC 4566) and the offer/answer of one MSRP line (RFC 3264, RFC 4975 §8). Pure, bounded. */
package org.impsiwf.sip.sdp;
