/** A SIP/MSRP user whose verbs read like a call flow. */
package org.impsiwf.testkit.user;
