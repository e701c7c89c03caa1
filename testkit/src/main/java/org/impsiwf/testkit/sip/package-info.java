/** A SIP user agent over plain sockets that shares no code with the product: what one gets wrong the other shows. */
package org.impsiwf.testkit.sip;
